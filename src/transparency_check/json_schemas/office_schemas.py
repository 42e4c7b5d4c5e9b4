"""The schemas of what an office keeps beside its logs: its configuration, waivers, baseline and mappings."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from ..baseline.file import Baseline
from ..configuration.model import Configuration
from ..mapping.model import Mapping
from ..packs.schema import WithoutTitles, without_null
from ..schema_files import DIALECT
from ..waivers.file import Waiver

Schema = dict[str, Any]
_SAID: Schema = {"type": "string", "pattern": r"\S"}


def configuration_schema() -> Schema:
    """``transparency-check.toml``."""
    schema = _schema(Configuration)
    schema["$defs"]["Closure"]["oneOf"] = [
        {"required": ["date"], "not": {"anyOf": [{"required": ["from"]}, {"required": ["to"]}]}},
        {"required": ["from", "to"], "not": {"required": ["date"]}},
    ]
    # Beside the readings of duties: who and what stands behind those that are given as a word alone.
    schema["properties"]["readings"]["properties"] = {"by": _SAID, "source": _SAID}
    return _whole("transparency-check.toml: the configuration of an office", schema)


def waivers_schema() -> Schema:
    """``waivers.toml``."""
    waiver = _schema(Waiver)
    subjects = ("case", "period", "finding")
    waiver["oneOf"] = [{"required": [name]} for name in subjects]
    definitions = waiver.pop("$defs", {})
    schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"waivers": {"type": "array", "items": {"$ref": "#/$defs/Waiver"}}},
        "$defs": {**definitions, "Waiver": waiver},
    }
    return _whole("waivers.toml: accepted violations", schema)


def baseline_schema() -> Schema:
    """``baseline.json``."""
    schema = TypeAdapter(Baseline).json_schema(by_alias=True, schema_generator=WithoutTitles)
    for record in schema["$defs"].values():
        record.pop("title", None)
    entry = schema["$defs"]["Entry"]["properties"]
    entry["since"]["format"] = "date"
    entry["fingerprint"]["pattern"] = "^[0-9a-f]{32}$"
    return _whole("baseline.json: violations that were there already", schema)


def mapping_schema() -> Schema:
    """A mapping (docs/mapping.md)."""
    schema = _schema(Mapping)
    schema["oneOf"] = [{"required": ["type"]}, {"required": ["events"]}]
    definitions = schema["$defs"]
    definitions["Condition"]["minProperties"] = 1
    definitions["Part"]["anyOf"] = [{"required": ["from"]}, {"required": ["text"]}]
    definitions["Naming"]["oneOf"] = [{"required": ["from"]}, {"required": ["text"]}]
    return _whole("A mapping: what the rows of others mean", schema)


def _whole(title: str, schema: Schema) -> Schema:
    return {"$schema": DIALECT, "title": title, **{k: v for k, v in schema.items() if k != "title"}}


def _schema(model: Any) -> Schema:
    """The schema of a model as a file has it: a key without a value is left out."""
    schema = TypeAdapter(model).json_schema(by_alias=True, schema_generator=WithoutTitles)
    for record in (schema, *schema.get("$defs", {}).values()):
        record.pop("title", None)
        for name, value in record.get("properties", {}).items():
            record["properties"][name] = without_null(value)
    return schema
