"""Mail handed to a server. What it does not take is told, and what it says of it; a password never is."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from ipaddress import ip_address
from typing import Literal, NamedTuple

from ..errors import UsageError
from ..harmless import plain
from ..messages import system, text

Security = Literal["starttls", "ssl", "none"]
PORTS: dict[Security, int] = {"starttls": 587, "ssl": 465, "none": 25}
# Seconds until a server that says nothing is given up.
_PATIENCE = 30
_LONGEST_ANSWER = 300
_HOST = re.compile(r"(?:\[(?P<ip>[0-9A-Fa-f:.]+)\]|(?P<host>[A-Za-z0-9._-]+))(?::(?P<port>[0-9]{1,5}))?")
_PORTS = 65_536


@dataclass(frozen=True, slots=True)
class Credentials:
    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server; ``security`` says how the connection is made safe."""

    host: str
    port: int
    security: Security
    credentials: Credentials | None = None

    @property
    def shown(self) -> str:
        return plain(f"{self.host}:{self.port}")

    @property
    def near(self) -> bool:
        """Whether it is this machine."""
        try:
            return self.host == "localhost" or ip_address(self.host).is_loopback
        except ValueError:
            return False


class Failure(NamedTuple):
    """A recipient whom the server did not take a mail for, and why."""

    recipient: str
    why: str


def server(value: str, security: Security, credentials: Credentials | None, option: str) -> Server:
    """The server that ``HOST`` or ``HOST:PORT`` means, an IPv6 address in brackets. Raises ``UsageError``,
    also where a password would go over a network for all to read.
    """
    named = _HOST.fullmatch(value.strip())
    port = PORTS[security] if named is None or named["port"] is None else int(named["port"])
    if named is None or not 0 < port < _PORTS:
        raise UsageError(text("error.remind.server", option=option, value=value))
    found = Server(named["ip"] or named["host"], port, security, credentials)
    if credentials is not None and security == "none" and not found.near:
        raise UsageError(text("error.remind.clear", server=found.shown))
    return found


def deliver(mails: Sequence[EmailMessage], to: Server) -> list[Failure]:
    """Hand over the mails, one after the other; whom the server did not take one for. That one is refused
    keeps no other from being sent.
    """
    failed: list[Failure] = []
    left = list(mails)
    try:
        with _connected(to) as connection:
            while left:
                try:
                    connection.send_message(left[0])
                except (
                    smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError,
                    smtplib.SMTPNotSupportedError,
                ) as error:  # fmt: skip
                    failed.append(Failure(_recipient(left[0]), _why(error, to)))
                del left[0]
    except (OSError, smtplib.SMTPException) as error:
        why = _why(error, to)
        failed += [Failure(_recipient(mail), why) for mail in left]
    return failed


class _ClosedAtLogin(smtplib.SMTPException):
    """A server that ends the connection where a login fails, rather than to say so."""


def _log_in(connection: smtplib.SMTP, credentials: Credentials) -> None:
    try:
        connection.login(credentials.user, credentials.password)
    except smtplib.SMTPServerDisconnected:
        raise _ClosedAtLogin from None
    except smtplib.SMTPAuthenticationError:
        raise
    except smtplib.SMTPException as error:
        # None of the ways to log in that both sides know.
        raise smtplib.SMTPNotSupportedError(str(error)) from None


@contextmanager
def _connected(to: Server) -> Iterator[smtplib.SMTP]:
    """A connection that is safe, where that is wanted, and logged in, where there are credentials."""
    safe = ssl.create_default_context()
    connection: smtplib.SMTP
    if to.security == "ssl":
        connection = smtplib.SMTP_SSL(to.host, to.port, _own_name(), timeout=_PATIENCE, context=safe)
    else:
        connection = smtplib.SMTP(to.host, to.port, _own_name(), timeout=_PATIENCE)
    try:
        if to.security == "starttls":
            connection.starttls(context=safe)
        if to.credentials is not None:
            _log_in(connection, to.credentials)
        yield connection
        # All that was taken is taken, however it ends.
        with suppress(OSError, smtplib.SMTPException):
            connection.quit()
    finally:
        connection.close()


def _own_name() -> str:
    """How this machine presents itself: its name where it is a whole one, and nobody is asked for it."""
    name = socket.gethostname()
    return name if "." in name else "[127.0.0.1]"


def _recipient(mail: EmailMessage) -> str:
    return str(mail["To"].addresses[0].addr_spec)


def _why(error: Exception, to: Server) -> str:
    """Why the server did not take it, and what to do."""
    answer = _answer(error, to)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return text("remind.failed.login", server=to.shown, answer=answer)
    if isinstance(error, _ClosedAtLogin):
        return text("remind.failed.login.closed", server=to.shown)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        # Raised before anything is sent, where the server has not what is wanted.
        wanted = "no_tls" if "STARTTLS" in str(error) else "no_login"
        return text(f"remind.failed.{wanted}", server=to.shown)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return text("remind.failed.recipient", server=to.shown, answer=answer)
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return text("remind.failed.disconnected", server=to.shown)
    if isinstance(error, ssl.SSLCertVerificationError):
        return text("remind.failed.certificate", server=to.shown, why=error.verify_message)
    if isinstance(error, ssl.SSLError):
        return text("remind.failed.tls", server=to.shown, why=error.reason or str(error))
    if isinstance(error, smtplib.SMTPException) or not isinstance(error, OSError):
        return text("remind.failed.refused", server=to.shown, answer=answer)
    return text("remind.failed.connection", server=to.shown, why=system.reason(error))


def _answer(error: Exception, to: Server) -> str:
    """What the server said, on one line, without the password."""
    said: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, said = error.smtp_code, error.smtp_error
    else:
        return plain(str(error))[:_LONGEST_ANSWER]
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    if to.credentials is not None and to.credentials.password:
        words = words.replace(to.credentials.password, "***")
    return plain(f"{code} {words}")[:_LONGEST_ANSWER]
