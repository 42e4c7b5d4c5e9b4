"""What ``serve`` is installed with."""

from __future__ import annotations

from ..errors import UsageError
from ..messages import text

EXTRA = "serve"
_MODULES = ("jinja2", "fastapi", "uvicorn", "multipart")


def require_libraries() -> None:
    """Raise ``UsageError`` where a library of the extra is not installed."""
    from importlib.util import find_spec

    for module in _MODULES:
        if find_spec(module) is None:
            raise UsageError(text("serve.error.missing", module=module, extra=EXTRA))
