"""Every text that a proof asks for by a code it puts together is in the catalogue."""

from __future__ import annotations

import ast
import inspect

import pytest

from transparency_check.engine import explain
from transparency_check.messages import known, text

TREE = ast.parse(inspect.getsource(explain))
# What may stand in the gaps of codes that are put together. A new such code must be added here.
GAPS = {"note.{shape}": ("content", "standing"), "note.hours.{spec.direction}": ("after", "before")}


def asked() -> list[ast.expr]:
    """What the module hands to ``text``."""
    return [
        node.args[0]
        for node in ast.walk(TREE)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "text"
    ]


def test_every_code_is_known() -> None:
    plain = {node.value for node in asked() if isinstance(node, ast.Constant)}
    pieced = {ast.unparse(node)[2:-1] for node in asked() if isinstance(node, ast.JoinedStr)}
    assert len(plain) + len(pieced) == len(asked()) > 2
    assert pieced == GAPS.keys()
    filled = {code[: code.index("{")] + value for code, values in GAPS.items() for value in values}
    assert {code for code in plain | filled if not known(str(code))} == set()


def test_every_verdict_on_a_candidate_is_known() -> None:
    (judged,) = (n for n in TREE.body if isinstance(n, ast.FunctionDef) and n.name == "_judged")
    words = {node.value for node in ast.walk(judged) if isinstance(node, ast.Constant)}
    codes = {w for w in words if isinstance(w, str) and w.isidentifier() and w not in ("I", "O", "L")}
    verdicts = {"used", "rejected", "doubtful"}
    assert verdicts < codes
    assert {code for code in codes - verdicts if not known(f"candidate.{code}")} == set()
    assert all(known(f"verdict.{code}") for code in verdicts)


@pytest.mark.parametrize(
    ("code", "values", "piece"),
    [
        ("note.count", {"first": "2026-01-01", "last": "2026-06-30"}, "from 2026-01-01 to 2026-06-30"),
        ("note.hours.after", {"n": 48}, "48 hours"),
        ("note.hours.before", {"n": 1}, "1 hour of"),
        ("note.content", {}, "event itself"),
        ("note.standing", {}, "all times"),
    ],
)
def test_notes_take_the_values_that_are_given(code: str, values: dict[str, object], piece: str) -> None:
    assert piece in text(code, **values)  # type: ignore[arg-type]
