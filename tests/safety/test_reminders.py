"""Every hostile text in a reminder: headers, plain text, HTML, and the mail as it is printed."""

from __future__ import annotations

import datetime as dt
from email import message_from_bytes
from email.headerregistry import Address
from email.policy import default

import pytest

from safety.dangers import BY_ENDING, build_service, dangers, page, terminal
from safety.test_reports import chunks, reported, since, told_of
from transparency_check.reminding import plain_text
from transparency_check.reminding.digest import Digest, digest
from transparency_check.reminding.mail import mail
from transparency_check.report import Left, Upcoming
from transparency_check.reports.options import ReportOptions

TODAY = dt.date(2026, 11, 20)
NOW = dt.datetime(2026, 11, 20, 7, tzinfo=dt.UTC)
Reminders = list[tuple[list[str], Digest]]
SENDER, TO = Address("", "duties", "example.org"), Address("", "office", "example.org")
HEADERS = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Content-Language",
    "MIME-Version",
    "Content-Type",
}


@pytest.fixture(scope="module")
def reminders() -> Reminders:
    made = []
    for texts in chunks():
        report, options = reported(texts)
        found = tuple(report.findings)
        half = len(found) // 2
        coming = Upcoming(
            "2026-12-01", found[:half], {f.id: Left(-3, -1) for f in found}, since=since(texts, found)
        )
        given = ReportOptions(options.names, upcoming=coming, acts=told_of(texts[:3]))
        made.append((texts, digest(report, given, TODAY)))
    return made


@pytest.mark.parametrize("part", ["plain", "html"])
def test_no_text_does_anything_in_the_body(reminders: Reminders, part: str) -> None:
    checks = BY_ENDING[".txt"] if part == "plain" else BY_ENDING[".html"]
    for texts, made in reminders:
        body = mail(made, SENDER, TO, NOW).get_body((part,))
        assert body is not None
        assert dangers(body.get_content(), checks) == [], texts


def test_no_text_becomes_a_header_or_ends_them(reminders: Reminders) -> None:
    for texts, made in reminders:
        parsed = message_from_bytes(mail(made, SENDER, TO, NOW).as_bytes(), policy=default)
        assert set(parsed.keys()) == HEADERS and len(parsed.keys()) == len(HEADERS), texts
        assert len(list(parsed.iter_parts())) == 2  # type: ignore[attr-defined]
        # Where the first word would be too long, a line begins behind the name of the header.
        assert parsed["Subject"].lstrip() == made.subject
        assert [*terminal(parsed["Subject"]), *build_service(parsed["Subject"])] == []
        assert str(parsed["To"]) == "office@example.org"


def test_the_mail_as_it_is_printed_does_nothing(reminders: Reminders) -> None:
    for texts, made in reminders:
        printed = mail(made, SENDER, TO, NOW).as_bytes().decode("ascii").replace("\r\n", "\n")
        assert dangers(printed, BY_ENDING[".txt"]) == [], texts


def test_the_texts_of_a_service_do_nothing(reminders: Reminders) -> None:
    for texts, made in reminders:
        for said in (made.subject, plain_text.render(made)):
            assert dangers(said, BY_ENDING[".txt"]) == [], texts


def test_what_runs_in_a_mail_would_be_found() -> None:
    assert list(page('<p><img src=x onerror="pwned()"></p>'))
