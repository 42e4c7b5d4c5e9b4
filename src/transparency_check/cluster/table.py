"""All findings as a table of Parquet, for what reads it by columns: written page by page, never as a whole in
memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any, TextIO

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from ..json_text import dumped
from ..model import Report
from ..reports.json import finding_objects, head_object, problem_object
from ..reports.options import ReportOptions

# Findings of a group of rows.
_GROUP = 50_000
_EVENT = {"event": "", "type": "", "place": "", "time": ""}
_SETTING = dict.fromkeys(("kind", "subject", "value", "by", "source", "note", "place"), "")
# The objects of the JSON report, by what stands there: "" a text, 0 a whole number, 0.0 any number.
_SHAPE: Mapping[str, Any] = {
    "id": "", "rule": "", "title": "", "municipality": "", "case": "", "period": "", "outcome": "",
    "reasons": [""], "possible": [""],
    "settled_by": [{"reason": "", "event": "", "place": "", "fields": [""]}],
    "severity": "", "confidence": "", "presumption": "", "commitment": True, "binds": "",
    "configured": [_SETTING], "version": {"instrument": "", "from": "", "to": ""}, "curable": True,
    "cure": {"kind": "", "earliest": "", "by": "", "to": ""}, "instead": "",
    "progress": {"done": 0, "needed": 0}, "trigger": _EVENT, "anchor": "", "due": "", "act_by": "",
    "due_range": [""], "provisional": True,
    "readings": [{"name": "", "due": "", "outcome": "", "source": ""}], "fulfilment": [_EVENT],
    "late_by": {"number": 0.0, "unit": ""}, "bearer": "",
    "legal_basis": {"instrument": "", "provision": "", "url": ""},
    "waiver": dict.fromkeys(("reason", "approved_by", "legal_basis", "until", "place"), ""),
    "message": "", "baseline": {"state": "", "fingerprint": "", "was": ""},
}  # fmt: skip


class ParquetReporter:
    """The findings of the JSON report, one a row, its objects and lists as nested columns. Head and problems
    stand as JSON in the metadata of the file: ``transparency-check.head``, ``transparency-check.problems``.
    """

    name = "parquet"
    suffixes: tuple[str, ...] = (".parquet",)
    binary = True
    one_by_one = True

    def write(self, report: Report, stream: TextIO, options: Mapping[str, Any]) -> None:
        """Write the table."""
        given = ReportOptions.of(options)
        head = dumped(head_object(report, given))
        problems = dumped([problem_object(problem) for problem in report.problems])
        kept = {"transparency-check.head": head, "transparency-check.problems": problems}
        schema = pa.schema([(name, _kind(part)) for name, part in _SHAPE.items()], metadata=kept)
        findings = finding_objects(report, given)
        stream.flush()
        with pq.ParquetWriter(stream.buffer, schema, compression="zstd") as table:
            while some := [orjson.loads(dumped(finding)) for finding in islice(findings, _GROUP)]:
                table.write_batch(pa.RecordBatch.from_pylist(some, schema=schema))


def _kind(shape: Any) -> pa.DataType:
    if isinstance(shape, list):
        return pa.list_(_kind(shape[0]))
    if isinstance(shape, Mapping):
        return pa.struct([(name, _kind(part)) for name, part in shape.items()])
    return {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64()}[type(shape)]
