"""A report that may be shown to anyone: what people wrote in their own words is left out (semantics 5.5)."""

from __future__ import annotations

from .changes import redacted_events
from .findings import redacted

__all__ = ["redacted", "redacted_events"]
