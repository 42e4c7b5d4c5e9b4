"""Of several exceptions the finding names the duty that is first by its id (semantics 4.14)."""

from __future__ import annotations

from transparency_check import evaluate

NUMBER = 40
HOLDERS = ("known-other", "unknown-other")


def test_of_several_exceptions_the_first_duty_is_named() -> None:
    records = []
    for n in range(NUMBER):
        about = {"municipality": "kline", "case": f"c{n}"}
        asked = {"type": "request.registered", "time": "2026-03-02", "holder": HOLDERS[n % 2]}
        extended = {"type": "request.extended", "time": "2026-03-04", "extension_days": 15}
        both = [{**about, **asked}, {**about, **extended}]
        records += both[:: 1 if n % 3 else -1]
    found = evaluate(records=records, as_of="2026-06-01", select="XK-FOI-001")
    assert {(f.outcome, f.instead) for f in found} == {("not_applicable", "XK-FOI-002")}
    assert len(found) == NUMBER
