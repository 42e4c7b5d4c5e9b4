"""Whom to remind, as options and the configuration name them: an address or the URL of a service, with the
language before it where it is not that of the run (``sr-Latn:office@example.org``).
"""

from __future__ import annotations

import re
from email.headerregistry import Address
from typing import NamedTuple

from ..errors import UsageError
from ..harmless import ACTING, plain
from ..messages import language, text

# What is not ASCII before the @ few servers deliver.
_USER, _DOMAIN = r"[A-Za-z0-9._%+'/=!#$&*?^`{|}~-]+", r"[^\s@<>,;:\"()\\[\]\\]+"
_ADDRESS = re.compile(
    rf"(?P<name>[^<>]*)<\s*(?P<user>{_USER})@(?P<domain>{_DOMAIN})\s*>"
    rf"|(?P<bare_user>{_USER})@(?P<bare_domain>{_DOMAIN})"
)


class Recipient(NamedTuple):
    """A mail address, and the language of the mail."""

    address: Address
    language: str


class Service(NamedTuple):
    """The URL of a service, which may hold a key, and the language of the message."""

    url: str
    language: str

    @property
    def shown(self) -> str:
        """What may be said of it: the kind of service. What follows is a key already for many."""
        return plain(f"{self.url.partition(':')[0]}://...")


def recipient(value: str, option: str) -> Recipient:
    """The recipient that ``option`` names. Raises ``UsageError``."""
    tag, rest = _parted(value)
    return Recipient(address(rest, option), tag)


def service(value: str) -> Service:
    """The service that ``--notify`` names. Raises ``UsageError`` for what is no URL; the value is not
    repeated, as it may hold a key.
    """
    tag, rest = _parted(value)
    if "://" not in rest or ACTING.search(rest):
        raise UsageError(text("error.remind.url"))
    return Service(rest, tag)


def address(value: str, option: str) -> Address:
    """An address with or without a name: ``Office <office@example.org>``. Raises ``UsageError``."""
    found = None if ACTING.search(value) else _ADDRESS.fullmatch(value.strip())
    if found is None:
        raise UsageError(text("error.remind.address", option=option, value=value))
    user, domain = found["user"] or found["bare_user"], found["domain"] or found["bare_domain"]
    try:
        return Address((found["name"] or "").strip(), user, domain.encode("idna").decode("ascii"))
    except ValueError:
        # A domain that has no form in ASCII.
        raise UsageError(text("error.remind.address", option=option, value=value)) from None


def _parted(value: str) -> tuple[str, str]:
    """The language before the first colon, if it is one, and the rest."""
    first, mark, rest = value.strip().partition(":")
    tag = language.tag(first) if mark and not rest.startswith("//") else None
    return (tag, rest.strip()) if tag is not None else (language.current(), value.strip())
