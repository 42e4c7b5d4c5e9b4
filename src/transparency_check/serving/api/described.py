"""What the description of the interface (OpenAPI) says beyond the addresses and their parameters: what is
answered, what refuses, and how a program says who it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_MAYBE: Schema = {"type": ["string", "null"]}
_NUMBER: Schema = {"type": "integer", "minimum": 0}


def _object(required: Mapping[str, Schema], **more: object) -> Schema:
    return {"type": "object", "required": list(required), "properties": dict(required), **more}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


_PROBLEM = _object(
    {"type": {"const": "about:blank"}, "title": _TEXT, "status": {"type": "integer"}},
    description="RFC 9457. `problems`, where there are any, say what is wrong with which field.",
)
_PROBLEM["properties"]["problems"] = {"type": "array"}
_FINDING = _object({"id": _TEXT, "rule": _TEXT, "municipality": _TEXT, "outcome": _TEXT})
_ENTRY = _object(
    {
        "seq": {"type": "integer", "minimum": 1}, "id": _MAYBE,
        "kind": {"enum": ["recorded", "correction", "retraction", "settlement"]},
        "entered_at": {"type": "string", "format": "date-time"}, "entered_by": _TEXT,
        "follows": {"type": ["integer", "null"]}, "reason": _MAYBE, "origin": _MAYBE,
        "hash": {"type": "string", "pattern": "^[0-9a-f]{64}$"}, "event": {"type": ["object", "null"]},
    },
    description="A record of the register (contract, section 9).",
)  # fmt: skip
_RECORDED: Schema = {"allOf": [_ENTRY, _object({"new": {"type": "boolean"}})]}


def _written(name: str) -> Schema:
    """What a command writes; its whole schema stands in docs/schemas."""
    return _object({"schema": {"type": "string", "pattern": f"^transparency-check/{name}/"}})


# What is answered where nothing refuses, by address and method.
ANSWERS: Mapping[tuple[str, str], Mapping[int, Schema]] = {
    ("/api/report", "get"): {200: _written("report")},
    ("/api/findings", "get"): {
        200: _object(
            {
                "as_of": _TEXT, "head": _MAYBE, "behind": {"type": "boolean"}, "total": _NUMBER,
                "offset": _NUMBER, "findings": _list(_FINDING),
            }
        )
    },
    ("/api/findings/{finding}", "get"): {200: _written("explanation")},
    ("/api/upcoming", "get"): {200: _written("report")},
    ("/api/score", "get"): {200: _written("score")},
    ("/api/events", "get"): {200: _object({"head": _TEXT, "events": _list(_ENTRY)})},
    ("/api/events", "post"): {200: _RECORDED, 201: _RECORDED},
    ("/api/events/{event}", "get"): {200: _object({"events": _list(_ENTRY)})},
    ("/api/events/{event}/correction", "post"): {200: _RECORDED, 201: _RECORDED},
    ("/api/events/{event}/retraction", "post"): {200: _RECORDED, 201: _RECORDED},
}  # fmt: skip
_TOLD = {
    200: "As asked.",
    201: "Recorded, and on the disk.",
    400: "The request cannot be read.",
    401: "No token, or one that is nobody's.",
    403: "The token is of a role that may not, or the request came from another site.",
    404: "There is no such finding or event.",
    408: "What was sent did not come to its end.",
    409: "It cannot be done as things are; `title` says why.",
    413: "More was sent than is read.",
    421: "Not served under this name.",
    422: "Parameters or event are not as described; `problems` say what is wrong.",
    429: "Too many wrong tokens came from this address; Retry-After says how long to wait.",
}
_ALWAYS = (400, 401, 403, 409, 421, 422, 429)
_SENDING = (408, 413)


def described(app: FastAPI) -> Schema:
    """The description of the whole interface, made once."""
    if app.openapi_schema is not None:
        return app.openapi_schema
    found = get_openapi(title=app.title, version=app.version, routes=app.routes)
    # FastAPI describes its own answer to parameters that are wrong; here that is a problem as all others.
    schemas = {"Problem": _PROBLEM}
    found["components"] = {
        "schemas": schemas,
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
    }
    for path, operations in found["paths"].items():
        for method, operation in operations.items():
            operation["security"] = [{"token": []}]
            operation["responses"] = _responses(path, method)
    app.openapi_schema = found
    return found


def _responses(path: str, method: str) -> dict[str, Schema]:
    answers = ANSWERS.get((path, method), {200: {}})
    refusals = [*_ALWAYS, *(_SENDING if method != "get" else ()), *([404] if "{" in path else [])]
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    said = {status: {"application/json": {"schema": schema}} for status, schema in answers.items()}
    said |= dict.fromkeys(refusals, problem)
    return {str(status): {"description": _TOLD[status], "content": said[status]} for status in sorted(said)}
