"""Which duties a log can judge: as the engine's own plan has it."""

from __future__ import annotations

import pytest

from packs.small_pack import DUTY_FILE, FILES, SECOND_FILE
from transparency_check.engine.forms import make_plan
from transparency_check.packs.judged import unjudged
from transparency_check.packs.load import load_pack
from transparency_check.packs.merge import rulebook
from transparency_check.packs.sources import Sources

CHANGES = {
    "judged": ("area:", "area:"),
    "not checkable": ("area:", "checkable: {no: no record shows it}\narea:"),
    "unknown": ("n: 7,", "n: unknown,"),
    "unknown too": ("n: 7,", "n: unknown, survives_move: true,"),
    "a reading does not know": ("{clear: true}", "{n: unknown}"),
    "a version knows": ("confidence: verified}", "confidence: verified, n: 5}"),
}
# A reading that says its number is unknown while the versions state one contradicts itself.
CASES = [
    (change, known)
    for change in CHANGES
    for known in ("none", "versions", "readings")
    if (change, known) != ("a reading does not know", "versions")
]


@pytest.mark.parametrize(("change", "known"), CASES)
def test_as_the_engine_has_it(change: str, known: str) -> None:
    text = FILES[DUTY_FILE].replace(*CHANGES[change], 1)
    if known == "versions":
        text = text.replace("confidence: verified}", "confidence: verified, n: 3}").replace(
            "confidence: unverified}", "confidence: unverified, n: 3}"
        )
    elif known == "readings" and "clear: true" in text:
        text = text.replace("source: a law}", "source: a law, deadline: {n: 4}}").replace(
            "{clear: true}", "{clear: true, n: 4}"
        )
    files = {name: part.encode() for name, part in {**FILES, DUTY_FILE: text}.items() if name != SECOND_FILE}
    book = rulebook([load_pack(Sources("p", files))])
    duty = book.duty("XK-MTG-001")
    assert duty is not None
    assert unjudged(duty) == make_plan(book).unjudged.get(duty.id)
    assert book.pack_of == {"XK-MTG-001": "small"}
