"""Services that apprise knows, by one on this machine; what is missing or wrong is told without its key."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from reminding.conftest import SENDER, Run
from reminding.servers import Mailbox, running
from reminding.test_sending import at
from transparency_check.report import EXIT_UNDELIVERED

KEY = "s3cr3tkey"


@contextmanager
def hook(status: int = 200) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """A web hook: its port, and what it was told."""
    told: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server.server_port, told
        finally:
            server.shutdown()
            thread.join()


def test_it_tells_a_service_in_its_language(remind: Run, folder: Path) -> None:
    with hook() as (port, told):
        result = remind("--notify", f"sq:json://127.0.0.1:{port}/{KEY}", "--save", "last.json")
    assert result.exit_code == 0, result.output
    (said,) = told
    assert said["title"].startswith("Detyrat e transparencës, Klinë: 1 me afat të kaluar")
    assert "Sot (1)" in said["message"] and "XK-FOI-001" in said["message"]
    assert "Reminded: json://...." in result.stderr
    assert KEY not in result.output and (folder / "last.json").exists()


def test_a_service_that_refuses_is_told_and_nothing_is_lost(remind: Run, folder: Path) -> None:
    box = Mailbox()
    with hook(500) as (port, told), running(box) as smtp:
        result = remind(
            "--notify",
            f"json://127.0.0.1:{port}/{KEY}",
            "--to",
            "x@example.org",
            "--sender",
            SENDER,
            *at(smtp),
            "--save",
            "last.json",
        )
    assert result.exit_code == EXIT_UNDELIVERED
    assert told and len(box.taken) == 1
    assert "json://... was not reminded" in result.stderr
    assert KEY not in result.output and not (folder / "last.json").exists()


def test_a_dry_run_shows_it(remind: Run) -> None:
    result = remind("--notify", f"json://127.0.0.1:9/{KEY}", "--dry-run")
    assert result.exit_code == 0
    assert result.stdout.startswith("To json://...:\nTransparency duties, Klinë: 1 overdue")
    assert KEY not in result.output


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (f"nosuch://{KEY}/x", "apprise knows no service behind nosuch://..."),
        (KEY, "--notify takes a URL as apprise has them"),
        (f"json://127.0.0.1/\x1b[31m{KEY}", "--notify takes a URL"),
    ],
)
def test_mistakes_do_not_repeat_a_key(remind: Run, url: str, said: str) -> None:
    result = remind("--notify", url)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())
    assert KEY not in result.stderr


def test_without_apprise_it_says_how_to_install_it(remind: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    result = remind("--notify", f"json://127.0.0.1:9/{KEY}")
    assert result.exit_code == 2
    assert "pip install 'transparency-check[remind]'" in result.stderr
