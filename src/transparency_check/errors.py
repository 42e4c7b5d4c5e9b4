"""Errors that end a command: each knows its exit code and what to do about it. A defect of a row is a
``Problem``, never an error.
"""

from __future__ import annotations


class TransparencyCheckError(Exception):
    """Base of what this program raises on purpose.

    ``message`` says what is wrong and where; ``hint``, where there is one, what to do. ``exit_code`` as in
    the contract, section 4.
    """

    exit_code = 2

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else self.message


class UsageError(TransparencyCheckError):
    """Wrong usage: a file that is not there, an option that cannot hold (exit 2)."""


class ConfigurationError(TransparencyCheckError):
    """A configuration, waivers or pack file that cannot be used (exit 2)."""


class PluginError(TransparencyCheckError):
    """A plugin that was asked for by name and cannot do its work (exit 3)."""

    exit_code = 3
