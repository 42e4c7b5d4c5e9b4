"""The mail parsed back: every line equals a finding, in every language, and the same is the same."""

from __future__ import annotations

import json
import re
import shutil
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import CliRunner

from reminding.conftest import AS_OF, SELECTED, SENDER, Run
from transparency_check.cli import application, outlet
from transparency_check.messages.language import LANGUAGES
from transparency_check.packs import load_rulebook

TO = ("--to", "office@example.org", "--sender", SENDER)
KLINA = Path(__file__).parents[2] / "samples" / "klina" / "log.jsonl"
# As the subject tells the groups, in their order.
GROUPS = {
    "overdue": "overdue",
    "today": "today",
    "this week": "this week",
    "next week": "next week",
    "later": "later",
}


def shown(run: Run, *args: str) -> EmailMessage:
    result = run(*TO, "--dry-run", *args)
    assert result.exit_code == 0, result.output
    assert result.stdout_bytes.isascii()
    return cast(EmailMessage, message_from_bytes(result.stdout_bytes, policy=default))


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


class Words(HTMLParser):
    """The text of a page, and what it would fetch or run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.fetches: list[str] = []
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._style = tag == "style"
        known = {
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "div",
            "h1",
            "h2",
            "p",
            "strong",
            "span",
            "hr",
        }
        self.fetches += [tag] if tag not in known else []
        self.fetches += [name for name, value in attrs if name in ("src", "href") or "url(" in (value or "")]

    def handle_endtag(self, tag: str) -> None:
        self._style = False

    def handle_data(self, data: str) -> None:
        if not self._style:
            self.text.append(data)
        elif "url(" in data or "@import" in data:
            self.fetches.append("style")


def words(page: str) -> tuple[str, list[str]]:
    parsed = Words()
    parsed.feed(page)
    parsed.close()
    return " ".join(" ".join(parsed.text).split()), parsed.fetches


def coming(*args: str) -> list[dict[str, Any]]:
    # With --ended all findings are made, as for a reminder: judged once for both.
    asked = ["upcoming", *args, "--overdue", "--ended", "--within", "14d", "--format", "json"]
    found: list[dict[str, Any]] = json.loads(CliRunner().invoke(application, asked).stdout)["findings"]
    return found


def test_each_case_stands_in_its_group(remind: Run) -> None:
    mail = shown(remind)
    text = part(mail, "plain")
    heads = ["Overdue:", "Today (1)", "This week (1)", "Next week (1)", "After that, until 2026-12-02 (1)"]
    places = [text.index(head) for head in heads]
    assert places == sorted(places)
    for (case, head), end in zip(zip(GROUPS, places, strict=True), [*places[1:], len(text)], strict=True):
        assert f", {case}, " in text[head:end]


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.usefixtures("remind")
def test_every_line_equals_a_finding_in_every_language(tag: str, folder: Path) -> None:
    shutil.copy(KLINA, folder / "log.jsonl")
    asked = ("log.jsonl", "--as-of", "2026-11-20", "--no-config", "--lang", tag)
    result = CliRunner().invoke(application, ["remind", *asked, *TO, "--dry-run", "--within", "14d"])
    assert result.exit_code == 0, result.output
    mail = cast(EmailMessage, message_from_bytes(result.stdout_bytes, policy=default))
    findings = coming(*asked)
    page, fetches = words(part(mail, "html"))
    plain = " ".join(part(mail, "plain").split())
    assert fetches == [] and len(findings) > 10
    assert mail["Content-Language"] == tag
    book = load_rulebook(["kosovo"])
    bearers = {duty.bearer: book.bearer(duty) for duty in book.duties}
    for told in (plain, page):
        assert sorted(re.findall(r"#([0-9a-f]{16})\b", told)) == sorted(f["id"] for f in findings)
        for finding in findings:
            about = ", ".join(
                filter(None, (finding["case"], finding["period"], finding["rule"], f"#{finding['id']}"))
            )
            at = told.index(about)
            assert finding["title"] in told[max(0, at - 400) : at]
            bearer = bearers[finding["bearer"]].in_language(tag)
            assert " ".join(bearer.split()) in told[at:]
            if finding["act_by"]:
                year, month, day = finding["act_by"].split("-")
                written = finding["act_by"] if tag == "en" else f"{day}.{month}.{year}"
                assert written in told[max(0, at - 400) : at]
    # The HTML says what the text says.
    for line in part(mail, "plain").splitlines():
        if (said := " ".join(line.split())) and set(said) - set("=-"):
            assert said in page


def test_where_and_in_which_languages(remind: Run) -> None:
    text = " ".join(part(shown(remind), "plain").split())
    assert "Where: website, notice board or media" in text
    assert "Languages: Albanian and Serbian (by XK-LAN-006: unverified)" in text


def test_headers(remind: Run) -> None:
    mail = shown(remind)
    assert mail.get_content_type() == "multipart/alternative"
    assert [p.get_content_type() for p in mail.iter_parts()] == ["text/plain", "text/html"]
    assert re.fullmatch(r"<[0-9a-f]{32}@example\.org>", mail["Message-ID"])
    assert mail["Date"] is not None
    for name in ("From", "To", "Subject", "Message-ID", "Auto-Submitted"):
        assert len(mail.get_all(name)) == 1


def undated(mail: EmailMessage) -> bytes:
    del mail["Date"]
    return mail.as_bytes()


def test_what_is_said_twice_on_one_day_is_the_same(remind: Run) -> None:
    first, again = shown(remind), shown(remind)
    assert undated(first) == undated(again)
    other = shown(remind, "--case", "today")
    assert other["Message-ID"] != first["Message-ID"]


def test_the_hour_does_not_make_it_another(folder: Path) -> None:
    ids = set()
    for moment in (AS_OF, f"{AS_OF}T07:30", f"{AS_OF}T16:00"):
        words_ = ["remind", "log.jsonl", *SELECTED, *TO, "--dry-run", "--as-of", moment]
        result = CliRunner().invoke(application, words_)
        ids.add(message_from_bytes(result.stdout_bytes, policy=default)["Message-ID"])
    assert len(ids) == 1


def test_a_dry_run_sends_and_writes_nothing(remind: Run, folder: Path) -> None:
    before = sorted(folder.iterdir())
    mail = shown(remind, "--save", "last.json", "--credentials", "none.txt")
    assert mail["To"] == "office@example.org"
    assert sorted(folder.iterdir()) == before


def test_on_a_terminal_it_is_shown_as_people_read_it(
    remind: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = shown(remind)
    monkeypatch.setattr(outlet, "terminal", lambda: True)
    told = remind(*TO, "--dry-run").stdout
    assert told.splitlines()[:3] == [f"{name}: {sent[name]}" for name in ("From", "To", "Subject")]
    assert part(sent, "plain").strip() in told
    assert "<html" not in told


def test_it_is_for_light_and_dark(remind: Run) -> None:
    page = part(shown(remind), "html")
    assert 'name="color-scheme" content="light dark"' in page
    assert "prefers-color-scheme: dark" in page
    assert 'name="viewport"' in page


def test_a_long_list_is_cut_and_says_so(remind: Run, folder: Path) -> None:
    rows = [
        {
            "id": f"r{n}",
            "type": "request.registered",
            "time": "2026-11-16",
            "municipality": "kline",
            "case": f"q{n}",
        }
        for n in range(60)
    ]
    (folder / "log.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    mail = shown(remind)
    text = part(mail, "plain")
    assert len(re.findall(r"#[0-9a-f]{16}\b", text)) == 50
    assert "Next week (60)" in text and "and 10 more" in text
