"""What an office sets, accepts and knows already is laid over the findings of parts as over those of one
process.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from cluster.here import Here
from transparency_check.checking import Inquiry, answer
from transparency_check.cli import asking
from transparency_check.cluster.judging import Cluster, Sizes
from transparency_check.errors import UsageError
from transparency_check.hookspecs import hookimpl
from transparency_check.plugins import load_registry

KLINA = "samples/klina/log.jsonl"
OFFICE = """
municipality = "kline"
[[closures]]
date = 2026-11-20
name = "Day of Klina"
municipality = "kline"
source = "decision 12/2026"
[[coverage]]
period = "2026-01-01/2026-12-31"
event_families = ["request"]
source = "register of the archive"
[severity]
"XK-FOI-002" = {severity = "off", by = "secretary", reason = "not ours"}
"""
# One is waived; one is counted over the day off of the office.
ROWS = [
    {"id": f"e{n}", "type": type_, "time": day, "municipality": "kline", "case": case}
    for n, (type_, day, case) in enumerate(
        [
            ("request.registered", "2026-03-02", "request-2026-03"),
            ("request.registered", "2026-03-03", "request-2026-04"),
            ("request.registered", "2026-11-13", "request-2026-11"),
            *(("request.registered", f"2026-04-0{day}", f"r{day}") for day in range(1, 6)),
            *(("request.answered", f"2026-04-1{day}", f"r{day}") for day in range(1, 6)),
        ]
    )
]


@pytest.fixture(scope="module")
def inquiry(tmp_path_factory: pytest.TempPathFactory) -> Inquiry:
    office = tmp_path_factory.mktemp("office") / "office.toml"
    office.write_text(OFFICE, encoding="utf-8")
    log = office.with_name("log.jsonl")
    log.write_text("".join(f"{json.dumps(row)}\n" for row in ROWS), encoding="utf-8")
    return asking.inquiry(
        (str(log),),
        packs=(),
        as_of="2026-11-20",
        known_at=None,
        input_format=None,
        no_cache=False,
        config=str(office),
        no_config=False,
        select=("XK-FOI-001", "XK-FOI-002"),
        waivers="samples/published-records/waivers.toml",
        baseline="samples/published-records/baseline.json",
        no_baseline=False,
    )


def test_settings_waivers_and_baseline(inquiry: Inquiry) -> None:
    whole = answer(inquiry, load_registry(plugins=False)).report
    cluster = Cluster(Here(), Sizes(slice=300))
    parts = answer(inquiry, load_registry(plugins=False), cluster=cluster)
    assert whole.configuration is not None and whole.waivers is not None and whole.baseline is not None
    assert {use.setting.kind for use in whole.configuration.uses if use.used} >= {"closure", "coverage"}
    assert parts.report == whole


class _Rule:
    id, title = "XX-MTG-901", "A rule of a plugin"

    def judge(self, events: Sequence[Mapping[str, Any]], as_of: str) -> Iterable[Mapping[str, Any]]:
        return []


def test_rules_in_python_are_refused_by_name() -> None:
    registry = load_registry(plugins=False)
    registry.add("town", lambda: SimpleNamespace(transparency_check_rules=hookimpl(lambda: [_Rule()])))
    with pytest.raises(UsageError, match="The rules XX-MTG-901 of plugins are written in Python"):
        answer(Inquiry((KLINA,), as_of="2026-11-20"), registry, cluster=Cluster(Here()))
    # What is not asked for is not in the way.
    asked = Inquiry((KLINA,), as_of="2026-11-20", select=("XK-FOI-001",))
    assert answer(asked, registry, cluster=Cluster(Here())).report.findings
