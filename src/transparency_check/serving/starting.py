"""From what a command says to a server that listens, and its end."""

from __future__ import annotations

import ipaddress
import socket
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..checking import Inquiry
from ..errors import UsageError
from ..messages import system, text
from ..plugins import Registry
from .audit import Audit
from .guard import LOOPBACK, Doors, Guard
from .people import Attempts, People, Person
from .people_file import PeopleFile
from .source import LogFiles, Source, refuse_standard_input
from .state import Clock, State
from .watched import marks_of

if TYPE_CHECKING:
    from .registered import Registered


# Seconds for which one thread holds up another.
_TURN = 0.0005


@dataclass(frozen=True)
class Start:
    """How a server is started. ``people`` are all who may come in, ``people_file`` where they stand, if they
    stand in one; ``audit`` the file of what was done, where there is one; ``base`` the address that people
    reach it by, empty where it is that of this machine; ``waivers`` the file in which violations are
    accepted, None where they cannot be; ``watched`` the files that make another judgement when they change.
    """

    names: tuple[str, ...]
    people: tuple[Person, ...]
    host: str = "127.0.0.1"
    port: int = 8765
    hosts: tuple[str, ...] = ()
    base: str = ""
    header: str | None = None
    proxies: tuple[str, ...] = ()
    audit: Path | None = None
    title: str = ""
    within: str = "30d"
    read_only: bool = False
    packs: tuple[str, ...] = ()
    people_file: Path | None = None
    waivers: Path | None = None
    watched: tuple[Path, ...] = ()

    @property
    def address(self) -> str:
        """The address that people reach it by."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.base.rstrip("/") or f"http://{host}:{self.port}"


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches it."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_register(name: str) -> bool:
    """Whether a name is that of a register rather than of a log."""
    from ..readers.location import is_url
    from ..register.reader import RegisterReader

    return is_url(name) or name.casefold().endswith(RegisterReader.suffixes)


def source_of(start: Start) -> Source:
    """What is judged. Raises ``UsageError`` for a register beside anything else."""
    refuse_standard_input(start.names)
    registers = [name for name in start.names if is_register(name)]
    if not registers:
        return LogFiles(start.names)
    if len(start.names) > 1:
        other = next(name for name in start.names if name != registers[0])
        raise UsageError(text("serve.error.one_register", name=other))
    from .registered import Registered

    return Registered(registers[0], writable=not start.read_only)


def doors_of(start: Start) -> Doors:
    """From where one may come in."""
    given = urlsplit(start.base)
    names = [*LOOPBACK, *start.hosts, *([given.hostname] if given.hostname else [])]
    if not is_loopback(start.host):
        names.append(start.host)
    return Doors(
        tuple(dict.fromkeys(names)), start.header, start.proxies, given.scheme == "https", start.port
    )


def built(
    start: Start,
    inquire: Callable[[], Inquiry],
    registry: Callable[[], Registry],
    clock: Clock,
    stack: ExitStack,
) -> Guard:
    """The application, which has judged; ``stack`` ends what it has begun. Raises what keeps it from being
    judged.
    """
    from .application import Office, make_app
    from .pages.accepting import Decisions

    source = source_of(start)
    if hasattr(source, "close"):
        stack.callback(source.close)
    state = State(source, inquire, registry, clock, start.within)
    state.beside = partial(marks_of, start.watched)
    state.start()
    stack.callback(state.stop)
    seconds = time.monotonic
    audit = Audit(start.audit, state.now, seconds)
    people = People(start.people, seconds, lambda: state.now().date())
    office = Office(
        state,
        people,
        audit,
        Attempts(seconds),
        doors_of(start),
        start.title,
        start.packs,
        start.address,
        registry,
        decisions=None if start.waivers is None else Decisions(start.waivers),
        linked=start.people_file is None,
        renew=_nothing if start.people_file is None else PeopleFile(start.people_file, people, audit).look,
    )
    if isinstance(source, LogFiles):
        return make_app(office)
    return _with_register(office, source, stack)  # type: ignore[arg-type]


def _nothing() -> None:
    """The people of a server without a file are who they are."""


def _with_register(office: object, register: Registered, stack: ExitStack) -> Guard:
    from .api.entries import events_api, recording_api
    from .application import Office, make_app
    from .recording_pages import recording_addresses
    from .uploads import Uploads

    assert isinstance(office, Office)
    uploads = Uploads(time.monotonic)
    stack.callback(uploads.close)
    routers = [events_api(office.frame_of, register)]
    if register.writable:
        routers.append(recording_api(office.frame_of, register, office.state.settle, office.audit))
    return make_app(office, recording_addresses(office, register, uploads), routers)


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises ``UsageError``."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named, or asyncio does not know it for one whose parts are to be sent at once: the
    # second part of every page would wait 40 ms for the acknowledgement of the first.
    found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        found.listen(128)
    except OSError as error:
        found.close()
        reason = system.reason(error)
        raise UsageError(text("serve.error.port", host=host, port=port, reason=reason)) from None
    return found


def run(app: Guard, sockets: Sequence[socket.socket]) -> None:
    """Serve until it is interrupted."""
    import uvicorn

    # What is judged meanwhile has to let go of the interpreter at once, not every 5 ms: a page takes it up
    # again after every question to the database or the file system.
    sys.setswitchinterval(_TURN)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=False,
        lifespan="off",
        timeout_keep_alive=15,
        limit_concurrency=200,
    )
    uvicorn.Server(config).run(sockets=list(sockets))
