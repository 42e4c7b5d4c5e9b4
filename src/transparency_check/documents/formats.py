"""A document in one of the formats."""

from __future__ import annotations

from importlib import import_module

from .document import Document


def rendered(name: str, document: Document) -> bytes:
    """The document in this format. Raises ``UsageError`` where its library is not installed."""
    data: bytes = import_module(f"{__package__}.{name}").render(document)
    return data
