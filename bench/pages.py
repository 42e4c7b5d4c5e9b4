"""``python -m bench.pages``: the pages of a large register, while many read and one records.

    python -m bench.pages --events 1000000 --readers 20 --seconds 180
    python -m bench.pages --events 20000 --seconds 20 --no-write

Makes a log of all municipalities (``bench/generate.py``), imports it into a register, serves it under the
whole pack, and reads pages as people do: each reader opens one, rests, and goes on. One recorder sends an
event every few seconds; it is measured how long that takes, and after how long pages show its verdict. What
is measured goes into ``docs/performance.json``, and the page is written again.
"""

from __future__ import annotations

import argparse
import datetime as dt
import http.client
import json
import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .__main__ import KEPT, MAKER
from .machine import commit, machine
from .page import keep
from .sides import OURS, ROOT, environment
from .targets import median

TOKEN = "measured-" + "0" * 24
NAME = "pages"
# Pages, and how often each is opened.
PAGES: Mapping[str, int] = {
    "overview": 4,
    "obligations": 4,
    "obligations of a municipality": 4,
    "obligations, violated, a month": 2,
    "calendar": 3,
    "cases": 2,
    "case": 3,
    "finding": 3,
    "duties": 1,
    "duty": 1,
    "records": 2,
    "waivers": 1,
    "about": 1,
}
_FINDING = re.compile(r"/en/findings/([0-9a-f]{16})")
_CASE = re.compile(r"/en/(case\?[^\"#]+)\"")
_TOWN = re.compile(r"municipality=([a-z-]+)")
_DUTY = re.compile(r"/en/(duties/[A-Za-z0-9-]+)")
_HEAD = re.compile(r"\"head\":\s*\"([0-9]+):")


@dataclass
class Seen:
    """What readers found: addresses to go to, and the milliseconds that each kind of page took."""

    findings: list[str] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    towns: list[str] = field(default_factory=list)
    duties: list[str] = field(default_factory=list)
    times: dict[str, list[float]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def took(self, kind: str, milliseconds: float) -> None:
        with self.lock:
            self.times.setdefault(kind, []).append(milliseconds)

    def learn(self, body: str) -> None:
        """Keep addresses that a page leads to."""
        with self.lock:
            for pattern, known in (
                (_FINDING, self.findings),
                (_CASE, self.cases),
                (_TOWN, self.towns),
                (_DUTY, self.duties),
            ):
                if len(known) < 500:
                    known += [word for word in set(pattern.findall(body)) if word not in known]

    def address(self, kind: str, draw: random.Random) -> str | None:
        """An address of a kind of page; None while none is known."""
        if kind == "obligations of a municipality":
            return f"/en/obligations?municipality={draw.choice(self.towns)}" if self.towns else None
        if kind == "obligations, violated, a month":
            month = draw.randint(1, 9)
            return f"/en/obligations?outcome=violated&from=2025-{month:02}-01&to=2025-{month:02}-28"
        if kind == "finding":
            return f"/en/findings/{draw.choice(self.findings)}" if self.findings else None
        if kind == "case":
            return f"/en/{draw.choice(self.cases)}".replace("&amp;", "&") if self.cases else None
        if kind == "duty":
            return f"/en/{draw.choice(self.duties)}" if self.duties else None
        paths = {"overview": "", "records": "events"}
        return f"/en/{paths.get(kind, kind)}"


class Visitor:
    """A connection that is kept, with the token of a program."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, address: str, body: object = None, again: bool = False) -> tuple[int, str]:
        """Status and body; a connection that was ended meanwhile is begun once more. Raises ``OSError``."""
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=300)
        sent = None if body is None else json.dumps(body).encode()
        headers = {"authorization": f"Bearer {TOKEN}"}
        if sent is not None:
            headers["content-type"] = "application/json"
        try:
            self._connection.request(method, address, sent, headers)
            answer = self._connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        except ConnectionResetError:
            # It had rested for too long; what records says which event it is, and may be sent again.
            self._connection.close()
            self._connection = None
            if again:
                raise
            return self.ask(method, address, body, again=True)
        except (http.client.HTTPException, OSError):
            self._connection.close()
            self._connection = None
            raise


def main() -> int:
    asked = _arguments()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    started = time.monotonic()
    figures: dict[str, Any] = {
        "command": " ".join(["python -m bench.pages", *sys.argv[1:]]),
        "commit": commit(),
        "day": dt.datetime.now(dt.UTC).date().isoformat(),
        "machine": machine(),
        "events": asked.events,
        "readers": asked.readers,
        "pause": asked.pause,
        "every": asked.every,
    }
    register = _register(asked, figures)
    with _served(register, figures) as (port, process):
        figures |= _measured(asked, port, process)
    figures["minutes"] = round((time.monotonic() - started) / 60, 1)
    if asked.write:
        keep(NAME, figures)
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 1 if figures["faults"] else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--pause", type=float, default=5, help="seconds that a reader looks at a page")
    parser.add_argument("--every", type=float, default=15, help="seconds between two records")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", action="store_true", help="serve the register of the run before")
    parser.add_argument("--no-write", dest="write", action="store_false", help="print only")
    return parser.parse_args()


def _say(text: str) -> None:
    sys.stdout.write(f"{dt.datetime.now(dt.UTC):%H:%M:%S} {text}\n")


def _register(asked: argparse.Namespace, figures: dict[str, Any]) -> Path:
    """The register, made anew."""
    KEPT.mkdir(parents=True, exist_ok=True)
    log = KEPT / f"{asked.events}-{asked.seed}-{MAKER}.jsonl"
    if not log.exists():
        _say(f"making {log.name}")
        made = log.with_name(f"new-{log.name}")
        generate = [sys.executable, str(ROOT / "bench" / "generate.py"), str(asked.events)]
        subprocess.run([*generate, "--seed", str(asked.seed), "-o", str(made)], check=True)
        made.replace(log)
    register = KEPT / "register.db"
    figures["import_seconds"] = None
    if asked.again:
        figures["register_bytes"] = register.stat().st_size
        return register
    for old in KEPT.glob("register.db*"):
        old.unlink()
    ours, around = [*OURS, "register"], environment()
    subprocess.run([*ours, "init", "--register", str(register)], check=True, env=dict(around))
    _say("importing")
    begun = time.monotonic()
    subprocess.run(
        [*ours, "import", str(log), "--register", str(register), "--by", "bench"],
        check=True,
        env=dict(around),
        stdout=subprocess.DEVNULL,
    )
    figures["import_seconds"] = round(time.monotonic() - begun, 1)
    figures["register_bytes"] = register.stat().st_size
    return register


@contextmanager
def _served(register: Path, figures: dict[str, Any]) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [*OURS, "serve", str(register), "--port", str(port), "--by", "Bench", "--no-config"]
    _say("judging all of it")
    begun = time.monotonic()
    around = {**environment(), "TRANSPARENCY_CHECK_TOKEN": TOKEN}
    with (KEPT / "serve.err").open("wb") as told:
        process = subprocess.Popen(command, env=around, stdout=told, stderr=told)
    try:
        while True:
            if process.poll() is not None:
                raise RuntimeError((KEPT / "serve.err").read_text(encoding="utf-8")[-2000:])
            with suppress(OSError):
                # It listens before it has judged, and answers then.
                if Visitor(port).ask("GET", "/en/duties")[0] == 200:
                    break
            time.sleep(0.5)
        figures["start_seconds"] = round(time.monotonic() - begun, 1)
        yield port, process
    finally:
        process.terminate()
        process.wait(60)


def _measured(asked: argparse.Namespace, port: int, process: subprocess.Popen[bytes]) -> dict[str, Any]:
    seen, over = Seen(), threading.Event()
    visitor = Visitor(port)
    for address in ("/en/", "/en/obligations", "/en/cases", "/en/duties"):
        # Made for the first time: drawing is compiled.
        seen.learn(visitor.ask("GET", address)[1])
    alone = _alone(visitor, seen, asked.seed)
    _say("reading and recording")
    readers = [
        threading.Thread(target=_reads, args=(Visitor(port), seen, over, n, asked), daemon=True)
        for n in range(asked.readers)
    ]
    begun = _processor(process.pid)
    for reader in readers:
        reader.start()
    recorded, turned = _records(Visitor(port), over, asked, seen)
    over.set()
    for reader in readers:
        reader.join(600)
    every = sorted(chain_of(seen.times.values()))
    return {
        "alone": {kind: round(median(times), 1) for kind, times in alone.items()},
        "seconds": asked.seconds,
        "pages": len(every),
        "median": round(median(every), 1),
        "p95": round(every[int(len(every) * 0.95)], 1),
        "most": round(every[-1], 1),
        "by_page": {
            kind: [len(times), round(median(times), 1), round(sorted(times)[int(len(times) * 0.95)], 1)]
            for kind, times in sorted(seen.times.items())
        },
        "recorded": len(recorded),
        "record_median": round(median(recorded), 1) if recorded else None,
        "turned_seconds": round(median(turned), 2) if turned else None,
        "turned_most": round(max(turned), 2) if turned else None,
        "processor_seconds": round(_processor(process.pid) - begun, 1),
        "peak": _peak(process.pid),
        "faults": seen.faults[:5],
    }


def chain_of(parts: Any) -> list[float]:
    """All of them."""
    return [value for part in parts for value in part]


def _alone(visitor: Visitor, seen: Seen, seed: int) -> dict[str, list[float]]:
    """What pages take while nobody else asks."""
    draw, times = random.Random(seed), {}
    for kind in PAGES:
        for _ in range(7):
            address = seen.address(kind, draw)
            if address is None:
                continue
            begun = time.perf_counter()
            status, body = visitor.ask("GET", address)
            times.setdefault(kind, []).append((time.perf_counter() - begun) * 1000)
            if status != 200:
                seen.faults.append(f"{address}: {status}")
            seen.learn(body)
    return times


def _reads(
    visitor: Visitor, seen: Seen, over: threading.Event, number: int, asked: argparse.Namespace
) -> None:
    draw = random.Random(asked.seed * 1000 + number)
    kinds, weights = list(PAGES), list(PAGES.values())
    over.wait(draw.random() * asked.pause)
    while not over.is_set():
        kind = draw.choices(kinds, weights)[0]
        address = seen.address(kind, draw)
        if address is not None:
            begun = time.perf_counter()
            try:
                status, body = visitor.ask("GET", address)
            except (OSError, http.client.HTTPException) as error:
                seen.faults.append(f"{address}: {error}")
            else:
                seen.took(kind, (time.perf_counter() - begun) * 1000)
                # A case or finding of the last snapshot may be gone from this one.
                if status >= 500 or (status >= 400 and kind not in ("finding", "case")):
                    seen.faults.append(f"{address}: {status}")
                seen.learn(body)
        over.wait(draw.expovariate(1 / asked.pause))


def _records(
    visitor: Visitor, over: threading.Event, asked: argparse.Namespace, seen: Seen
) -> tuple[list[float], list[float]]:
    """Milliseconds until each record was acknowledged, seconds until pages rested on it."""
    draw, recorded, turned = random.Random(asked.seed), [], []
    until = time.monotonic() + asked.seconds
    number = 0
    while time.monotonic() < until:
        number += 1
        event = {
            "id": f"recorded-{os.getpid()}-{number}",
            "type": "notice.published",
            "time": dt.datetime.now(dt.UTC).date().isoformat(),
            "municipality": draw.choice(seen.towns or ["kline"]),
            "case": f"recorded-{number}",
            "notice_kind": "meeting",
            "channel": ["website"],
            "languages": ["sq", "sr"],
        }
        begun = time.perf_counter()
        status, body = visitor.ask("POST", "/api/events?allow_warnings=true", event)
        acknowledged = time.perf_counter()
        if status != 201:
            seen.faults.append(f"POST: {status} {body[:200]}")
            return recorded, turned
        recorded.append((acknowledged - begun) * 1000)
        wanted = int(json.loads(body)["seq"])
        while time.monotonic() < until + 120:
            found = _HEAD.search(visitor.ask("GET", "/api/findings?limit=1")[1])
            if found and int(found[1]) >= wanted:
                turned.append(time.perf_counter() - acknowledged)
                break
            over.wait(0.25)
        over.wait(asked.every)
    return recorded, turned


def _processor(pid: int) -> float:
    """Seconds of processor time of a process; 0 where the system does not tell."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _peak(pid: int) -> int:
    """Bytes of memory that a process had at most; 0 where the system does not tell."""
    try:
        told = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s*([0-9]+) kB", told)
    return int(found[1]) * 1024 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
