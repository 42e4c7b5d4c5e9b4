"""Spark says what one process says, byte for byte, into whatever parts it cuts a log (``make cluster``)."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from pyspark.sql import SparkSession

from cluster.campaign import asked, differences, sizes_of
from cluster.losing import LosingSpark
from reference.questions import judged
from transparency_check.checking import Answer, Inquiry, answer
from transparency_check.cluster.judging import Cluster, Sizes
from transparency_check.cluster.slices import Slices
from transparency_check.cluster.spark import Spark
from transparency_check.cluster.table import ParquetReporter
from transparency_check.errors import UsageError
from transparency_check.plugins import load_registry
from transparency_check.reports.json import JsonReporter, dumped, finding_objects, head_object
from transparency_check.reports.options import Names, ReportOptions

ROOT = Path(__file__).resolve().parents[2]
KLINA = "samples/klina/log.jsonl"
BROKEN = ("samples/broken/log.jsonl", "samples/broken/broken.csv")


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    """Two cores of this machine; a task that is lost is tried again."""
    builder = SparkSession.builder.master("local[2,4]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    builder = builder.config("spark.sql.shuffle.partitions", "4")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        # What its workers import: the program, and how they are lost.
        patch.setenv("PYTHONPATH", f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}", prepend=os.pathsep)
        found = builder.getOrCreate()
        found.sparkContext.setLogLevel("OFF")
        yield found
        found.stop()


def _shown(found: Answer) -> str:
    out = io.StringIO()
    options = ReportOptions(names=Names.of(found.rulebook), everything=True).mapping()
    JsonReporter().write(found.report, out, options)
    return out.getvalue()


def _answered(logs: tuple[str, ...], cluster: Cluster | None = None, **more: Any) -> Answer:
    inquiry = Inquiry(logs, as_of="2026-11-20", **more)
    return answer(inquiry, load_registry(plugins=False), cluster=cluster)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Requests in four municipalities, some answered too late, some by a row that cannot be read."""
    path = tmp_path_factory.mktemp("many") / "log.jsonl"
    towns = ("kline", "peje", "istog", "decan")
    rows = []
    for n in range(1500):
        about = {"municipality": towns[n % 4], "case": f"r{n}"}
        came = f"2026-03-{1 + n % 28:02}"
        rows.append({"id": f"a{n}", "type": "request.registered", "time": came, **about})
        day = "soon" if n % 97 == 0 else f"2026-04-{1 + n % 20:02}"
        rows.append({"id": f"b{n}", "type": "request.answered", "time": day, "outcome": "granted", **about})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("seed", range(7_200, 7_206))
def test_random_logs(session: SparkSession, seed: int) -> None:
    question = asked(seed, 60)
    assert [*differences(question, judged(question), Spark(session), sizes_of(seed))] == []


@pytest.mark.parametrize(
    "sizes",
    [Sizes(parts=1), Sizes(slice=700, parts=3), Sizes(slice=700, most=40)],
    ids=["whole", "three", "split"],
)
@pytest.mark.parametrize("logs", [(KLINA,), BROKEN], ids=["klina", "broken"])
def test_the_same_bytes(
    session: SparkSession, monkeypatch: pytest.MonkeyPatch, logs: tuple[str, ...], sizes: Sizes
) -> None:
    monkeypatch.chdir(ROOT)
    narrow = {"select": ("XK-MTG", "XK-FOI")}
    expected = _shown(_answered(logs, **narrow))
    assert _shown(_answered(logs, Cluster(Spark(session), sizes), **narrow)) == expected


def test_a_worker_that_is_lost_leaves_no_finding_twice(
    session: SparkSession, many: Path, tmp_path: Path
) -> None:
    narrow = {"select": ("XK-FOI-001",), "paged": True}
    expected = _shown(_answered((str(many),), **narrow))
    cluster = Cluster(LosingSpark(session, tmp_path), Sizes(slice=50_000, parts=3))
    assert _shown(_answered((str(many),), cluster, **narrow)) == expected
    assert len([*tmp_path.iterdir()]) == 3


def test_a_file_that_is_written_to_is_told(
    session: SparkSession, many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log.jsonl"
    log.write_bytes(many.read_bytes())
    begin = Slices.read

    def written_to(self: Slices, *given: Any, **named: Any) -> Any:
        yield from begin(self, *given, **named)
        with log.open("a", encoding="utf-8") as stream:
            stream.write("\n")

    monkeypatch.setattr(Slices, "read", written_to)
    with pytest.raises(UsageError, match="written to meanwhile"):
        _answered((str(log),), Cluster(Spark(session), Sizes(slice=50_000)))


def test_what_no_worker_can_do_is_told(session: SparkSession, many: Path, tmp_path: Path) -> None:
    class Failing(LosingSpark):
        """Never succeeds: its folder cannot be written to."""

        def __init__(self) -> None:
            super().__init__(session, tmp_path / "missing")

    with pytest.raises(UsageError, match="The cluster could not judge this log"):
        _answered((str(many),), Cluster(Failing(), Sizes(parts=1)), select=("XK-FOI-001",))


def test_findings_as_a_table(many: Path, tmp_path: Path) -> None:
    found = _answered((str(many),), select=("XK-FOI-001",))
    options = ReportOptions(names=Names.of(found.rulebook), everything=True)
    path = tmp_path / "findings.parquet"
    with path.open("wb") as data, io.TextIOWrapper(data) as stream:
        ParquetReporter().write(found.report, stream, options.mapping())
    table = pq.read_table(path)
    expected = [json.loads(dumped(finding)) for finding in finding_objects(found.report, options)]
    assert len(expected) == 1500

    def told(value: Any) -> Any:
        """Without what is there for others only."""
        if isinstance(value, dict):
            return {key: told(part) for key, part in value.items() if part is not None}
        return [told(part) for part in value] if isinstance(value, list) else value

    assert told(table.to_pylist()) == told(expected)
    head = json.loads(table.schema.metadata[b"transparency-check.head"])
    assert head == json.loads(dumped(head_object(found.report, options)))
    problems = json.loads(table.schema.metadata[b"transparency-check.problems"])
    assert len(problems) == len(found.report.problems)


def test_the_command(many: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "transparency_check", "check", str(many), "--as-of", "2026-11-20"]
    narrow = ["--no-config", "--select", "XK-FOI-001", "--format", "json"]
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path}

    def said(*more: str) -> tuple[int, bytes]:
        done = subprocess.run([*command, *narrow, *more], env=environment, capture_output=True, check=False)
        return done.returncode, done.stdout

    assert said("--engine", "spark", "--partitions", "2") == said()
    table = tmp_path / "findings.parquet"
    said("--engine", "spark", "--format", f"parquet={table}")
    assert pq.read_table(table).num_rows == 1500
