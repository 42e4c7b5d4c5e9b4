"""Whom to remind and how: options go before variables of the environment, these before the configuration."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from ..configuration.read import bytes_of
from ..errors import UsageError
from ..messages import text
from .recipients import Recipient, Service, address, recipient, service
from .smtp import Credentials, Security, Server, server

if TYPE_CHECKING:
    from ..configuration.model import Reminding
    from ..configuration.read import OfficeFile

_Item = TypeVar("_Item")

USER, PASSWORD = "TRANSPARENCY_CHECK_SMTP_USER", "TRANSPARENCY_CHECK_SMTP_PASSWORD"
DEFAULT_WITHIN = "14d"
_DEFAULT_SECURITY: Security = "starttls"
_MAX_BYTES = 10_000


@dataclass(frozen=True, slots=True)
class Wish:
    """What a command and its environment say; None and empty where they do not."""

    to: Sequence[str] = ()
    notify: Sequence[str] = ()
    sender: str | None = None
    smtp: str | None = None
    security: str | None = None
    credentials: str | None = None
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Recipients of mail with sender and server, which are there where there are any; services; horizon."""

    recipients: tuple[Recipient, ...]
    services: tuple[Service, ...]
    sender: Address | None
    server: Server | None
    within: str


def settings(
    wish: Wish, office: OfficeFile | None, environment: Mapping[str, str], *, send: bool = True
) -> Settings:
    """The settings of a run. Raises ``UsageError`` for what is missing or cannot hold; nothing is sent with
    ``send=False``, so that no server is needed.
    """
    configured = office.content.remind if office is not None else None
    to = wish.to or ((configured.to if configured and not wish.notify else None) or ())
    if not (to or wish.notify):
        raise UsageError(text("error.remind.nobody"))
    recipients = _each_once(recipient(value, _named("to", wish.to, office)) for value in to)
    services = _each_once(service(value) for value in wish.notify)
    within = wish.within or (configured.within if configured else None) or DEFAULT_WITHIN
    if not recipients:
        return Settings((), services, None, None, within)
    given = wish.sender or (configured.sender if configured else None)
    if given is None:
        raise UsageError(text("error.remind.sender"))
    sender = address(given, _named("sender", wish.sender, office))
    return Settings(
        recipients, services, sender, _server(wish, configured, office, environment) if send else None, within
    )


def _each_once(items: Iterable[_Item]) -> tuple[_Item, ...]:
    found: list[_Item] = []
    for item in items:
        if item not in found:
            found.append(item)
    return tuple(found)


def _server(
    wish: Wish, configured: Reminding | None, office: OfficeFile | None, environment: Mapping[str, str]
) -> Server:
    given = wish.smtp or (configured.smtp if configured else None)
    if given is None:
        raise UsageError(text("error.remind.no_server"))
    security = wish.security or (configured.security if configured else None) or _DEFAULT_SECURITY
    credentials = _from_file(wish.credentials) if wish.credentials else _from(environment)
    return server(given, cast(Security, security), credentials, _named("smtp", wish.smtp, office))


def _named(option: str, given: object, office: OfficeFile | None) -> str:
    """Where a setting was named: the option, or the place in the configuration."""
    return f"--{option}" if given or office is None else office.place("remind", option)


def _from(environment: Mapping[str, str]) -> Credentials | None:
    user, password = (environment.get(name, "") for name in (USER, PASSWORD))
    if bool(user) != bool(password):
        raise UsageError(text("error.remind.half", user=USER, password=PASSWORD))
    return _credentials(user, password, USER) if user else None


def _from_file(path: str) -> Credentials:
    """The credentials in a file: the user in its first line, the password in its second."""
    data = bytes_of(Path(path), Path(path).as_posix(), "credentials", _MAX_BYTES)
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        lines = []
    if len(lines) < 2 or not (lines[0].strip() and lines[1]) or any(line.strip() for line in lines[2:]):
        raise UsageError(text("error.remind.credentials", path=path))
    return _credentials(lines[0].strip(), lines[1], path)


def _credentials(user: str, password: str, place: str) -> Credentials:
    # What else a login could not hold.
    if not (user.isascii() and password.isascii()) or "\x00" in user + password:
        raise UsageError(text("error.remind.ascii", place=place))
    return Credentials(user, password)


def open_to_all(path: str | None) -> bool:
    """Whether a file of credentials can be read by everybody on this machine."""
    if path is None or sys.platform == "win32":
        return False
    return bool(Path(path).stat().st_mode & stat.S_IROTH)
