"""Mail by SMTP to servers on this machine: taken, refused, dropped, in the clear, logged in."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from reminding.conftest import SENDER, Run
from reminding.servers import HOST, PASSWORD, USER, Authority, Mailbox, free_port, hanging_up, running
from transparency_check.report import EXIT_UNDELIVERED

TO = ("--to", "office@example.org", "--sender", SENDER)
STATE = ("--since", "last.json", "--save", "last.json")


def at(port: int, security: str = "none") -> tuple[str, ...]:
    return ("--smtp", f"{HOST}:{port}", "--security", security)


def test_it_is_taken_and_the_report_is_kept_for_the_next(remind: Run, folder: Path) -> None:
    box = Mailbox()
    with running(box) as port:
        first = remind(*TO, *at(port), *STATE)
    assert first.exit_code == 0, first.output
    assert "There is no last.json yet" in first.stderr
    assert "Reminded: office@example.org." in first.stderr
    ((to, mail),) = box.taken
    assert (to, mail["From"], mail["To"]) == ("office@example.org", SENDER, "office@example.org")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert (
        mail["Subject"] == "Transparency duties, Klinë: 1 overdue, 1 today, 1 this week, 1 next week, 1 later"
    )
    kept = json.loads((folder / "last.json").read_text("utf-8"))
    assert (kept["as_of"], kept["until"], len(kept["findings"])) == ("2026-11-18", "2026-12-02", 5)


def test_several_people_each_in_a_language_and_a_mail_of_their_own(remind: Run) -> None:
    box = Mailbox()
    people = (
        "--to",
        "sq:zyra@example.org",
        "--to",
        "sr-Cyrl:Kabinet <kabinet@example.org>",
        "--to",
        "x@example.org",
    )
    with running(box) as port:
        result = remind(*people, "--sender", SENDER, *at(port), "--lang", "sr-Latn")
    assert result.exit_code == 0, result.output
    told = {to: (mail["Content-Language"], mail["Subject"].split(",")[0]) for to, mail in box.taken}
    assert told == {
        "zyra@example.org": ("sq", "Detyrat e transparencës"),
        "kabinet@example.org": ("sr-Cyrl", "Обавезе транспарентности"),
        "x@example.org": ("sr-Latn", "Obaveze transparentnosti"),
    }
    assert len({mail["Message-ID"] for _, mail in box.taken}) == 3


def test_who_is_refused_keeps_no_other_from_it_and_nothing_is_lost(remind: Run, folder: Path) -> None:
    box = Mailbox(refuses=frozenset({"nobody@example.org"}))
    with running(box) as port:
        result = remind("--to", "nobody@example.org", *TO, *at(port), *STATE)
        assert result.exit_code == EXIT_UNDELIVERED
        assert [to for to, _ in box.taken] == ["office@example.org"]
        assert not (folder / "last.json").exists()
        flat = " ".join(result.stderr.split())
        assert (
            f"nobody@example.org was not reminded: {HOST}:{port} does not take mail for this address (550"
            in flat
        )
        assert "last.json was left as it was, so that nothing is lost" in flat
        # What the server says does nothing where it is shown.
        assert "\x1b" not in result.stderr and not re.search(r"^\s*::", result.stderr, re.MULTILINE)
        # The same mail, sent again, has the same id.
        remind(*TO, *at(port), *STATE)
    ids = [mail["Message-ID"] for _, mail in box.taken]
    assert len(ids) == 2 and len(set(ids)) == 1
    assert (folder / "last.json").exists()


def test_a_server_that_hangs_up_in_the_middle(remind: Run, folder: Path) -> None:
    box = Mailbox(drops="DATA")
    with running(box) as port:
        result = remind("--to", "first@example.org", *TO, "--to", "last@example.org", *at(port), *STATE)
    assert result.exit_code == EXIT_UNDELIVERED
    assert "first@example.org was not reminded" not in result.stderr
    for address in ("office@example.org", "last@example.org"):
        assert f"{address} was not reminded: {HOST}:{port} ended the connection" in " ".join(
            result.stderr.split()
        )
    assert not (folder / "last.json").exists()


def test_a_server_that_hangs_up_at_once(remind: Run, folder: Path) -> None:
    with hanging_up() as port:
        result = remind(*TO, *at(port), *STATE)
    assert result.exit_code == EXIT_UNDELIVERED
    assert f"{HOST}:{port}" in result.stderr and not (folder / "last.json").exists()


def test_a_server_that_is_not_there(remind: Run) -> None:
    port = free_port()
    result = remind(*TO, *at(port))
    assert result.exit_code == EXIT_UNDELIVERED
    flat = " ".join(result.stderr.split())
    assert f"{HOST}:{port} could not be reached: Connection refused." in flat
    assert "Run the same command again" in flat


def test_a_mail_that_is_rejected(remind: Run) -> None:
    with running(Mailbox(rejects="554 5.7.1 no such mail here")) as port:
        result = remind(*TO, *at(port))
    assert result.exit_code == EXIT_UNDELIVERED
    assert "refused it (554 5.7.1 no such mail here)" in " ".join(result.stderr.split())


def test_nothing_is_sent_in_the_clear_where_starttls_is_wanted(remind: Run) -> None:
    box = Mailbox()
    with running(box) as port:
        result = remind(*TO, "--smtp", f"{HOST}:{port}")
    assert (result.exit_code, box.taken) == (EXIT_UNDELIVERED, [])
    assert "does not offer STARTTLS, and nothing is sent in the clear" in " ".join(result.stderr.split())


@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_safe_connections(remind: Run, authority: Authority, security: str) -> None:
    box = Mailbox()
    context = {"starttls" if security == "starttls" else "ssl_context": authority.context()}
    with running(box, **context) as port:
        result = remind(*TO, *at(port, security))
    assert result.exit_code == 0, result.output
    assert len(box.taken) == 1


@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_a_certificate_that_nobody_vouches_for(remind: Run, security: str) -> None:
    box = Mailbox()
    context = {"starttls" if security == "starttls" else "ssl_context": Authority().context()}
    with running(box, **context) as port:
        result = remind(*TO, *at(port, security))
    assert (result.exit_code, box.taken) == (EXIT_UNDELIVERED, [])
    assert f"the certificate of {HOST}:{port} does not hold" in " ".join(result.stderr.split())


def test_a_certificate_of_another_server(remind: Run, authority: Authority) -> None:
    box = Mailbox()
    with running(box, ssl_context=authority.context("mail.example.org")) as port:
        result = remind(*TO, *at(port, "ssl"))
    assert (result.exit_code, box.taken) == (EXIT_UNDELIVERED, [])
    assert "does not hold" in result.stderr


def test_ssl_where_there_is_none(remind: Run) -> None:
    with running(Mailbox()) as port:
        result = remind(*TO, *at(port, "ssl"))
    assert result.exit_code == EXIT_UNDELIVERED
    assert "no safe connection" in " ".join(result.stderr.split())


def secrets(user: str, password: str) -> dict[str, str]:
    return {"TRANSPARENCY_CHECK_SMTP_USER": user, "TRANSPARENCY_CHECK_SMTP_PASSWORD": password}


def test_login_by_the_environment(remind: Run, authority: Authority) -> None:
    box = Mailbox()
    with running(box, starttls=authority.context(), login=True) as port:
        result = remind(*TO, *at(port, "starttls"), env=secrets(USER, PASSWORD))
    assert result.exit_code == 0, result.output
    assert len(box.taken) == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", ""], ids=["lines", "lines of Windows", "no end"])
def test_login_by_a_file(remind: Run, folder: Path, authority: Authority, end: str) -> None:
    (folder / "smtp.txt").write_text(f"{USER}{end or chr(10)}{PASSWORD}{end}", "utf-8", newline="")
    box = Mailbox()
    with running(box, starttls=authority.context(), login=True) as port:
        result = remind(
            *TO, *at(port, "starttls"), "--credentials", "smtp.txt", env=secrets("other", "wrong")
        )
    assert result.exit_code == 0, result.output
    assert len(box.taken) == 1


def test_a_file_that_everybody_can_read_is_remarked_on(
    remind: Run, folder: Path, authority: Authority
) -> None:
    file = folder / "smtp.txt"
    file.write_text(f"{USER}\n{PASSWORD}\n", "utf-8")
    for mode, said in ((0o600, False), (0o644, True)):
        file.chmod(mode)
        with running(Mailbox(), starttls=authority.context(), login=True) as port:
            result = remind(*TO, *at(port, "starttls"), "--credentials", "smtp.txt")
        assert ("chmod 600" in result.stderr) == said


def test_a_wrong_password_is_told_and_never_shown(remind: Run, authority: Authority) -> None:
    box = Mailbox()
    with running(box, starttls=authority.context(), login=True) as port:
        result = remind(*TO, *at(port, "starttls"), env=secrets(USER, "not-this-one"))
    assert (result.exit_code, box.taken) == (EXIT_UNDELIVERED, [])
    assert "does not accept user and password (535" in " ".join(result.stderr.split())
    assert "not-this-one" not in result.output


def test_a_server_that_hangs_up_at_the_login(remind: Run, authority: Authority) -> None:
    with running(Mailbox(drops="AUTH"), starttls=authority.context(), login=True) as port:
        result = remind(*TO, *at(port, "starttls"), env=secrets(USER, "not-this-one"))
    assert result.exit_code == EXIT_UNDELIVERED
    assert "ended the connection at the login, as some do" in " ".join(result.stderr.split())
    assert "not-this-one" not in result.output


def test_a_server_that_knows_no_login(remind: Run) -> None:
    box = Mailbox()
    with running(box) as port:
        result = remind(*TO, *at(port), env=secrets(USER, PASSWORD))
    assert (result.exit_code, box.taken) == (EXIT_UNDELIVERED, [])
    assert "takes no user and password" in " ".join(result.stderr.split())


def test_run_by_itself_it_takes_no_password_from_the_environment(remind: Run, authority: Authority) -> None:
    with running(Mailbox(), starttls=authority.context(), login=True) as port:
        result = remind(*TO, *at(port, "starttls"), "--isolated", env=secrets(USER, PASSWORD))
    assert result.exit_code == EXIT_UNDELIVERED


def test_what_changed_since_the_last_reminder(remind: Run, folder: Path) -> None:
    box = Mailbox()
    answer = {
        "id": "f",
        "type": "request.answered",
        "time": "2026-11-19",
        "municipality": "kline",
        "case": "this week",
        "outcome": "granted",
    }
    with running(box) as port:
        remind(*TO, *at(port), *STATE)
        with (folder / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(answer) + "\n")
        second = remind(*TO, *at(port), *STATE, as_of="2026-11-19")
    assert second.exit_code == 0, second.output
    text = box.taken[1][1].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "Over since 2026-11-18" in text
    over = text[text.index("Over since 2026-11-18") :]
    assert "fulfilled; was pending, due 2026-11-20" in over and "this week" in over
    assert json.loads((folder / "last.json").read_text("utf-8"))["as_of"] == "2026-11-19"


QUIET = ("--case", "none such", "--save", "last.json")


def test_nothing_due_is_no_mail_unless_it_is_wanted(remind: Run, folder: Path) -> None:
    box = Mailbox()
    with running(box) as port:
        result = remind(*TO, *at(port), *QUIET)
        assert "Nothing is due, so no one was reminded" in result.stderr
        assert (box.taken, (folder / "last.json").exists()) == ([], True)
        remind(*TO, *at(port), *QUIET, "--always")
    ((_, mail),) = box.taken
    assert mail["Subject"] == "Transparency duties: nothing is due"


def test_broken_records_are_told_in_the_reminder(remind: Run, folder: Path) -> None:
    with (folder / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write("{\n")
    box = Mailbox()
    with running(box) as port:
        result = remind(*TO, *at(port))
    assert result.exit_code == 2
    body = box.taken[0][1].get_body(("plain",))
    assert body is not None and "Records that could not be read: 1." in body.get_content()
