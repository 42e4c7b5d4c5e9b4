"""The libraries that a register needs, which are extras."""

from __future__ import annotations

import importlib
from types import ModuleType

from ..errors import UsageError
from ..messages import text


def sqlalchemy() -> ModuleType:
    """SQLAlchemy. Raises ``UsageError`` that says how to install it."""
    try:
        import sqlalchemy as library
    except ImportError:
        raise UsageError(text("register.error.sqlalchemy")) from None
    return library


def require_driver() -> None:
    """Raise ``UsageError`` where the driver of PostgreSQL is not installed."""
    try:
        importlib.import_module("psycopg")
    except ImportError:
        raise UsageError(text("register.error.psycopg")) from None
