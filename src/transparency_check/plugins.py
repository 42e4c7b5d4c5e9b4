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
from .diverted import diverted
from .hookspecs import HOOKS_VERSION, PROJECT, PythonRule, Reporter
from .messages import phrase
from .model import RuleError

if TYPE_CHECKING:
    from .python_rules.statement import StatedRule
    from .readers.base import Reader

T = TypeVar("T")

# Modules of this package with hook implementations; those that offer none are passed over.
BUILT_IN = {
    "packs": "transparency_check.packs",
    "readers": "transparency_check.readers",
    "reports": "transparency_check.reports",
    "register": "transparency_check.register",
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
    point: EntryPoint | None = None
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
        self._owners: dict[int, _Loaded] = {}
        # Rules with an id that another has: the id and the two plugins. Such a run is refused.
        self.rule_clashes: list[tuple[str, str, str]] = []

    def add(
        self,
        name: str,
        load: Callable[[], object],
        *,
        version: str = "",
        built_in: bool = False,
        point: EntryPoint | None = None,
    ) -> None:
        """Load and register one plugin. A failure is noted in ``errors``, never raised.

        ``point`` says where another process finds the same plugin; its rules are then judged in one.
        """
        loaded = _Loaded(name, version, built_in, point)
        self._loaded.append(loaded)
        try:
            with diverted() as printed:
                module = load()
                outdated = _of_another_version(module)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            self._failed(name, "", phrase("it cannot be loaded: {error}", error=said(error)))
            return
        if printed.message is not None:
            self._failed(name, "", phrase("while it was loaded, {message}", message=printed.message))
        if outdated is not None:
            self._failed(name, "", outdated)
            return
        try:
            self._manager.register(module, name)
        except (ValueError, pluggy.PluginValidationError) as error:
            self._manager.unregister(name=name) if self._manager.get_plugin(name) is module else None
            self._failed(name, "", phrase("it cannot be registered: {error}", error=said(error)))
            return
        try:
            self._manager.check_pending()
        except pluggy.PluginValidationError as error:
            self._manager.unregister(module)
            known = ", ".join(self._hook_names())
            self._failed(
                name,
                "",
                phrase(
                    "it implements a hook that does not exist ({error}). Hooks are: {known}",
                    error=said(error),
                    known=known,
                ),
            )
            return
        if not self._hooks(module) and not built_in:
            self._manager.unregister(module)
            self._failed(
                name,
                "",
                phrase(
                    "it implements no hook. Mark a function with hookimpl: {list}",
                    list=", ".join(self._hook_names()),
                ),
            )
            return
        loaded.module = module

    @cached_property
    def packs(self) -> list[Path]:
        """Folders of packs, without repetition."""
        found = self._ask("packs", lambda path, _: _pack(path))
        return list(dict.fromkeys(found))

    @cached_property
    def rules(self) -> list[StatedRule]:
        """Rules written in Python, sorted by id. Of several with one id the first; ``rule_clashes`` tells."""
        found = self._ask("rules", lambda rule, _: _rule(rule), lambda rule: rule.id)
        return sorted(found, key=lambda rule: rule.id)

    @cached_property
    def readers(self) -> list[Reader]:
        """Readers, built-in ones first: an outside one never takes a suffix from them, but can be asked
        for by its name.
        """
        return self._ask("readers", self._reader, lambda reader: reader.name)

    @cached_property
    def reporters(self) -> list[Reporter]:
        """Reporters, built-in ones first. One from outside that fails raises ``PluginError``."""
        return self._ask("reporters", self._reporter, lambda reporter: reporter.name)

    def _reader(self, reader: Any, loaded: _Loaded) -> Reader | None:
        from .readers.base import Reader as ReaderShape
        from .readers.guarded import GuardedReader

        if not isinstance(reader, ReaderShape):
            return None
        made = reader if loaded.built_in else GuardedReader(reader, loaded.name, self.errors)
        return made if _is_named(made) else None

    def _reporter(self, reporter: Any, loaded: _Loaded) -> Reporter | None:
        from .reports.guarded import GuardedReporter

        if not isinstance(reporter, Reporter):
            return None
        made = reporter if loaded.built_in else GuardedReporter(reporter, loaded.name, self.errors)
        return made if _is_named(made) else None

    def plugin_of(self, thing: object) -> str:
        """The name of the plugin that a rule, reader or reporter came from."""
        loaded = self._owners.get(id(thing))
        return "" if loaded is None else loaded.name

    def installed_as(self, thing: object) -> EntryPoint | None:
        """The entry point by which another process finds the plugin of a thing; None for one that a program
        has added itself.
        """
        loaded = self._owners.get(id(thing))
        return None if loaded is None else loaded.point

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
        self, kind: str, accept: Callable[[Any, _Loaded], T | None], key: Callable[[T], str] | None = None
    ) -> list[T]:
        """What all plugins give for a hook, in their order, as ``accept`` takes it. One that fails, or gives
        something else, costs only that.
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
            with diverted() as printed:
                self._ask_one(function, accept, hook, loaded, key, taken, found)
            if printed.message is not None:
                self._failed(
                    loaded.name, "", phrase("in {hook}, {message}", hook=hook, message=printed.message)
                )
        return found

    def _ask_one(
        self,
        function: Callable[[], object],
        accept: Callable[[Any, _Loaded], T | None],
        hook: str,
        loaded: _Loaded,
        key: Callable[[T], str] | None,
        taken: dict[str, str],
        found: list[T],
    ) -> None:
        try:
            given = list(_items(function()))
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            self._failed(loaded.name, "", phrase("{hook} failed: {error}", hook=hook, error=said(error)))
            return
        for item in given:
            try:
                accepted = accept(item, loaded)
            except KeyboardInterrupt:
                raise
            except BaseException as error:
                # What is asked of a thing may be computed by it, and fail.
                why = str(error) if isinstance(error, NotUsable) else said(error)
                self._failed(
                    loaded.name,
                    "",
                    phrase("{hook} gave {kind}: {why}", hook=hook, kind=type(item).__name__, why=why),
                )
                continue
            self._take(accepted, item, hook, loaded, key, taken, found)

    def _take(
        self,
        accepted: T | None,
        item: object,
        hook: str,
        loaded: _Loaded,
        key: Callable[[T], str] | None,
        taken: dict[str, str],
        found: list[T],
    ) -> None:
        plugin = loaded.name
        if accepted is None:
            self._failed(
                plugin,
                "",
                phrase(
                    "{hook} gave {kind}, which has not the shape that the hook asks for",
                    hook=hook,
                    kind=type(item).__name__,
                ),
            )
            return
        if key is not None:
            name = key(accepted)
            if name in taken:
                self._failed(
                    plugin,
                    name,
                    phrase(
                        "{hook} gave {name}, a name that {owner} has already",
                        hook=hook,
                        name=name,
                        owner=taken[name],
                    ),
                )
                if hook == f"{_PREFIX}rules":
                    self.rule_clashes.append((name, taken[name], plugin))
                return
            taken[name] = plugin
            self._owners[id(accepted)] = loaded
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
            found = point if isinstance(point, EntryPoint) else None
            registry.add(point.name, point.load, version=_version(point), point=found)
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


def _pack(path: Any) -> Path | None:
    """The folder of a pack. A build leaves out what it is not told of, and the plugin seems to work."""
    if not isinstance(path, str | Path):
        return None
    if not (folder := Path(path)).joinpath("pack.yaml").is_file():
        raise NotUsable(
            phrase(
                "there is no pack.yaml in {folder}: the build of a package takes a folder along only where it"
                " is told to",
                folder=folder,
            )
        )
    return folder


def _rule(rule: Any) -> StatedRule | None:
    """The rule where it says of itself what it must. Raises ``NotUsable`` naming what is wrong."""
    from .python_rules.statement import StatedRule

    if not isinstance(rule, PythonRule):
        return None
    try:
        return StatedRule(rule)
    except ValueError as error:
        raise NotUsable(str(error)) from None


def _of_another_version(module: object) -> str | None:
    """What is wrong with the version of the hooks that a plugin was made for, if it says one."""
    version = getattr(module, "hooks_version", HOOKS_VERSION)
    if version == HOOKS_VERSION and isinstance(version, int):
        return None
    if not isinstance(version, int):
        return phrase(
            "hooks_version is a whole number such as {ours}, not {kind}",
            ours=HOOKS_VERSION,
            kind=type(version).__name__,
        )
    if version < HOOKS_VERSION:
        return phrase(
            "it is made for version {version} of the hooks, and this program has version {ours}: "
            "install a newer version of the plugin",
            version=version,
            ours=HOOKS_VERSION,
        )
    return phrase(
        "it is made for version {version} of the hooks, and this program has version {ours}: "
        "install a newer version of the program",
        version=version,
        ours=HOOKS_VERSION,
    )


def _is_named(thing: Reader | Reporter) -> bool:
    """Whether a reader or reporter has a name that is text, and suffixes that are texts in a tuple."""
    name, suffixes = thing.name, thing.suffixes
    return isinstance(name, str) and isinstance(suffixes, tuple) and all(isinstance(s, str) for s in suffixes)


def said(error: BaseException) -> str:
    """An exception on one line."""
    try:
        text = " ".join(str(error).split())[:300]
    except Exception:
        text = ""
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
