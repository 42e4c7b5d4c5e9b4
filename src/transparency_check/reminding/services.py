"""A reminder handed to a service that apprise knows: chat, text message, push, a web hook."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import UsageError
from ..messages import text
from . import EXTRA, plain_text
from .digest import Digest
from .recipients import Service
from .smtp import Failure

if TYPE_CHECKING:
    import apprise


class Opened(NamedTuple):
    """A service with what speaks to it."""

    service: Service
    speaks: Any


def opened(services: Sequence[Service]) -> list[Opened]:
    """What speaks to each of the services, before anything is judged. Raises ``UsageError`` where apprise is
    not installed or does not know one of them.
    """
    if not services:
        return []
    # It loads all that it knows, some of which warns of its own age.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            import apprise
        except ImportError:
            raise UsageError(text("error.remind.missing", extra=EXTRA)) from None
        _silence()
        return [Opened(service, _speaker(apprise.Apprise(), service)) for service in services]


def _silence() -> None:
    """It tells a log what it sends and where, keys among it."""
    log = logging.getLogger("apprise")
    log.propagate = False
    if not log.handlers:
        log.addHandler(logging.NullHandler())


def _speaker(speaks: apprise.Apprise, service: Service) -> apprise.Apprise:
    if not speaks.add(service.url):
        raise UsageError(text("error.remind.service", service=service.shown))
    return speaks


def deliver(to: Opened, digest: Digest) -> Failure | None:
    """Hand it over as plain text; why it was not taken, where it was not."""
    import apprise

    taken = to.speaks.notify(
        body=plain_text.render(digest), title=digest.subject, body_format=apprise.NotifyFormat.TEXT
    )
    shown = to.service.shown
    return None if taken else Failure(shown, text("remind.failed.service", service=shown))
