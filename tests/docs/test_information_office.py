"""The month of an information office is true: its commands run over the sample and show what the page says,
the calendar and the mails hold what was found, and the site can be read in a browser.
"""

from __future__ import annotations

import datetime as dt
import json
import shlex
import shutil
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from icalendar import Calendar

from reminding.servers import HOST, Mailbox, running
from site_pages.browser import DESKTOP, PHONE, browser, complaints, missing, opened
from transparency_check.cli import application

from .console import commands, squeezed

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/information-office.md").read_text(encoding="utf-8")
LACKING = missing()
Taken = list[tuple[str, EmailMessage]]


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Taken]]:
    """The folder after all commands, and the mails that came."""
    folder = tmp_path_factory.mktemp("month")
    shutil.copy(ROOT / "samples/klina/log.jsonl", folder)
    mailbox = Mailbox()
    with pytest.MonkeyPatch.context() as patch, running(mailbox) as port:
        patch.chdir(folder)
        patch.setenv("HOME", str(folder))
        for command, shown in commands(PAGE):
            program, *arguments = shlex.split(command.replace("mail.example.org:25", f"{HOST}:{port}"))
            assert program == "transparency-check"
            result = CliRunner().invoke(application, arguments)
            assert result.exit_code in (0, 1), f"{command}\n{result.output}"
            for line in shown:
                assert squeezed(line) in squeezed(result.output), f"{command}: {line}\n{result.output}"
        yield folder, mailbox.taken


@pytest.fixture(scope="module")
def listed(month: tuple[Path, Taken]) -> list[dict[str, Any]]:
    """What `upcoming` finds for the first Monday."""
    asked = ["upcoming", str(month[0] / "log.jsonl"), "--as-of", "2026-10-26", "--within", "30d"]
    result = CliRunner().invoke(application, [*asked, "--format", "json"])
    findings: list[dict[str, Any]] = json.loads(result.output)["findings"]
    assert len(findings) == 5
    return findings


def test_the_calendar_holds_what_the_list_holds(
    month: tuple[Path, Taken], listed: list[dict[str, Any]]
) -> None:
    read = Calendar.from_ical((month[0] / "klina.ics").read_bytes())
    entries = {str(event["uid"]).partition("@")[0]: event.decoded("dtstart") for event in read.walk("VEVENT")}
    assert entries == {
        f["id"]: dt.date.fromisoformat((f["act_by"] or f["due"] or f["due_range"][0])[:10])
        for f in listed
        if f["act_by"] or f["due"] or f["due_range"]
    }


def test_the_mails_hold_what_the_list_holds(month: tuple[Path, Taken], listed: list[dict[str, Any]]) -> None:
    taken = month[1]
    to = ["zyra@example.org", "zyra@example.org", "kancelarija@example.org"]
    assert [recipient for recipient, _ in taken] == to
    first, second, serbian = (mail.get_body(("plain",)) for _, mail in taken)
    assert first is not None and second is not None and serbian is not None
    near = [f["id"] for f in listed if (f["act_by"] or "9") <= "2026-11-09"]
    assert len(near) >= 3
    assert [id_ for id_ in near if f"#{id_}" not in first.get_content()] == []
    assert "i ri që nga 26.10.2026" in second.get_content()
    assert "novo od 26.10.2026" in serbian.get_content()
    assert [str(mail["Content-Language"]) for _, mail in taken] == ["sq", "sq", "sr-Latn"]


@pytest.mark.skipif(LACKING is not None, reason=LACKING or "")
def test_the_site_is_read_on_a_phone_and_at_a_desk(
    month: tuple[Path, Taken],
) -> None:
    """In Albanian and Serbian: the figures are there, nothing is wrong, no page scrolls sideways."""
    folder = month[0]
    report = json.loads((folder / "faqja/data/report.json").read_text(encoding="utf-8"))
    low, high = (f"{100 * report['summary']['compliance'][b]:.1f}".replace(".", ",") for b in ("low", "high"))
    with browser() as launched:
        for size in (PHONE, DESKTOP):
            with opened(launched, size, "light") as page:
                for language in ("sq", "sr-Latn", "sr-Cyrl"):
                    page.goto((folder / f"faqja/{language}/index.html").as_uri())
                    assert page.get_attribute("html", "lang") == language
                    said = page.inner_text("main")
                    assert low in said and high in said
                    assert complaints(page) == []
                    room = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
                    assert room, (size, language)


@pytest.mark.skipif(LACKING is not None, reason=LACKING or "")
def test_the_mail_is_read_on_a_phone(month: tuple[Path, Taken], tmp_path: Path) -> None:
    html = month[1][1][1].get_body(("html",))
    assert html is not None
    (tmp_path / "mail.html").write_text(html.get_content(), encoding="utf-8")
    with browser() as launched, opened(launched, PHONE, "light") as page:
        page.goto((tmp_path / "mail.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert "05.11.2026" in page.inner_text("body")
