"""Rules engine for municipal transparency law.

``evaluate`` judges; docs/api.md tells how. What it gives back is loaded when it is first asked for, so that a
command says its help at once.
"""

from __future__ import annotations

# Type checkers take it for true; to load typing takes time.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .api import Evaluation, Outlook, Proof, evaluate
    from .errors import ConfigurationError, PluginError, TransparencyCheckError, UsageError
    from .explanation import Explanation
    from .model import Evidence, Finding, Outcome, Problem, Report

__version__ = "1.0.0rc1"

__all__ = [
    "ConfigurationError", "Evaluation", "Evidence", "Explanation", "Finding", "Outcome", "Outlook",
    "PluginError", "Problem", "Proof", "Report", "TransparencyCheckError", "UsageError", "__version__",
    "evaluate",
]  # fmt: skip

_MODULES = {
    "api": ("Evaluation", "Outlook", "Proof", "evaluate"),
    "errors": ("ConfigurationError", "PluginError", "TransparencyCheckError", "UsageError"),
    "explanation": ("Explanation",),
    "model": ("Evidence", "Finding", "Outcome", "Problem", "Report"),
}


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        import importlib

        for module, names in _MODULES.items():
            if name in names:
                return getattr(importlib.import_module(f".{module}", __name__), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
