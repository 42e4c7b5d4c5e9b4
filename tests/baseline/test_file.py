"""Files that are no baseline: each defect with its line, and what to do."""

from __future__ import annotations

import json

import pytest

from reports.made import LATE, VIOLATED, replace
from transparency_check.baseline.file import parsed
from transparency_check.baseline.lines import lines_of
from transparency_check.baseline.writing import taken_in, written
from transparency_check.errors import ConfigurationError
from transparency_check.model import PackDigest

GOOD = written(
    taken_in([LATE, VIOLATED], False, "2026-11-20"), [PackDigest("kosovo", "2026.11", "1" * 64)], False
)
ENTRY = GOOD.splitlines()[8].rstrip(",")


def refused(content: str | bytes) -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        parsed(content if isinstance(content, bytes) else content.encode(), "b.json")
    *defects, last = str(caught.value).splitlines()
    assert last == "Nothing was judged: a baseline that cannot be read accepts nothing."
    return defects


def test_what_is_written_is_read() -> None:
    file = parsed(GOOD.encode(), "b.json")
    assert [e.case for e in file.entries] == ["assembly-2026-11", "assembly-2026-12"]
    assert [e.place for e in file.entries] == ["b.json:9", "b.json:10"]
    assert file.packs == (PackDigest("kosovo", "2026.11", "1" * 64),)
    assert not file.undetermined
    spread = json.dumps(json.loads(GOOD), indent=2)
    again = parsed(spread.encode(), "b.json").entries
    assert [replace(e, place="") for e in again] == [replace(e, place="") for e in file.entries]
    assert all(spread.splitlines()[int(e.place.split(":")[1]) - 1].strip() == "{" for e in again)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param("", ["b.json:1: The file ends in the middle"], id="empty"),
        pytest.param("[]", ["b.json:1: "], id="a list"),
        pytest.param(GOOD[:-3], ["b.json:11: The file ends in the middle"], id="cut off"),
        pytest.param(GOOD.replace('"packs": [', '"packs": [,'), ["b.json:5: "], id="no JSON"),
        pytest.param(GOOD.replace(ENTRY, f"<<<<<<< ours\n{ENTRY}"), ["b.json:9: "], id="an unfinished merge"),
        pytest.param(b'{"schema": "\xff"}', ["b.json:1: the file is not UTF-8"], id="no UTF-8"),
        pytest.param(
            GOOD.replace("baseline/1", "baseline/2"),
            ["b.json:2: `transparency-check/baseline/2` is not the form"],
            id="another version",
        ),
        pytest.param(GOOD.replace('"tool"', '"tol"'), ["b.json:3: "], id="a misspelt key"),
        pytest.param(
            GOOD.replace(ENTRY, ENTRY.replace('"rule"', '"role"')),
            ["b.json:9: "],
            id="a misspelt key of an entry",
        ),
        pytest.param(
            GOOD.replace(ENTRY, ENTRY.replace('"late"', '"fulfilled"')), ["b.json:9: "], id="no such outcome"
        ),
        pytest.param(
            GOOD.replace(ENTRY, ENTRY.replace("2026-11-20", "20.11.2026")),
            ["b.json:9: `20.11.2026` is no day"],
            id="no day",
        ),
        pytest.param(
            GOOD.replace(ENTRY, ENTRY.replace('"fingerprint":"', '"fingerprint":"X')),
            ["b.json:9: "],
            id="no fingerprint",
        ),
        pytest.param(
            GOOD.replace(ENTRY, f"{ENTRY},\n{ENTRY}"),
            ["b.json:10: The violation ", "stands on line 9 already"],
            id="twice, as after a merge",
        ),
        pytest.param(
            GOOD.replace('"undetermined": false', '"undetermined": 0,\n"undetermined": 1'),
            ["b.json:5: The key `undetermined` stands twice"],
            id="a key twice",
        ),
        pytest.param(
            GOOD.replace('"undetermined": false', '"undetermined": "no"'), ["b.json:4: "], id="no flag"
        ),
    ],
)
def test_a_defect_is_told_with_its_line(content: str | bytes, told: list[str]) -> None:
    defects = refused(content)
    assert len(defects) == 1
    for part in told:
        assert part in defects[0]


def test_all_defects_are_told_at_once() -> None:
    spoilt = GOOD.replace('"case":"', '"case":7,"cse":"')
    assert [defect.split(" ")[0] for defect in refused(spoilt)] == [
        "b.json:9:",
        "b.json:9:",
        "b.json:10:",
        "b.json:10:",
    ]


def test_every_key_has_its_line() -> None:
    content = '{\n"a": [\n1, {"b":\n {}, "c": []}],\n"d": "}{,:",\n"e": [[\n2]]}'
    lines, repeated = lines_of(content)
    assert lines == {
        ("a",): 2, ("a", 0): 3, ("a", 1): 3, ("a", 1, "b"): 3, ("a", 1, "c"): 4, ("d",): 5, ("e",): 6,
        ("e", 0): 6, ("e", 0, 0): 7,
    }  # fmt: skip
    assert repeated == []
    assert lines_of('{"a": 1,\n"a": 2}') == ({("a",): 2}, [("a",)])
