"""The forms for issues are of the shape that GitHub reads, and the commands they name are there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from transparency_check.cli import application

FOLDER = Path(__file__).parents[2] / ".github" / "ISSUE_TEMPLATE"
FORMS = sorted(path for path in FOLDER.glob("*.yml") if path.name != "config.yml")
# The kinds of fields, and what each has to have beside its label.
KINDS = {"markdown": "value", "input": "label", "textarea": "label", "dropdown": "options"}


def read(form: Path) -> dict[str, Any]:
    return dict(YAML(typ="safe").load(form.read_text("utf-8")))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_a_form_has_the_shape_that_is_read(form: Path) -> None:
    found = read(form)
    assert {"name", "description", "body"} <= set(found) <= {"name", "description", "title", "labels", "body"}
    fields = [field for field in found["body"] if field["type"] != "markdown"]
    assert len({field["id"] for field in fields}) == len(fields)
    for field in found["body"]:
        assert KINDS[field["type"]] in field["attributes"], field
        assert set(field) <= {"type", "id", "attributes", "validations"}, field


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_the_commands_of_a_form_are_there(form: Path) -> None:
    for command in re.findall(r"transparency-check ([a-z-]+)", form.read_text("utf-8")):
        assert command in application.commands


def test_there_is_a_form_for_a_wrong_verdict_with_its_proof_and_one_for_a_missing_duty() -> None:
    assert {form.stem for form in FORMS} >= {"wrong-verdict", "missing-duty"}
    asked = {field.get("id"): field for field in read(FOLDER / "wrong-verdict.yml")["body"]}
    assert asked["explain"]["validations"] == {"required": True}
    assert "explain LOG ID --as-of" in asked["explain"]["attributes"]["description"]
