"""Plugins: found by entry point, loaded one by one, each failure named and kept apart from the others.

pluggy registers; the hooks are called here, one plugin after the other, since pluggy alone would lose the
results of all when one raises. The built-in packs, readers and reporters are plugins like any other.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pluggy

from . import __version__, hookspecs
from .hookspecs import PROJECT, PythonRule, Reporter
from .model import RuleError

if TYPE_CHECKING:
    from .readers.base import Reader

T = TypeVar("T")

# Modules of this package with hook implementations; those that offer none are passed over.
BUILT_IN = {
    "packs": "transparency_check.packs",
    "readers": "transparency_check.readers",
    "reports": "transparency_check.reports",
}
_PREFIX = f"{PROJECT}_"


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """What ``plugins list`` shows: ``hooks`` are the names of those it implements, ``error`` why it is
    not used, or in part.
    """

    name: str
    version: str
    hooks: tuple[str, ...]
    built_in: bool
    error: str | None


@dataclass(slots=True)
class _Loaded:
    name: str
    version: str
    built_in: bool
    module: object | None = None


class Registry:
    """What the built-in and outside plugins add. Each kind is asked for when it is first needed.

    ``errors`` holds a ``RuleError`` for each plugin, rule, reader or reporter that failed so far, for the
    report and exit code 3.
    """

    def __init__(self) -> None:
        self.errors: list[RuleError] = []
        self._manager = pluggy.PluginManager(PROJECT)
        self._manager.add_hookspecs(hookspecs)
        self._loaded: list[_Loaded] = []
        self._owners: dict[int, str] = {}
        # Rules with an id that another has: the id and the two plugins. Such a run is refused.
        self.rule_clashes: list[tuple[str, str, str]] = []

    def add(
        self, name: str, load: Callable[[], object], *, version: str = "", built_in: bool = False
    ) -> None:
        """Load and register one plugin. A failure is noted in ``errors``, never raised."""
        loaded = _Loaded(name, version, built_in)
        self._loaded.append(loaded)
        try:
            module = load()
        except (Exception, SystemExit) as error:
            self._failed(name, "", f"it cannot be loaded: {said(error)}")
            return
        try:
            self._manager.register(module, name)
        except (ValueError, pluggy.PluginValidationError) as error:
            self._manager.unregister(name=name) if self._manager.get_plugin(name) is module else None
            self._failed(name, "", f"it cannot be registered: {said(error)}")
            return
        try:
            self._manager.check_pending()
        except pluggy.PluginValidationError as error:
            self._manager.unregister(module)
            known = ", ".join(self._hook_names())
            self._failed(
                name, "", f"it implements a hook that does not exist ({said(error)}). Hooks are: {known}"
            )
            return
        if not self._hooks(module) and not built_in:
            self._manager.unregister(module)
            self._failed(
                name,
                "",
                f"it implements no hook. Mark a function with hookimpl: {', '.join(self._hook_names())}",
            )
            return
        loaded.module = module

    @cached_property
    def packs(self) -> list[Path]:
        """Folders of packs, without repetition."""
        return list(
            dict.fromkeys(
                self._ask("packs", lambda path: Path(path) if isinstance(path, str | Path) else None)
            )
        )

    @cached_property
    def rules(self) -> list[PythonRule]:
        """Rules written in Python, sorted by id. Of several with one id the first; ``rule_clashes`` tells."""
        return sorted(self._ask("rules", _rule, lambda rule: rule.id), key=lambda rule: rule.id)

    @cached_property
    def readers(self) -> list[Reader]:
        """Readers, built-in ones first: an outside one never takes a suffix from them, but can be asked
        for by its name.
        """
        from .readers.base import Reader as ReaderShape

        return self._ask("readers", lambda r: r if _has_format(r, ReaderShape) else None, lambda r: r.name)

    @cached_property
    def reporters(self) -> list[Reporter]:
        """Reporters, built-in ones first. One from outside that fails raises ``PluginError``."""
        found = self._ask("reporters", lambda r: r if _has_format(r, Reporter) else None, lambda r: r.name)
        return [reporter if self.is_built_in(reporter) else self._guarded(reporter) for reporter in found]

    def _guarded(self, reporter: Reporter) -> Reporter:
        from .reports.guarded import GuardedReporter

        guarded = GuardedReporter(reporter, self.plugin_of(reporter), self.errors)
        self._owners[id(guarded)] = self.plugin_of(reporter)
        return guarded

    def plugin_of(self, thing: object) -> str:
        """The name of the plugin that a rule, reader or reporter came from."""
        return self._owners.get(id(thing), "")

    def is_built_in(self, thing: object) -> bool:
        """Whether a rule, reader or reporter is part of the program."""
        return self.plugin_of(thing) in BUILT_IN

    def listing(self) -> list[PluginInfo]:
        """All plugins, built-in ones first, also those that failed. Asks every hook, so that failures are
        seen.
        """
        for kind in ("packs", "rules", "readers", "reporters"):
            getattr(self, kind)
        return [self._info(loaded) for loaded in self._loaded]

    def _info(self, loaded: _Loaded) -> PluginInfo:
        failures = [error.message for error in self.errors if error.plugin == loaded.name]
        hooks = self._hooks(loaded.module) if loaded.module is not None else ()
        return PluginInfo(loaded.name, loaded.version, hooks, loaded.built_in, "; ".join(failures) or None)

    def _hooks(self, module: object) -> tuple[str, ...]:
        return tuple(sorted(caller.name for caller in self._manager.get_hookcallers(module) or ()))

    def _hook_names(self) -> list[str]:
        return sorted(name for name in vars(hookspecs) if name.startswith(_PREFIX))

    def _failed(self, plugin: str, rule: str, message: str) -> None:
        self.errors.append(RuleError(plugin, rule, message))

    def _ask(
        self, kind: str, accept: Callable[[Any], T | None], key: Callable[[T], str] | None = None
    ) -> list[T]:
        """What all plugins give for a hook, in their order. One that fails, or gives something else,
        costs only that.
        """
        hook = f"{_PREFIX}{kind}"
        caller: pluggy.HookCaller = getattr(self._manager.hook, hook)
        by_plugin = {
            implementation.plugin_name: implementation.function for implementation in caller.get_hookimpls()
        }
        found: list[T] = []
        taken: dict[str, str] = {}
        for loaded in self._loaded:
            function = by_plugin.get(loaded.name) if loaded.module is not None else None
            if function is None:
                continue
            try:
                given = list(_items(function()))
            except (Exception, SystemExit) as error:
                self._failed(loaded.name, "", f"{hook} failed: {said(error)}")
                continue
            for item in given:
                try:
                    accepted = accept(item)
                except Exception as error:
                    # What is asked of a thing may be computed by it, and fail.
                    why = str(error) if isinstance(error, NotUsable) else said(error)
                    self._failed(loaded.name, "", f"{hook} gave {type(item).__name__}: {why}")
                    continue
                self._take(accepted, item, hook, loaded.name, key, taken, found)
        return found

    def _take(
        self,
        accepted: T | None,
        item: object,
        hook: str,
        plugin: str,
        key: Callable[[T], str] | None,
        taken: dict[str, str],
        found: list[T],
    ) -> None:
        if accepted is None:
            self._failed(
                plugin,
                "",
                f"{hook} gave {type(item).__name__}, which has not the shape that the hook asks for",
            )
            return
        if key is not None:
            name = key(accepted)
            if name in taken:
                self._failed(plugin, name, f"{hook} gave {name}, a name that {taken[name]} has already")
                if hook == f"{_PREFIX}rules":
                    self.rule_clashes.append((name, taken[name], plugin))
                return
            taken[name] = plugin
            self._owners[id(accepted)] = plugin
        found.append(accepted)


def load_registry(*, plugins: bool = True) -> Registry:
    """The registry with the built-in plugins and, unless ``plugins`` is false (``--no-plugins``), those
    that are installed.
    """
    registry = Registry()
    for name, module in BUILT_IN.items():
        registry.add(name, _importer(module), version=__version__, built_in=True)
    if plugins:
        for point in sorted(entry_points(group=PROJECT), key=lambda p: (p.name, _distribution(p), p.value)):
            registry.add(point.name, point.load, version=_version(point))
    return registry


def _importer(module: str) -> Callable[[], object]:
    return lambda: importlib.import_module(module)


def _distribution(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else ""


def _version(point: EntryPoint) -> str:
    return point.dist.version if point.dist is not None else ""


def _items(given: object) -> Iterable[object]:
    """A hook gives an iterable, or None for nothing; a text is a single thing."""
    if given is None:
        return ()
    if isinstance(given, str | Path) or not isinstance(given, Iterable):
        return (given,)
    return given


class NotUsable(ValueError):
    """A thing that a plugin gave and that cannot be used; the message says why."""


def _rule(rule: Any) -> PythonRule | None:
    """The rule where it says of itself what it must. Raises ``NotUsable`` naming what is wrong."""
    from .python_rules.statement import stated

    if not isinstance(rule, PythonRule):
        return None
    try:
        stated(rule)
    except ValueError as error:
        raise NotUsable(str(error)) from None
    return rule


def _has_format(thing: object, shape: type) -> bool:
    """Whether a reader or reporter has its methods, a name that is text, and suffixes that are texts in a
    tuple.
    """
    if not isinstance(thing, shape):
        return False
    name, suffixes = getattr(thing, "name", None), getattr(thing, "suffixes", None)
    return isinstance(name, str) and isinstance(suffixes, tuple) and all(isinstance(s, str) for s in suffixes)


def said(error: BaseException) -> str:
    """An exception on one line."""
    try:
        text = " ".join(str(error).split())[:300]
    except Exception:
        text = ""
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
