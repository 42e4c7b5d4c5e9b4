"""The week of an officer, in a browser: a spreadsheet is imported, what is due is seen, a notice recorded,
its obligation turns, the feed follows, the sheet of the session is printed.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest

from site_pages.browser import DESKTOP, missing
from transparency_check.messages import text
from transparency_check.messages.language import within
from transparency_check.serving.pages import record
from transparency_check.spreadsheets.template import workbook

from .browsing import Listening, chromium, register_at_socket, signed_in, tab, tab_to
from .made import TOKENS, settled

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LACKING = missing()
pytestmark = pytest.mark.skipif(LACKING is not None, reason=LACKING or "")
PHONE = {"width": 360, "height": 780}
SIZES = {"desktop": DESKTOP, "phone": PHONE}
RULE = "XK-MTG-001"
# Two sessions that were convened, each to be announced seven working days before it, and a row with a day
# that there is not.
NOW, NEXT = "assembly-2026-11", "assembly-2026-12"
SESSIONS = {NOW: "2026-11-27T10:00", NEXT: "2026-12-10T10:00"}


@dataclass(frozen=True)
class Week:
    """Who walks: on which screen, in which language, with scripts or without."""

    size: str
    language: str
    scripts: bool = True

    @property
    def context(self) -> dict[str, Any]:
        touch = {"has_touch": True, "is_mobile": True} if self.size == "phone" else {}
        return {"viewport": SIZES[self.size], "java_script_enabled": self.scripts, **touch}


WEEKS = {
    "desktop in Albanian": Week("desktop", "sq"),
    "phone in Albanian": Week("phone", "sq"),
    "desktop in Serbian": Week("desktop", "sr-Cyrl"),
    "phone in Serbian": Week("phone", "sr-Latn"),
    "phone in Albanian, no scripts": Week("phone", "sq", scripts=False),
}


@pytest.fixture(scope="module")
def launched() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Listening]:
    """An empty register. Where judging takes its time, pages do not wait for it."""
    monkeypatch.setattr(record, "PATIENCE", 0.05)
    with register_at_socket(tmp_path) as found:
        yield found


def spreadsheet(there: Listening, language: str) -> bytes:
    """The register as an office keeps it: the workbook of the template, filled in, with one bad row."""
    rows = [
        {
            "type": "meeting.scheduled", "time": dt.date(2026, 11, 2), "municipality": "kline", "case": case,
            "body": "assembly", "meeting_type": "session", "session_kind": "ordinary", "planned_at": day,
        }
        for case, day in SESSIONS.items()
    ]  # fmt: skip
    rows.append({**rows[0], "time": "31.31.2026", "case": "assembly-2027-01"})
    book = there.made.guard.app.state.office.state.snapshot.answer.rulebook  # type: ignore[attr-defined]
    with within(language):
        return workbook(book, "kline", rows)


def said(language: str, code: str, **values: Any) -> str:
    with within(language):
        return text(code, **values)


def main(page: Page) -> str:
    """What the page says."""
    return " ".join(page.locator("main").inner_text().split())


@pytest.mark.parametrize("walk", WEEKS)
def test_the_week_of_an_officer(there: Listening, launched: Browser, walk: str, tmp_path: Path) -> None:
    week = WEEKS[walk]
    page = tab(launched, **week.context)
    told: list[str] = []
    page.on("console", lambda message: told.append(f"{page.url}: {message.text}"))
    arrived(page, there, week)
    imported(page, there, week)
    settled(there.made)
    finding = due(page, there, week)
    before = feed(page, there, week)
    recorded(page, there, week, finding)
    after = feed(page, there, week)
    assert {NOW, NEXT} <= before and NOW not in after and NEXT in after
    printed(page, there, week, tmp_path / "sheet.pdf")
    page.context.close()
    assert told == []


def arrived(page: Page, there: Listening, week: Week) -> None:
    """By the address that is told at the start; the token stands in it only once."""
    page.goto(f"{there.address}/{week.language}/sign-in?token={TOKENS['recorder']}")
    assert page.url == f"{there.address}/{week.language}/"
    assert said(week.language, "serve.empty") in main(page)


def imported(page: Page, there: Listening, week: Week) -> None:
    """The spreadsheet, whose bad row is seen before anything is recorded."""
    # The page of an empty register says how to begin.
    page.click("main a.button[href$='/import']")
    page.wait_for_url("**/import")
    data = spreadsheet(there, week.language)
    file = {
        "name": "regjistri 2026.xlsx",
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "buffer": data,
    }
    page.set_input_files("#field-file", files=[file])
    page.click("main button[type=submit]")
    page.wait_for_url("**/import/look?*")
    assert page.locator("h1").inner_text() == "regjistri 2026.xlsx"
    seen = main(page)
    assert said(week.language, "serve.import.can", n=2, number="2") in seen
    assert said(week.language, "serve.import.rows_bad", n=1) in seen
    problems = page.locator("#errors tbody tr")
    assert problems.count() == 1 and "31.31.2026" in problems.inner_text()
    assert page.locator("#first tbody tr").count() == 2
    # Nobody said that the bad row may be left out.
    page.click("main button[type=submit]")
    assert said(week.language, "serve.import.not_skipped") in page.locator("[role=alert]").inner_text()
    page.check("#field-skip_bad input")
    page.click("main button[type=submit]")
    page.wait_for_url("**/import/done?*")
    assert said(week.language, "serve.import.done", n=2, number="2") in main(page)
    assert said(week.language, "serve.import.done.left_out", n=1) in main(page)


def due(page: Page, there: Listening, week: Week) -> str:
    """What is due; the address of the obligation to announce the next session."""
    page.goto(f"{there.address}/{week.language}/")
    assert page.locator("html").get_attribute("lang") == week.language
    rows = page.locator("#coming-table tbody tr", has_text=RULE)
    cases = [case for row in rows.all() for case in SESSIONS if case in row.inner_text()]
    assert cases == [NOW, NEXT]
    first = rows.filter(has_text=NOW)
    assert "17.11.2026" in first.inner_text()
    first.locator("th a").click()
    page.wait_for_url("**/findings/*")
    assert page.locator("main .notice.pending").count() == 1
    return page.url


def recorded(page: Page, there: Listening, week: Week, finding: str) -> None:
    """The notice, with its languages; then the obligation turns on its page."""
    page.goto(finding)
    page.click("main a.button[href*='notice.published']")
    page.wait_for_url("**/record/notice.published?*")
    assert page.input_value("#field-case") == NOW
    assert page.input_value("#field-municipality") == "kline"
    page.fill("#field-time", "9.11.2026")
    page.fill("#field-time__clock", "9:30")
    page.select_option("#field-notice_kind", "meeting")
    for value in ("website", "notice-board"):
        page.check(f"#field-channel input[value='{value}']")
    for value in ("sq", "sr"):
        page.check(f"#field-languages input[value='{value}']")
    if week.scripts:
        # As where judging takes long.
        there.made.judging.clear()
    page.click("main button[type=submit]")
    page.wait_for_url("**/events?id=*")
    assert said(week.language, "serve.done.recorded", seq=3) in main(page)
    if week.scripts:
        page.goto(finding)
        # What was recorded is not judged yet: the page says so, and turns by itself.
        assert page.locator("main .notice.pending").count() == 1
        assert page.locator("main [hx-trigger='every 2s']").count() == 1
        there.made.judging.set()
        page.locator("main .notice.fulfilled").wait_for()
    else:
        settled(there.made)
        page.goto(finding)
    assert page.locator("main .notice.fulfilled").count() == 1
    assert page.locator("main .notice.pending, main [hx-trigger='every 2s']").count() == 0
    assert page.locator("#records-table .outcome.fulfilled").count() == 1


def feed(page: Page, there: Listening, week: Week) -> set[str]:
    """The cases of which something is due, by the feed at the address that the page of exports shows: as a
    calendar program asks for it, which is not signed in.
    """
    import icalendar

    page.goto(f"{there.address}/{week.language}/exports")
    address = page.locator("#feed ~ .copied code").inner_text()
    assert address.startswith(f"{there.address}/{week.language}/calendar.ics?key=")
    with urlopen(address, timeout=120) as answer:
        assert answer.headers["content-type"].startswith("text/calendar")
        calendar = icalendar.Calendar.from_ical(answer.read())
    entries = [entry for entry in calendar.walk("VEVENT") if RULE in entry["DESCRIPTION"]]
    return {case for case in SESSIONS for entry in entries if case in entry["SUMMARY"]}


def printed(page: Page, there: Listening, week: Week, path: Path) -> None:
    """The readiness sheet, by the page of its case: it prints without what leads elsewhere."""
    import pypdf

    page.goto(f"{there.address}/{week.language}/cases")
    page.click(f"#cases a:has-text('{NOW}')")
    page.wait_for_url("**/case?*")
    page.click("main a.button[href*='/sheet?']")
    page.wait_for_url("**/sheet?*")
    shown = page.locator("h1").inner_text()
    assert NOW in shown
    page.emulate_media(media="print")
    for selector in ("nav.pages", "nav.languages", "nav.path", "ul.actions", ".aside", ".skip"):
        assert page.locator(selector).first.is_hidden(), selector
    path.write_bytes(page.pdf(prefer_css_page_size=True))
    page.emulate_media(media="screen")
    read = pypdf.PdfReader(io.BytesIO(path.read_bytes()))
    words = " ".join(" ".join(sheet.extract_text() for sheet in read.pages).split())
    assert NOW in words and RULE in words
    for code in ("serve.nav.exports", "serve.nav.calendar", "serve.sheet.print"):
        assert said(week.language, code) not in words
    width, height = (float(side) / 72 * 25.4 for side in read.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (210, 297)


def test_recording_by_keyboard_alone(there: Listening, launched: Browser) -> None:
    """Tabulator, Enter, blank and letters are all that is used, from the obligation to the record of it."""
    week = Week("desktop", "sq", scripts=False)
    page = signed_in(launched, there.address, week.language, **week.context)
    imported(page, there, week)
    settled(there.made)
    keys = page.keyboard
    page.goto(f"{there.address}/{week.language}/")
    tab_to(page, "#coming-table th a[href*='/findings/']")
    keys.press("Enter")
    page.wait_for_url("**/findings/*")
    finding = page.url
    tab_to(page, "a.button[href*='notice.published']")
    keys.press("Enter")
    page.wait_for_url("**/record/notice.published?*")
    tab_to(page, "#field-time")
    keys.type("31.11.2026")
    keys.press("Tab")
    keys.type("9:30")
    tab_to(page, "#field-notice_kind")
    for _ in range(20):
        if page.input_value("#field-notice_kind") == "meeting":
            break
        keys.press("ArrowDown")
    assert page.input_value("#field-notice_kind") == "meeting"
    for name, value in (("channel", "website"), ("languages", "sq"), ("languages", "sr")):
        tab_to(page, f"#field-{name} input[value='{value}']")
        keys.press("Space")
    tab_to(page, "main button[type=submit]")
    keys.press("Enter")
    page.locator("[role=alert]").wait_for()
    # There is no 31 November: what is wrong leads to its field, and all else is still there.
    tab_to(page, "[role=alert] a")
    keys.press("Enter")
    assert page.evaluate("location.hash") == "#field-time"
    keys.press("Tab")
    if page.evaluate("document.activeElement.id") != "field-time":
        # The browser goes on behind the field that a link leads to.
        keys.press("Shift+Tab")
    assert page.evaluate("document.activeElement.id") == "field-time"
    keys.press("Control+a")
    keys.type("9.11.2026")
    assert page.is_checked("#field-languages input[value='sr']")
    tab_to(page, "main button[type=submit]")
    keys.press("Enter")
    page.wait_for_url("**/events?id=*")
    settled(there.made)
    page.goto(finding)
    assert page.locator("main .notice.fulfilled").count() == 1
    page.context.close()
