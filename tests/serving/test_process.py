"""The command itself: it judges, tells its address, answers there, and ends when it is told to."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from .made import SESSION, log_of


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Windows are others")
def test_a_server_starts_answers_and_ends(tmp_path: Path) -> None:
    port = free_port()
    command = [
        sys.executable, "-m", "transparency_check", "serve", log_of(tmp_path, SESSION), "--port", str(port),
        "--as-of", "2026-11-10", "--select", "XK-MTG-001", "--lang", "sq", "--by", "Arta",
    ]  # fmt: skip
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as running:
        try:
            assert running.stderr is not None
            address = ""
            for line in running.stderr:
                if found := re.search(r"http://127\.0\.0\.1:\d+/sq/sign-in\?token=\S+", line):
                    address = found[0]
                    break
            assert address.startswith(f"http://127.0.0.1:{port}/sq/")
            opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
            with opener.open(address, timeout=60) as page:
                assert page.url == f"http://127.0.0.1:{port}/sq/"
                assert "Regjistri i transparencës: Klinë" in page.read().decode()
            with pytest.raises(urllib.error.HTTPError, match="401"):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/api/report", timeout=60)
            taken = subprocess.run(command, capture_output=True, text=True, timeout=120)
            assert taken.returncode == 2 and str(port) in taken.stderr and "Traceback" not in taken.stderr
        finally:
            running.send_signal(signal.SIGINT)
            rest = running.stderr.read() if running.stderr is not None else ""
        assert running.wait(timeout=60) == 130
        assert "Traceback" not in rest
