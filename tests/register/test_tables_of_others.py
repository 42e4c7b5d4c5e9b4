"""Tables of databases that others keep, in SQLite and PostgreSQL: rows in their order, types, and nothing but
reading.
"""

# Tables are read across, however long their lines.
# ruff: noqa: E501

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from readers import foreign_files
from readers.small_pack import GOOD, MUNICIPALITIES, VOCABULARY, ZONE, records
from transparency_check.errors import UsageError
from transparency_check.logs import read_logs
from transparency_check.model import Problem
from transparency_check.readers.base import NoValue, Row
from transparency_check.readers.foreign.sql import Sql, SqlInput
from transparency_check.readers.foreign.sql_address import address

from .conftest import Run

SCHEMA = """
CREATE TABLE meetings (n INTEGER PRIMARY KEY, day DATE, title TEXT);
INSERT INTO meetings VALUES (2, '2026-11-09', 'two'), (1, '2026-11-02', 'ëne'), (3, NULL, NULL);
CREATE VIEW held AS SELECT title FROM meetings WHERE title IS NOT NULL;
CREATE TABLE notes (text TEXT);
INSERT INTO notes VALUES ('b'), ('a');
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    con = sqlite3.connect(tmp_path / "records.db")
    con.executescript(SCHEMA)
    con.close()
    return f"sql:sqlite:///{tmp_path / 'records.db'}"


@pytest.fixture
def of_server(database: str) -> str:
    import psycopg

    with psycopg.connect(database, autocommit=True) as con:
        con.execute(SCHEMA)
    return f"sql:{database}"


def rows(given: str) -> list[Row | Problem]:
    return list(Sql().read(SqlInput(address(given))))


def values(given: str) -> list[dict[str, object]]:
    return [item.values for item in rows(given) if isinstance(item, Row)]


@pytest.mark.parametrize("kind", ["file", "of_server"])
def test_a_table_a_view_and_a_query(kind: str, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue(kind)
    day = str if kind == "file" else dt.date.fromisoformat
    first, second, third = rows(f"{url}#meetings")
    assert isinstance(first, Row) and isinstance(third, Row)
    assert first.values == {"n": 1, "day": day("2026-11-02"), "title": "ëne"}
    assert third.values == {"n": 3, "day": None, "title": None}
    assert first.place.endswith("!meetings:1") and second.place.endswith("!meetings:2")
    # A view has no key, so its values are its order.
    assert [row["title"] for row in values(f"{url}#held")] == ["two", "ëne"]
    assert values(f"{url}#select count(*) AS n, '100%' AS p FROM meetings;") == [{"n": 3, "p": "100%"}]


def test_rows_without_a_key(file: str, of_server: str) -> None:
    """In a file as they were put in; a server has no order of its own."""
    assert [row["text"] for row in values(f"{file}#notes")] == ["b", "a"]
    assert [row["text"] for row in values(f"{of_server}#notes")] == ["a", "b"]
    assert [row["text"] for row in values(f"{of_server}#public.notes")] == ["a", "b"]


def test_types_of_a_server(of_server: str) -> None:
    (row,) = values(
        f"{of_server}#SELECT timestamp '2026-11-02 10:00' AS local, timestamptz '2026-11-02 10:00+01' AS zoned, "
        "date 'infinity' AS never, 12::numeric AS whole, 1.5::numeric AS part, 'nan'::float8 AS none, true AS yes, "
        "ARRAY['a', 'b'] AS list, 'x'::bytea AS bytes, '0d1cf2a1-0000-4000-8000-000000000000'::uuid AS id, "
        "interval '1 day' AS span, time '10:00' AS clock, 'infinity'::timestamptz AS ever, 1e30::numeric AS large"
    )
    assert row["local"] == dt.datetime(2026, 11, 2, 10)  # noqa: DTZ001
    assert row["zoned"] == dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
    assert (row["whole"], row["part"], row["yes"], row["list"]) == (12, 1.5, True, ["a", "b"])
    assert (row["id"], row["clock"]) == ("0d1cf2a1-0000-4000-8000-000000000000", "10:00:00")
    for name in ("never", "ever", "none", "bytes"):
        assert isinstance(row[name], NoValue), name


@pytest.mark.parametrize(
    "query",
    ["WITH gone AS (DELETE FROM meetings RETURNING n) SELECT n FROM gone", "SELECT 1; DROP TABLE meetings"],
)
@pytest.mark.parametrize("kind", ["file", "of_server"])
def test_nothing_is_ever_written(kind: str, query: str, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue(kind)
    with pytest.raises(UsageError, match=r"gives no answer to that|may not read"):
        rows(f"{url}#{query}")
    assert len(values(f"{url}#meetings")) == 3


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("#meeting", "has no table or view meeting. Did you mean meetings?"),
        ("", "say which table is to be read, behind a hash sign. There are: meetings, notes"),
        ("#SELECT nothing FROM meetings", "gives no answer to that"),
    ],
)
@pytest.mark.parametrize("kind", ["file", "of_server"])
def test_what_is_not_there(kind: str, what: str, message: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(UsageError) as caught:
        rows(f"{request.getfixturevalue(kind)}{what}")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("sql:records.db#meetings", "After sql: comes the URL of a database"),
        ("sql:mysql://me:secret@host/db#t", "mysql:// is no database"),
        ("sql:postgresql://me:secret@127.0.0.1:1/db#t", "postgresql://127.0.0.1:1/db: the database cannot be reached"),
        ("sql:postgresql://me:secret@127.0.0.1:none/db#t", "this is no URL of a database"),
        ("sql:sqlite:///gone.db#t", "gone.db: there is no such file"),
        ("sql:sqlite:///text.db#t", "text.db is no database of SQLite"),
    ],
)  # fmt: skip
def test_addresses_that_lead_nowhere(
    given: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A password is in no message."""
    monkeypatch.chdir(tmp_path)
    Path("text.db").write_text("type,time\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        rows(given)
    assert message in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_password_is_in_no_report(of_server: str, run: Run) -> None:
    url = of_server.replace("tester@", "tester:secret-word@")
    arguments = ("--as-of", "2026-12-01", "--select", "XK-MTG-001", "--format", "json")
    result = run("check", f"{url}#meetings", *arguments)
    assert result.exit_code == 2
    assert "needs_mapping" in result.output and "!meetings" in result.output
    assert "secret-word" not in result.output and "tester" not in result.output


def test_a_table_in_the_words_of_the_law_needs_no_mapping(tmp_path: Path) -> None:
    """Two tables of one database are two inputs; the digest is that of the rows."""
    made = foreign_files.table_file(
        [GOOD, {**GOOD, "id": "e2"}], lambda con: con.execute("CREATE TABLE more AS SELECT * FROM records")
    )
    path = tmp_path / "log.db"
    path.write_bytes(made)
    inputs = [f"sql:sqlite:///{path}#{table}" for table in ("records", "more")]
    log = read_logs(inputs, VOCABULARY, MUNICIPALITIES, ZONE)
    assert [record["id"] for record in records(log)] == ["e1", "e2", "e1", "e2"]
    assert [source.events for source in log.sources] == [2, 2]
    assert log.sources[0].sha256 == log.sources[1].sha256
    con = sqlite3.connect(path)
    con.execute("UPDATE more SET time = '2026-11-03'")
    con.commit()
    con.close()
    again = read_logs(inputs, VOCABULARY, MUNICIPALITIES, ZONE)
    assert again.sources[0].sha256 != again.sources[1].sha256


def test_rows_that_end_in_the_middle(tmp_path: Path) -> None:
    """Of a damaged file what can be read stands, and the rest is told."""
    many = foreign_files.table_file({**GOOD, "id": f"e{n}", "note": "x" * 500} for n in range(200))
    broken = bytearray(many)
    broken[-4096 * 4 : -4096 * 3] = b"\xff" * 4096
    path = tmp_path / "log.db"
    path.write_bytes(broken)
    log = read_logs([path], VOCABULARY, MUNICIPALITIES, ZONE, input_format="sql")
    assert [p.code for p in log.problems] == ["rows_end"]
    made = records(log)
    assert not made[-1]["readable"] and 50 < len(made) < 200


def test_more_than_one_table_from_standard_input(tmp_path: Path) -> None:
    import io

    def two(con: sqlite3.Connection) -> None:
        con.executescript("CREATE TABLE a (x); CREATE TABLE b (x)")

    made: Callable[..., bytes] = foreign_files.sqlite_file
    for data, words in ((made(two), "There are: a, b"), (b"no database", "it does not begin as one")):
        log = read_logs(
            ["-"], VOCABULARY, MUNICIPALITIES, ZONE, input_format="sql", standard_input=io.BytesIO(data)
        )
        (told,) = log.problems
        assert told.code == "file_unreadable" and words in told.message


def test_what_is_imported_of_a_log_in_other_words(run: Run) -> None:
    """Nothing, until a mapping says what they mean."""
    samples = Path(__file__).parents[2] / "samples" / "foreign"
    log, mapping = str(samples / "kuvendi.xes"), str(samples / "kuvendi.yaml")
    assert run("register", "init").exit_code == 0
    refused = run("register", "import", log, "--by", "A. Krasniqi")
    assert refused.exit_code == 2 and "mapping draft" in refused.output
    done = run("register", "import", log, "--by", "A. Krasniqi", "--mapping", mapping)
    assert done.exit_code == 0, done.output
    assert run("register", "verify").exit_code == 0
    assert "7" in done.output
