"""The two scripts that pages may have, which only do sooner what pages do without them."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMES = ("htmx.min", "focus")
# Nothing that is text becomes code or a style, nothing is asked of other servers, and nothing of what was
# shown stays in the browser: to go back is to ask again.
SETTINGS = (
    '{"allowEval":false,"allowScriptTags":false,"historyCacheSize":0,"includeIndicatorStyles":false,'
    '"refreshOnHistoryMiss":true,"selfRequestsOnly":true}'
)


@cache
def scripts() -> Mapping[str, bytes]:
    """The scripts by their addresses, in the order in which they run. An address names what is there:
    browsers may keep it for good.
    """
    found = {}
    for name in _NAMES:
        data = files(__package__).joinpath("static", f"{name}.js").read_bytes()
        found[f"/static/{name}-{hashlib.sha256(data).hexdigest()[:16]}.js"] = data
    return found
