"""A server without sockets: a small log or register, frozen clock, people of every role."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from starlette.testclient import TestClient

from transparency_check.checking import Inquiry
from transparency_check.errors import UsageError
from transparency_check.plugins import load_registry
from transparency_check.readers.location import located
from transparency_check.register.store import create
from transparency_check.serving.guard import Guard
from transparency_check.serving.people import Person, digest
from transparency_check.serving.starting import Start, built
from transparency_check.waivers.file import read_file

ORIGIN = "http://127.0.0.1:8765"
PEOPLE = {"reader": "Rrezja", "recorder": "Regjistri", "admin": "Arta"}
TOKENS = {role: f"{role}-{'token' * 5}" for role in PEOPLE}
ZONE = ZoneInfo("Europe/Belgrade")

# A session that was convened, and everything about it still to be done.
SESSION = {
    "id": "e1",
    "type": "meeting.scheduled",
    "time": "2026-11-02",
    "municipality": "kline",
    "case": "assembly-2026-11",
    "body": "assembly",
    "meeting_type": "session",
    "session_kind": "ordinary",
    "planned_at": "2026-11-27T10:00",
}
# What an officer types into the form of a notice.
NOTICE = {
    "municipality": "kline",
    "case": "assembly-2026-11",
    "time": "10.11.2026",
    "time__clock": "9:30",
    "notice_kind": "meeting",
    "channel": ["website", "notice-board"],
    "languages": ["sq", "sr"],
}

DUTIES = ("XK-MTG-001", "XK-MTG-007")


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: dt.datetime = dt.datetime(2026, 11, 10, 12, 0, tzinfo=ZONE)

    def __call__(self, zone: ZoneInfo) -> dt.datetime:
        return self.now.astimezone(zone)


@dataclass
class Made:
    """A server, with what the tests look at behind it."""

    guard: Guard
    clock: Clock
    folder: Path
    # Cleared, no judgement is made until it is set again.
    judging: threading.Event = field(default_factory=threading.Event)
    # Why nothing can be judged, where a test says so.
    failures: list[str] = field(default_factory=list)
    clients: list[TestClient] = field(default_factory=list)

    def client(self, role: str | None, **headers: str) -> TestClient:
        """A browser; of somebody with this role, who has signed in, or of nobody."""
        client = TestClient(
            self.guard,
            base_url=ORIGIN,
            follow_redirects=False,
            raise_server_exceptions=False,
            headers={"origin": ORIGIN, **headers},
        )
        if role is not None:
            answer = client.post("/en/sign-in", data={"token": TOKENS[role]})
            assert answer.status_code == 303, answer.text
        return client


def people() -> tuple[Person, ...]:
    """One person of each role."""
    return tuple(Person(name, role, digest(TOKENS[role])) for role, name in PEOPLE.items())  # type: ignore[arg-type]


@contextmanager
def serving(
    folder: Path, *names: str, day: int = 10, select: tuple[str, ...] = (), **more: Any
) -> Iterator[Made]:
    """A server of these logs, or of one register, on a day of November 2026; ``select`` are duties."""
    clock = Clock(Clock.now.replace(day=day))
    start = Start(names, more.pop("people", people()), **more)
    judging, failures = threading.Event(), list[str]()
    judging.set()

    def inquire() -> Inquiry:
        assert judging.wait(120), "no test sets it again"
        if failures:
            raise UsageError(failures[0])
        path = start.waivers
        found = read_file(path, path.name) if path is not None and path.exists() else None
        return Inquiry(logs=(), select=select, waivers=found)

    with ExitStack() as stack:
        guard = built(start, inquire, load_registry, clock, stack)
        stack.callback(judging.set)
        yield Made(guard, clock, folder, judging, failures)


@contextmanager
def with_register(folder: Path, *events: dict[str, Any], **more: Any) -> Iterator[Made]:
    """A server of a new register, in which these events were recorded, judged by few duties."""
    more.setdefault("select", DUTIES)
    place = folder / "register.db"
    create(located(str(place)), str(uuid.UUID(int=1)), Clock().now)
    with serving(folder, str(place), audit=folder / "audit.jsonl", **more) as made:
        client = made.client("recorder")
        for event in events:
            answer = client.post("/api/events", json=event)
            assert answer.status_code == 201, answer.text
        if events:
            settled(made)
        yield made


def settled(made: Made) -> None:
    """Wait until everything that was recorded is judged."""
    office = made.guard.app.state.office  # type: ignore[attr-defined]
    seen = office.state.settle(120.0)
    assert not seen.behind, seen.failure


def log_of(folder: Path, *events: dict[str, Any]) -> str:
    """A log of these events."""
    path = folder / "log.jsonl"
    path.write_text("".join(json.dumps(event) + "\n" for event in events), "utf-8")
    return str(path)


class Raw:
    """What a server of ours answers to a request that is handed on letter by letter, as no client would."""

    def __init__(
        self,
        made: Made,
        method: str,
        path: str,
        headers: Sequence[tuple[bytes, bytes]] = (),
        body: bytes = b"",
        query: bytes = b"",
        client: str = "testclient",
    ) -> None:
        if not any(name.lower() == b"host" for name, _ in headers):
            headers = [(b"host", b"127.0.0.1:8765"), *headers]
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method,
            "scheme": "http", "path": path, "raw_path": path.encode("utf-8", "replace"),
            "query_string": query, "root_path": "", "headers": list(headers), "client": (client, 50000),
            "server": ("127.0.0.1", 8765),
        }  # fmt: skip
        self.sent: list[Any] = []
        asyncio.run(self._run(made.guard, scope, body))
        start = self.sent[0]
        self.status: int = start["status"]
        self.headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in start["headers"]]
        self.body = b"".join(message.get("body", b"") for message in self.sent[1:])

    async def _run(self, guard: Guard, scope: dict[str, Any], body: bytes) -> None:
        given = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, Any]:
            return given.pop() if given else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            self.sent.append(message)

        await guard(scope, receive, send)

    def header(self, name: str) -> str:
        """A header of the answer; empty where it is not there."""
        return next((value for key, value in self.headers if key.lower() == name), "")
