"""Mail servers on this machine: one takes mail, refuses it, drops the connection, is safe or not."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

HOST = "127.0.0.1"
USER, PASSWORD = "duties", "pass word=2"


@dataclass
class Mailbox:
    """Keeps what it takes. ``refuses`` are addresses, ``drops`` at which command it hangs up."""

    refuses: frozenset[str] = frozenset()
    drops: str = ""
    rejects: str = ""
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refuses:
            return "550-5.1.1 \x1b[31mnobody here\r\n550 ::error::by that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.drops == "DATA" and len(self.taken) == 1:
            server.transport.abort()
        if self.rejects:
            return self.rejects
        message = message_from_bytes(envelope.content, policy=default)
        self.taken.append((envelope.rcpt_tos[0], cast(EmailMessage, message)))
        return "250 OK"


@dataclass
class Authority:
    """Whoever vouches for the certificates of the servers."""

    root: trustme.CA = field(default_factory=trustme.CA)

    def context(self, name: str = HOST) -> ssl.SSLContext:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.root.issue_cert(name).configure_cert(made)
        return made


def free_port() -> int:
    with socket.create_server((HOST, 0)) as found:
        return int(found.getsockname()[1])


def _known(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    if server.event_handler.drops == "AUTH":
        server.transport.abort()
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (
        USER.encode(),
        PASSWORD.encode(),
    )
    return AuthResult(success=right, handled=False)


@contextmanager
def running(
    mailbox: Mailbox,
    *,
    starttls: ssl.SSLContext | None = None,
    ssl_context: ssl.SSLContext | None = None,
    login: bool = False,
) -> Iterator[int]:
    """A server with this mailbox; its port."""
    controller = Controller(
        mailbox,
        hostname=HOST,
        port=free_port(),
        ssl_context=ssl_context,
        tls_context=starttls,
        server_hostname="localhost",
        authenticator=_known if login else None,
        auth_required=login,
        auth_require_tls=starttls is not None,
        auth_exclude_mechanism=() if login else ("LOGIN", "PLAIN"),
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@contextmanager
def hanging_up() -> Iterator[int]:
    """A server that ends each connection at once."""
    with socket.create_server((HOST, 0)) as server:

        def serve() -> None:
            try:
                while True:
                    connection, _ = server.accept()
                    connection.close()
            except OSError:
                return

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield int(server.getsockname()[1])
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()
