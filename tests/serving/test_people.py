"""Tokens that are taken back or end by themselves, while a server runs."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from transparency_check.cli import application
from transparency_check.errors import ConfigurationError, UsageError
from transparency_check.serving.people import Attempts, People, Person, digest, people_in
from transparency_check.serving.people_file import entry_for, with_entry, without_entry

from .made import ORIGIN, PEOPLE, SESSION, TOKENS, Made, log_of, serving

# What stands in a file of people, whose entry is taken out, and what is left of it.
ARTA = '[[people]]\nname = "Arta"\nrole = "admin"\n'
BESA = '[[people]]\nname = "Besa"\nrole = "reader"\n'
FILES = {
    "the first of two": (f"{ARTA}\n{BESA}", "Arta", BESA),
    "the last of two": (f"{ARTA}\n{BESA}", "Besa", f"{ARTA}\n"),
    "with remarks": (
        f"# The office.\n{ARTA}# Left in May.\n\n# Since June.\n{BESA}", "Arta",
        f"# The office.\n# Since June.\n{BESA}",
    ),
    "the only one": (ARTA, "Arta", "people = []\n"),
    "line ends of Windows": (f"{ARTA}\n{BESA}".replace("\n", "\r\n"), "Arta", BESA.replace("\n", "\r\n")),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES)
def test_an_entry_is_taken_out_and_the_rest_stays(case: str, tmp_path: Path) -> None:
    before, name, after = FILES[case]
    path = tmp_path / "people.toml"
    path.write_bytes(before.encode())
    assert without_entry(path, name) == after


# A file, a name, and why that cannot be taken out.
STAYS = {
    "nobody of that name": (ARTA, "Arte", "Did you mean Arta?"),
    "a list in one line": (
        'people = [{name = "Arta", role = "admin"}, {name = "B", role = "reader"}]\n', "Arta", "by hand",
    ),
    "a file that cannot be read": ("[[people]\n", "Arta", "people.toml:1"),
}  # fmt: skip


@pytest.mark.parametrize("case", STAYS)
def test_what_cannot_be_taken_out_is_told(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content, name, said = STAYS[case]
    monkeypatch.chdir(tmp_path)
    Path("people.toml").write_text(content, "utf-8")
    result = CliRunner().invoke(application, ["serve-token", name, "--revoke"])
    assert result.exit_code == 2 and said in result.output
    assert Path("people.toml").read_text("utf-8") == content


def test_tokens_are_made_and_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    def run(*given: str) -> str:
        result = CliRunner().invoke(application, ["serve-token", *given])
        assert result.exit_code == 0, result.output
        return result.stdout.strip().splitlines()[-1]

    first = run("Arta", "--role", "admin")
    run("Besa", "--until", "2026-12-31")
    assert [p.name for p in people_in(Path("people.toml"))] == ["Arta", "Besa"]
    assert people_in(Path("people.toml"))[1].until == dt.date(2026, 12, 31)
    assert "Besa" in run("Besa", "--revoke")
    run("Arta", "--revoke")
    assert people_in(Path("people.toml")) == ()
    again = run("Arta", "--role", "admin")
    (arta,) = people_in(Path("people.toml"))
    assert again != first and arta.secret == digest(again)


@pytest.mark.parametrize("name", [" ", "a\u202eb", "\x7f"])
def test_a_name_can_be_seen(name: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(application, ["serve-token", name, "--people", str(tmp_path / "p.toml")])
    assert result.exit_code == 2 and "cannot be seen" in result.output
    assert not (tmp_path / "p.toml").exists()


def test_a_server_for_nobody_is_not_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("people.toml").write_text("people = []\n", "utf-8")
    result = CliRunner().invoke(application, ["serve", "x.jsonl", "--people", "people.toml"])
    assert result.exit_code == 2 and "names nobody" in result.output


@dataclass
class Running:
    """A server whose people stand in a file."""

    made: Made
    path: Path

    def write(self, *entries: str) -> None:
        """Put another file in its place, as `serve-token` does."""
        other = self.path.with_suffix(".part")
        other.write_text("\n".join(entries) or "people = []\n", "utf-8")
        other.replace(self.path)

    def program(self, role: str) -> TestClient:
        headers = {"authorization": f"Bearer {TOKENS[role]}"}
        return TestClient(self.made.guard, base_url=ORIGIN, headers=headers)

    def noted(self) -> list[dict[str, object]]:
        path = self.made.folder / "audit.jsonl"
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def entry(of: str, **more: object) -> str:
    known = {"name": PEOPLE[of], "role": of, "token": TOKENS[of], **more}
    return entry_for(**known)  # type: ignore[arg-type]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    path = tmp_path / "people.toml"
    path.write_text("\n".join(map(entry, PEOPLE)), "utf-8")
    log = log_of(tmp_path, SESSION)
    with serving(
        tmp_path, log, select=("XK-MTG-001",), people=people_in(path), people_file=path,
        audit=tmp_path / "audit.jsonl",
    ) as made:  # fmt: skip
        yield Running(made, path)


# What the file says of the recorder afterwards, and whether their session, their token still open anything.
CHANGES: dict[str, tuple[str | None, bool, bool]] = {
    "nothing": (entry("recorder"), True, True),
    "they are gone": (None, False, False),
    "another role": (entry("recorder", role="reader"), False, True),
    "another token": (entry("recorder", token="y" * 30), False, False),
    "a last day that is over": (entry("recorder", until=dt.date(2026, 11, 9)), False, False),
    "a last day that is today": (entry("recorder", until=dt.date(2026, 11, 10)), False, True),
}


@pytest.mark.parametrize("case", CHANGES)
def test_who_may_come_in_is_what_the_file_says(running: Running, case: str) -> None:
    after, session, token = CHANGES[case]
    browser, other = running.made.client("recorder"), running.made.client("reader")
    exports = browser.get("/en/exports").text
    feed = exports[exports.index("/en/calendar.ics?key=") :].partition("<")[0].strip()
    program = running.program("recorder")
    assert program.get("/api/score").status_code == 200
    rest = (entry("reader"), entry("admin"))
    running.write(*(rest if after is None else (after, *rest)))
    assert (browser.get("/en/about").status_code == 200) == session
    assert (program.get("/api/score").status_code == 200) == token
    assert (running.made.client(None).get(feed).status_code == 200) == token
    # Of who is as before nothing changes.
    assert other.get("/en/about").status_code == 200
    noted = [line for line in running.noted() if line["what"] == "people: changed"]
    assert [line["removed"] for line in noted] == ([] if case == "nothing" else [["Regjistri"]])


def test_a_session_that_was_ended_stays_ended(running: Running) -> None:
    browser = running.made.client("recorder")
    running.write(entry("reader"), entry("admin"))
    assert browser.get("/en/about").status_code == 303
    running.write(*map(entry, PEOPLE))
    assert browser.get("/en/about").status_code == 303
    assert running.made.client("recorder").get("/en/about").status_code == 200


def test_the_last_one_can_be_taken_out(running: Running) -> None:
    browser = running.made.client("admin")
    running.write()
    assert browser.get("/en/about").status_code == 303
    assert running.program("admin").get("/api/score").status_code == 401


# What becomes of the file that keeps everybody who was in it.
BROKEN = {
    "no TOML": "[[people]\n",
    "cut short": "",
    "a token where its digest belongs": (
        f'[[people]]\nname = "A"\nrole = "admin"\nsha256 = "{TOKENS["admin"]}"\n'
    ),
    "it is gone": None,
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_file_that_cannot_be_read_changes_nothing_and_is_told_once(
    running: Running, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    browser = running.made.client("recorder")
    content = BROKEN[case]
    if content is None:
        running.path.unlink()
    else:
        running.path.write_text(content, "utf-8")
    for _ in range(3):
        assert browser.get("/en/about").status_code == 200
    assert running.program("admin").get("/api/score").status_code == 200
    told = capsys.readouterr().err
    assert told.count("was changed and cannot be read") == 1
    noted = [line for line in running.noted() if line["what"] == "people: unreadable"]
    assert len(noted) == 1 and TOKENS["admin"] not in json.dumps(running.noted())
    # As soon as it can be read again, it counts.
    running.write(entry("reader"))
    assert browser.get("/en/about").status_code == 303


def test_a_token_holds_until_its_last_day_is_over() -> None:
    today = [dt.date(2026, 12, 31)]
    known = People([Person("Arta", "admin", digest("x" * 20), today[0])], lambda: 0.0, lambda: today[0])
    arta = known.with_token("x" * 20)
    assert arta is not None and known.named("Arta") == arta
    key, feed = known.begin(arta), known.feed_key(arta)
    assert known.in_session(key) == arta == known.with_feed_key(feed)
    today[0] += dt.timedelta(days=1)
    assert known.in_session(key) is None and known.with_feed_key(feed) is None
    assert known.with_token("x" * 20) is None and known.named("Arta") is None


def test_a_new_entry_goes_behind_the_others(tmp_path: Path) -> None:
    path = tmp_path / "people.toml"
    assert with_entry(path, "Besa", BESA) == BESA
    path.write_text(ARTA.rstrip("\n"), "utf-8")
    assert with_entry(path, "Besa", BESA) == f"{ARTA.rstrip()}\n\n{BESA}"
    with pytest.raises(UsageError, match="twice"):
        with_entry(path, "Arta", ARTA)
    path.write_text("[[people]\n", "utf-8")
    with pytest.raises(ConfigurationError):
        with_entry(path, "Besa", BESA)


# Addresses from which wrong tokens came, ten in all, another one, and whether that one has to wait.
CLIENTS = {
    "the same address": (["192.0.2.1"], "192.0.2.1", True),
    "another address": (["192.0.2.1"], "192.0.2.2", False),
    "one network of IPv6": ([f"2001:db8::{n}" for n in range(10)], "2001:db8::ffff", True),
    "another network of IPv6": (["2001:db8::1"], "2001:db8:0:1::1", False),
    "IPv4 written as IPv6": (["::ffff:192.0.2.1"], "192.0.2.1", True),
    "this machine": (["::1"], "::1", True),
    "no address": (["testclient"], "testclient", True),
}


@pytest.mark.parametrize("case", CLIENTS)
def test_who_has_to_wait(case: str) -> None:
    wrong, client, waits = CLIENTS[case]
    attempts = Attempts(lambda: 1000.0)
    for n in range(Attempts.MOST):
        attempts.failed(wrong[n % len(wrong)])
    assert (attempts.wait(client) > 0) == waits


def test_attempts_from_everywhere_are_not_all_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Attempts, "ADDRESSES", 100)
    attempts = Attempts(lambda: 1000.0)
    for n in range(1000):
        attempts.failed(f"192.0.{n // 250}.{n % 250}")
    assert len(attempts._failed) == 100
