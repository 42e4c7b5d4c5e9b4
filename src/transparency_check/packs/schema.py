"""JSON Schemas of a pack's files, for editors: ``python -m transparency_check.packs.schema [FOLDER]``.

They come from the models, so that they cannot drift from what the loader accepts; only what the models leave
open on purpose - conditions and the overlays of readings, which are plain data - is described here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from transparency_check.packs.find import package_folder, repository_of
from transparency_check.packs.model import Duty, Instrument, PackInfo, Test, Vocabulary
from transparency_check.packs.overlay import PARTIAL

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_CONDITIONS = ("where", "must")
_SCALAR: list[dict[str, Any]] = [{"type": "boolean"}, {"type": "number"}, {"type": "string"}]
_TITLES = {
    "duty": "A duty: one file of duties/<area>/",
    "pack": "pack.yaml",
    "events": "events.yaml: the vocabulary",
    "instruments": "instruments.yaml",
}


class WithoutTitles(GenerateJsonSchema):
    """Titles that only repeat a name in other letters say nothing to a reader."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def schemas() -> dict[str, dict[str, Any]]:
    """The schemas by the name of their file (without ``.json``)."""
    models: dict[str, Any] = {
        "duty": Duty,
        "pack": PackInfo,
        "events": Vocabulary,
        "instruments": list[Instrument],
    }
    found: dict[str, dict[str, Any]] = {}
    for name, model in models.items():
        schema = TypeAdapter(model).json_schema(by_alias=True, schema_generator=WithoutTitles)
        if name == "duty":
            _describe_conditions(schema)
        _without_model_titles(schema)
        found[name] = {
            "$schema": DIALECT,
            "title": _TITLES[name],
            **{k: v for k, v in schema.items() if k != "title"},
        }
    return found


def text(schema: dict[str, Any]) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _describe_conditions(schema: dict[str, Any]) -> None:
    definitions: dict[str, Any] = schema["$defs"]
    test = TypeAdapter(Test).json_schema(by_alias=True, schema_generator=WithoutTitles)
    definitions |= test.pop("$defs", {})
    definitions["Test"] |= {"minProperties": 1}
    # The model says null where a key is absent; in a file a test without a value is a mistake.
    for key, value in definitions["Test"]["properties"].items():
        definitions["Test"]["properties"][key] = without_null(value)
    condition = {"$ref": "#/$defs/Condition"}
    parts = {"type": "array", "items": condition, "minItems": 1}
    definitions["Condition"] = {
        "type": "object",
        "description": "Attribute to test; all must hold. A value: equals, or is contained in a list. "
        "A list: any of them. A mapping: another test. `any` and `all` hold lists of such mappings.",
        "properties": {
            "any": {**parts, "description": "At least one of these conditions holds."},
            "all": {**parts, "description": "All of these conditions hold."},
        },
        "additionalProperties": {
            "anyOf": [
                *_SCALAR,
                {"type": "array", "items": {"anyOf": _SCALAR}, "minItems": 1},
                {"$ref": "#/$defs/Test"},
            ]
        },
    }
    for owner in [schema, *definitions.values()]:
        properties = owner.get("properties", {})
        for key in _CONDITIONS:
            if key in properties:
                properties[key] = condition
    reading = definitions["Reading"]["properties"]
    for key, model in zip(PARTIAL, ("Deadline", "OpenFor", "Count"), strict=True):
        partial = {k: v for k, v in definitions[model].items() if k not in ("required", "description")}
        definitions[f"{model}Overlay"] = {
            **partial,
            "description": f"The keys of `{key}` that this reading states otherwise; the others stay.",
            "minProperties": 1,
        }
        reading[key] = {"$ref": f"#/$defs/{model}Overlay"}


def without_null(schema: dict[str, Any]) -> dict[str, Any]:
    options = [o for o in schema.get("anyOf", []) if o != {"type": "null"}]
    rest = {k: v for k, v in schema.items() if k not in ("anyOf", "default")}
    if not options:
        return rest
    return {**rest, **options[0]} if len(options) == 1 else {**rest, "anyOf": options}


def _without_model_titles(schema: dict[str, Any]) -> None:
    for definition in schema.get("$defs", {}).values():
        definition.pop("title", None)


def main(arguments: Sequence[str]) -> int:
    """Write the schemas into a folder (default: ``docs/schemas`` of the checkout)."""
    repository = repository_of(package_folder())
    if arguments:
        folder = Path(arguments[0])
    elif repository is not None:
        folder = repository / "docs" / "schemas"
    else:
        sys.stderr.write("usage: python -m transparency_check.packs.schema FOLDER\n")
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        (folder / f"{name}.json").write_text(text(schema), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
