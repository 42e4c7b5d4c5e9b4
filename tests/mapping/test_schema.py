"""The JSON Schema of a mapping and what reads it are of one mind about its shape."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from mapping.logs import LONG, MEETINGS
from transparency_check.errors import ConfigurationError
from transparency_check.mapping.read import parsed
from transparency_check.packs.yaml_source import read_yaml
from transparency_check.schema_files import folder

SAMPLES = Path(__file__).parents[2] / "samples/mapping"
SHORT = "type: {from: a}\ncolumns: {time: b"
TAKEN = {
    "meetings": MEETINGS,
    "requests": LONG,
    **{path.stem: path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.yaml"))},
    "all of a part": SHORT
    + ", case: {from: [a, b], pattern: '(?P<x>.+)', text: '{x}-{c}', otherwise: none}}\n",
    "values of all kinds": SHORT + ", place: {from: c, values: {a: 1, b: true, c: ~, d: x}}}\n",
    "conditions": SHORT + "}\nignore: [{when: {a: x, b: [1, true], c: {not: [y], filled: true}}, why: no}]\n",
}
REFUSED = {
    "nothing of what happened": "columns: {time: b}\n",
    "both ways": SHORT + "}\nevents: [{type: meeting.held}]\n",
    "an unknown key": SHORT + "}\nevent: {}\n",
    "an unknown key of a part": SHORT + ", case: {from: a, like: b}}\n",
    "a part of nothing": SHORT + ", case: {otherwise: a}}\n",
    "an empty list": SHORT + ", case: []}\n",
    "no condition": SHORT + "}\nignore: [{why: no}]\n",
    "an empty condition": SHORT + "}\nignore: [{when: {a: {}}}]\n",
    "an entry without type": "events: [{columns: {time: a}}]\n",
    "a list of events that is empty": "events: []\n",
    "two sources of the word": "type: {from: a, text: '{b}'}\ncolumns: {time: b}\n",
    "a number for a column": SHORT + ", case: 7}\n",
}


@cache
def schema() -> Any:
    read = json.loads((folder() / "mapping.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(read)
    return jsonschema.Draft202012Validator(read)


@pytest.mark.parametrize("case", TAKEN)
def test_both_take_it(case: str) -> None:
    data = TAKEN[case].encode()
    assert parsed(data, "m.yaml").content is not None
    assert [error.message for error in schema().iter_errors(read_yaml("m.yaml", data).data)] == []


@pytest.mark.parametrize("case", REFUSED)
def test_both_refuse_it(case: str) -> None:
    data = REFUSED[case].encode()
    with pytest.raises(ConfigurationError, match=r"m\.yaml:"):
        parsed(data, "m.yaml")
    assert not schema().is_valid(read_yaml("m.yaml", data).data)
