"""Violations that an admin accepts in the pages, and the audit log that an admin sees there."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from transparency_check.errors import UsageError
from transparency_check.serving.audit import Audit
from transparency_check.waivers.file import read_file

from .made import SESSION, Clock, Made, serving, settled, with_register

DECISION = {
    "reason": "The archive was under water",
    "approved_by": "Mayor, decision 12/2026",
    "legal_basis": "Law 06/L-081, Art. 17",
    "until": "31.12.2026",
}


@contextmanager
def _late(folder: Path) -> Iterator[Made]:
    with with_register(
        folder, SESSION, waivers=folder / "waivers.toml", watched=(folder / "waivers.toml",)
    ) as made:
        made.clock.now = Clock.now.replace(day=30)
        settled(made)
        yield made


@pytest.fixture
def late(tmp_path: Path) -> Iterator[Made]:
    """A register with a session that was held without any notice, three days ago."""
    with _late(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def refusing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """The same, for tests in which nothing is accepted."""
    with _late(tmp_path_factory.mktemp("refusing")) as made:
        yield made


def violations(made: Made) -> list[str]:
    """The ids of those that are waivable and not accepted."""
    page = made.client("admin").get("/en/waivers").text
    return [part.partition('"')[0] for part in page.split('<option value="')[1:] if part[0] != '"']


def test_an_admin_accepts_a_violation_and_pages_show_it(late: Made) -> None:
    chosen = violations(late)[0]
    admin = late.client("admin")
    assert "Accept it" in admin.get(f"/en/findings/{chosen}").text
    done = admin.post("/en/waivers", data={**DECISION, "finding": chosen})
    assert (done.status_code, done.headers["location"]) == (303, f"/en/waivers?done={chosen}")
    (entry,) = read_file(late.folder / "waivers.toml", "waivers.toml").entries
    assert (entry.waiver.finding, entry.waiver.until.isoformat()) == (chosen, "2026-12-31")
    assert entry.waiver.approved_by == DECISION["approved_by"]
    settled(late)
    page = html.unescape(admin.get(done.headers["location"]).text)
    assert "Accepted until 2026-12-31" in page and DECISION["reason"] in page
    assert "Accept it" not in admin.get(f"/en/findings/{chosen}").text
    assert chosen not in violations(late)
    # It stays a violation.
    found = late.client("reader").get("/api/findings?outcome=violated").json()["findings"]
    assert chosen in [finding["id"] for finding in found]
    noted = [json.loads(line) for line in (late.folder / "audit.jsonl").read_text("utf-8").splitlines()]
    line = next(line for line in noted if line["what"] == "accepted")
    assert (line["who"], line["finding"]) == ("Arta", chosen) and DECISION["reason"] not in str(noted)


@pytest.mark.parametrize("role", ["reader", "recorder"])
def test_nobody_else_accepts_anything(refusing: Made, role: str) -> None:
    late = refusing
    chosen = violations(late)[0]
    client = late.client(role)
    answer = client.post("/en/waivers", data={**DECISION, "finding": chosen})
    assert answer.status_code == 403 and not (late.folder / "waivers.toml").exists()
    assert "Accept it" not in client.get("/en/waivers").text
    assert "Accept it" not in client.get(f"/en/findings/{chosen}").text


# What is changed of a decision that would be taken, and what is said.
REFUSED: dict[str, tuple[dict[str, str], str]] = {
    "no violation": ({"finding": ""}, "Choose the violation."),
    "one that there is not": ({"finding": "0" * 16}, "Choose the violation."),
    "no reason": ({"reason": " "}, "This is needed."),
    "nobody who decided": ({"approved_by": ""}, "This is needed."),
    "a text that hides something": ({"legal_basis": "Art. \u202e17"}, "none that cannot be seen"),
    "a text without end": ({"reason": "x" * 2001}, "Up to 2000 characters"),
    "no day": ({"until": ""}, "This is needed."),
    "what is no day": ({"until": "12/31/2026"}, "is no day"),
    "a day that is over": ({"until": "29.11.2026"}, "This day is over"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_accepted_is_told_beside_its_field(refusing: Made, case: str) -> None:
    late, (changed, said) = refusing, REFUSED[case]
    answer = late.client("admin").post(
        "/en/waivers", data={**DECISION, "finding": violations(late)[0], **changed}
    )
    assert answer.status_code == 422
    page = html.unescape(answer.text)
    assert said in page and "Nothing was accepted" in page and 'aria-invalid="true"' in page
    # What was typed is there to be mended.
    kept = {**DECISION, **changed}["approved_by"]
    assert not kept or kept in page
    assert not (late.folder / "waivers.toml").exists()


def test_what_is_no_violation_is_not_accepted(tmp_path: Path) -> None:
    with with_register(tmp_path, SESSION, waivers=tmp_path / "waivers.toml") as made:
        admin = made.client("admin")
        found = admin.get("/api/findings?outcome=pending").json()["findings"]
        answer = admin.post("/en/waivers", data={**DECISION, "finding": found[0]["id"]})
        assert answer.status_code == 422 and "only a violation can be accepted" in answer.text
        assert "There is no violation" in admin.get("/en/waivers").text
        assert "Accept it" not in admin.get(f"/en/findings/{found[0]['id']}").text


def test_what_is_accepted_already_is_not_accepted_again(late: Made) -> None:
    admin = late.client("admin")
    chosen = violations(late)[0]
    assert admin.post("/en/waivers", data={**DECISION, "finding": chosen}).status_code == 303
    again = admin.post("/en/waivers", data={**DECISION, "finding": chosen})
    assert again.status_code == 422 and "accepted already" in again.text
    assert len(read_file(late.folder / "waivers.toml", "waivers.toml").entries) == 1


def test_a_file_that_is_broken_is_left_as_it_is(late: Made) -> None:
    path = late.folder / "waivers.toml"
    path.write_text("[[waivers]\n", "utf-8")
    found = late.client("admin").get("/api/findings?outcome=violated").json()["findings"]
    chosen = found[0]["id"]
    answer = late.client("admin").post("/en/waivers", data={**DECISION, "finding": chosen})
    assert answer.status_code == 422 and "waivers.toml:1" in answer.text
    assert path.read_text("utf-8") == "[[waivers]\n"


def test_waivers_that_somebody_else_writes_are_judged_by(late: Made) -> None:
    chosen = violations(late)[0]
    late.client("admin").post("/en/waivers", data={**DECISION, "finding": chosen})
    settled(late)
    path = late.folder / "waivers.toml"
    path.write_text(path.read_text("utf-8").replace("2026-12-31", "2026-11-29"), "utf-8")
    settled(late)
    assert "expired" in late.client("reader").get("/en/waivers").text
    assert chosen in violations(late)


def test_without_a_file_there_is_nothing_to_accept_in(tmp_path: Path) -> None:
    with with_register(tmp_path, SESSION) as made:
        client = made.client("admin")
        assert "Accept" not in client.get("/en/waivers").text
        assert client.post("/en/waivers", data=DECISION).status_code == 405


def test_an_admin_sees_the_audit_log(late: Made) -> None:
    late.client("reader").get("/en/record")
    late.client(None).post("/en/sign-in", data={"token": "a wrong token of somebody"})
    page = html.unescape(late.client("admin").get("/en/audit").text)
    for said in ("refused: not their role", "refused: wrong token", "Rrezja", "audit.jsonl", "testclient"):
        assert said in page
    assert "a wrong token" not in page
    albanian = late.client("admin").get("/sq/audit").text
    assert "refuzuar" in albanian


def test_a_server_without_an_audit_log_says_so(logs: Made) -> None:
    page = logs.client("admin").get("/en/audit")
    assert page.status_code == 200 and "--audit" in page.text


def audit(path: Path, seconds: list[float]) -> Audit:
    return Audit(path, lambda: Clock().now, lambda: seconds[0])


def test_the_last_lines_are_read_from_the_end(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    kept = audit(path, [0.0])
    for n in range(5000):
        kept.note("sent", f"{n}", "")
    # What somebody else wrote into the file is no line of it.
    with path.open("ab") as file:
        file.write(b'{"cut": \n[1]\n\xff\n')
    assert [line["who"] for line in kept.last(3)] == ["4999", "4998", "4997"]
    assert len(kept.last(10_000)) < 5000
    path.unlink()
    with pytest.raises(UsageError, match="cannot be read"):
        kept.last(3)


def test_refusals_without_end_do_not_fill_the_disk(tmp_path: Path) -> None:
    seconds = [0.0]
    kept = audit(tmp_path / "audit.jsonl", seconds)
    for _ in range(1000):
        kept.note("refused: host", "", "")
    kept.note("sent", "Arta", "")
    assert len(kept.last(2000)) == Audit.REFUSALS + 1
    seconds[0] = Audit.SECONDS
    kept.note("refused: host", "", "")
    told: list[dict[str, Any]] = kept.last(2)
    assert told[1]["what"] == "refused: more" and told[1]["number"] == 1000 - Audit.REFUSALS


def test_an_audit_log_that_cannot_be_written_to_is_told_and_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with with_register(tmp_path, SESSION) as made:
        (tmp_path / "audit.jsonl").unlink()
        (tmp_path / "audit.jsonl").mkdir()
        assert made.client("recorder").get("/en/").status_code == 200
        assert "audit.jsonl" in capsys.readouterr().err
        (tmp_path / "audit.jsonl").rmdir()


def test_a_log_that_is_only_read_can_have_its_violations_accepted(tmp_path: Path) -> None:
    from .made import log_of

    path = tmp_path / "waivers.toml"
    log = log_of(tmp_path, SESSION)
    with serving(tmp_path, log, day=30, select=("XK-MTG-001",), waivers=path, watched=(path,)) as made:
        chosen = violations(made)[0]
        done = made.client("admin").post("/en/waivers", data={**DECISION, "finding": chosen})
        assert done.status_code == 303 and path.exists()
