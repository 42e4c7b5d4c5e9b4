"""Plugins: each is loaded and asked by itself, and one that fails is named without harm to the others."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from transparency_check import plugins
from transparency_check.checking import load_packs
from transparency_check.cli import application
from transparency_check.errors import PluginError
from transparency_check.hookspecs import HOOKS_VERSION, hookimpl
from transparency_check.logs import read_logs
from transparency_check.plugins import Registry, load_registry
from transparency_check.readers.base import Row

SESSION: dict[str, object] = {
    "id": "e1", "type": "meeting.scheduled", "time": "2026-11-02", "municipality": "kline", "case": "s1",
    "body": "assembly", "meeting_type": "session", "session_kind": "ordinary", "planned_at": "2026-11-27",
}  # fmt: skip


class _Rule:
    def __init__(self, id_: str) -> None:
        self.id = id_
        self.title = "A rule"

    def judge(self, events: Any, as_of: str) -> list[Any]:
        return []


class _Reader:
    name = "xml"
    suffixes = (".xml",)

    def read(self, source: Any) -> Any:
        return iter(())


def plugin(**hooks: Callable[[], Any]) -> SimpleNamespace:
    """A plugin with these hooks."""
    made = SimpleNamespace()
    for name, function in hooks.items():
        setattr(made, name, hookimpl(function))
    return made


def nothing() -> list[Any]:
    return []


def registry_with(*given: tuple[str, Callable[[], object]]) -> Registry:
    registry = Registry()
    for name, load in given:
        registry.add(name, load, version="1.0")
    return registry


def raising(error: BaseException) -> Callable[[], Any]:
    def fail() -> Any:
        raise error

    return fail


def printing(given: Any) -> Callable[[], Any]:
    def give() -> Any:
        print("loading\n 1 of 2")
        return given

    return give


def versioned(version: Any) -> SimpleNamespace:
    made = plugin(transparency_check_packs=nothing)
    made.hooks_version = version
    return made


class Odd(BaseException):
    """What is no Exception passes most handlers."""


PRINTED = "it printed 'loading 1 of 2': standard output is for the report."
GOOD = plugin(transparency_check_rules=lambda: [_Rule("ZZ-MTG-001"), _Rule("AA-MTG-001")])


@pytest.mark.parametrize(
    ("load", "message"),
    [
        (raising(ImportError("no module named x")), "it cannot be loaded: ImportError: no module named x"),
        (raising(SystemExit(3)), "it cannot be loaded: SystemExit: 3"),
        (raising(Odd("x")), "it cannot be loaded: Odd: x"),
        (
            lambda: plugin(transparency_check_rules=raising(Odd("x"))),
            "transparency_check_rules failed: Odd: x",
        ),
        (printing(plugin(transparency_check_packs=nothing)), f"while it was loaded, {PRINTED}"),
        (
            lambda: plugin(transparency_check_rules=printing([])),
            f"in transparency_check_rules, {PRINTED}",
        ),
        (
            lambda: versioned(HOOKS_VERSION - 1),
            (
                f"it is made for version {HOOKS_VERSION - 1} of the hooks, and this program has version 1: "
                "install a newer version of the plugin"
            ),
        ),
        (
            lambda: versioned(HOOKS_VERSION + 1),
            (
                f"it is made for version {HOOKS_VERSION + 1} of the hooks, and this program has version 1: "
                "install a newer version of the program"
            ),
        ),
        (lambda: versioned("1.0"), "hooks_version is a whole number such as 1, not str"),
        (
            lambda: plugin(transparency_check_rulez=nothing),
            (
                "it implements a hook that does not exist (PluginValidationError: unknown hook "
                "'transparency_check_rulez'"
            ),
        ),
        (
            lambda: SimpleNamespace(transparency_check_rules=hookimpl(lambda events: [])),
            "it cannot be registered: PluginValidationError:",
        ),
        (lambda: SimpleNamespace(), "it implements no hook. Mark a function with hookimpl:"),
        (
            lambda: plugin(transparency_check_rules=raising(ValueError("bad\ntable"))),
            "transparency_check_rules failed: ValueError: bad table",
        ),
        (
            lambda: plugin(transparency_check_rules=lambda: (_Rule(str(1 // n)) for n in (0,))),
            "transparency_check_rules failed: ZeroDivisionError:",
        ),
        (
            lambda: plugin(transparency_check_rules=lambda: [object()]),
            "transparency_check_rules gave object, which has not the shape that the hook asks for",
        ),
        (
            lambda: plugin(transparency_check_rules=lambda: _Rule("AA-MTG-001")),
            "transparency_check_rules gave AA-MTG-001, a name that good has already",
        ),
    ],
)
def test_a_plugin_that_fails_is_named_and_the_others_go_on(load: Callable[[], object], message: str) -> None:
    registry = registry_with(("good", lambda: GOOD), ("broken", load))
    assert [rule.id for rule in registry.rules] == ["AA-MTG-001", "ZZ-MTG-001"]
    (error,) = registry.errors
    assert error.plugin == "broken"
    assert error.message.startswith(message)
    good, broken = registry.listing()
    assert (good.name, good.version, good.hooks, good.error) == (
        "good",
        "1.0",
        ("transparency_check_rules",),
        None,
    )
    assert broken.error == error.message


def test_a_failure_comes_first_or_last_alike() -> None:
    broken = plugin(transparency_check_rules=raising(RuntimeError("x")))
    registry = registry_with(("broken", lambda: broken), ("good", lambda: GOOD))
    assert len(registry.rules) == 2


def test_two_plugins_of_one_name() -> None:
    registry = registry_with(
        ("good", lambda: GOOD), ("good", lambda: plugin(transparency_check_packs=nothing))
    )
    assert "it cannot be registered" in registry.errors[0].message
    assert len(registry.rules) == 2


def test_a_hook_may_give_nothing() -> None:
    registry = registry_with(("quiet", lambda: plugin(transparency_check_rules=lambda: None)))
    assert (registry.rules, registry.errors) == ([], [])


def test_what_a_plugin_adds_comes_after_what_is_built_in(tmp_path: Path) -> None:
    registry = load_registry(plugins=False)
    added = plugin(
        transparency_check_readers=lambda: [_Reader()], transparency_check_packs=lambda: str(tmp_path)
    )
    (tmp_path / "pack.yaml").touch()
    registry.add("added", lambda: added)
    names = [reader.name for reader in registry.readers]
    own = ["jsonl", "json", "csv", "sheet", "parquet"]
    foreign = ["xes", "ocel-json", "ocel-xml", "ocel-sqlite", "sql", "ics", "ocds"]
    assert names == [*own, *foreign, "register", "xml"]
    assert registry.plugin_of(registry.readers[-1]) == "added"
    assert registry.plugin_of(registry.readers[0]) == "readers"
    assert registry.packs[-1] == tmp_path
    assert not registry.errors


def test_a_pack_that_the_build_left_out_is_told(tmp_path: Path) -> None:
    registry = load_registry(plugins=False)
    registry.add("built", lambda: plugin(transparency_check_packs=lambda: [tmp_path / "town"]))
    told = registry.listing()[-1].error
    assert told is not None
    assert f"there is no pack.yaml in {tmp_path / 'town'}" in told


def test_built_in_plugins_use_the_public_hooks() -> None:
    registry = load_registry(plugins=False)
    listing = {info.name: info for info in registry.listing()}
    assert listing["readers"].hooks == ("transparency_check_readers",)
    assert all(info.built_in and info.error is None for info in listing.values())
    assert not registry.errors


def test_installed_plugins_are_found_unless_they_are_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [EntryPoint("b", "no_such_module_anywhere", plugins.PROJECT)]
    monkeypatch.setattr(plugins, "entry_points", lambda group: points)
    assert [error.plugin for error in load_registry().errors] == ["b"]
    assert not load_registry(plugins=False).errors


def test_a_thing_whose_name_fails_costs_only_itself() -> None:
    class Unnamed(_Reader):
        @property
        def name(self) -> str:  # type: ignore[override]
            raise OSError("no name")

    registry = registry_with(
        ("odd", lambda: plugin(transparency_check_readers=lambda: [Unnamed(), _Reader()]))
    )
    assert [reader.name for reader in registry.readers] == ["xml"]
    assert [error.message for error in registry.errors] == [
        "transparency_check_readers gave Unnamed: OSError: no name"
    ]


def test_a_plugin_may_say_the_version_that_it_is_made_for() -> None:
    assert not registry_with(("town", lambda: versioned(HOOKS_VERSION))).errors


@pytest.mark.parametrize("kind", ["readers", "reporters"])
def test_a_name_stays_what_it_was(kind: str) -> None:
    """What a plugin says of itself it cannot take back."""

    class Changing(_Reader):
        suffixes = (".odd",)
        taken = False

        @property
        def name(self) -> str:  # type: ignore[override]
            if self.taken:
                raise OSError("no name any more")
            return "odd"

        def write(self, report: Any, stream: Any, options: Any) -> None:
            pass

    registry = registry_with(("odd", lambda: plugin(**{f"transparency_check_{kind}": lambda: [Changing()]})))
    (made,) = getattr(registry, kind)
    Changing.taken = True
    assert (made.name, made.suffixes) == ("odd", (".odd",))
    assert registry.plugin_of(made) == "odd"
    assert not registry.errors


class _Reporter:
    name = "odd"
    suffixes = (".odd",)

    def __init__(self, write: Callable[[Any, Any], None]) -> None:
        self._write = write

    def write(self, report: Any, stream: Any, options: Any) -> None:
        self._write(report, stream)


def reporter_of(write: Callable[[Any, Any], None]) -> tuple[Registry, Any]:
    registry = registry_with(("odd", lambda: plugin(transparency_check_reporters=lambda: [_Reporter(write)])))
    (reporter,) = registry.reporters
    assert registry.plugin_of(reporter) == "odd"
    return registry, reporter


def half(report: Any, stream: Any) -> None:
    stream.write("half")
    raise ValueError("no\nmore")


def missing(report: Any, stream: Any) -> None:
    Path("no/such/template").read_text(encoding="utf-8")


def closing(report: Any, stream: Any) -> None:
    stream.close()


def leaving(report: Any, stream: Any) -> None:
    raise SystemExit(0)


def odd(report: Any, stream: Any) -> None:
    raise Odd("x")


def aside(report: Any, stream: Any) -> None:
    print("loading\n 1 of 2")


@pytest.mark.parametrize(
    ("write", "why"),
    [
        (half, "ValueError: no more"),
        (missing, "FileNotFoundError: [Errno 2]"),
        (closing, "ValueError: "),
        (leaving, "SystemExit: 0"),
        (odd, "Odd: x"),
        (aside, PRINTED),
    ],
)
def test_a_reporter_that_fails_is_named_and_leaves_nothing_half_written(
    write: Callable[[Any, Any], None], why: str
) -> None:
    registry, reporter = reporter_of(write)
    stream = io.StringIO()
    with pytest.raises(PluginError) as failed:
        reporter.write(None, stream, {})
    assert failed.value.exit_code == 3
    assert str(failed.value).startswith(f"The reporter odd of the plugin odd failed: {why}")
    assert stream.getvalue() == ""
    (error,) = registry.errors
    assert (error.plugin, error.rule) == ("odd", "odd")
    assert error.message.startswith(why)


def test_what_a_reporter_writes_arrives_as_it_is() -> None:
    shown = "Klinë\r\n\udcff\n"
    _, reporter = reporter_of(lambda _, stream: stream.write(shown))
    stream = io.StringIO(newline="")
    reporter.write(None, stream, {})
    assert stream.getvalue() == shown


def test_a_full_disk_is_no_failure_of_the_reporter() -> None:
    class Full(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(28, "No space left on device")

    registry, reporter = reporter_of(lambda _, stream: stream.write("x"))
    with pytest.raises(OSError, match="No space"):
        reporter.write(None, Full(), {})
    assert not registry.errors


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("check", "a.odd"), "ragged (odd): a.odd: LookupError: gone. The rest of this input is unread"),
        (
            ("check", "log.jsonl", "--format", "odd"),
            "Error: The reporter odd of the plugin odd failed: Value",
        ),
    ],
)
def test_a_reader_or_reporter_that_fails_is_exit_code_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], told: str
) -> None:
    class Ragged(_Reader):
        name, suffixes = "ragged", (".odd",)

        def read(self, source: Any) -> Any:
            yield Row(f"{source.name}:1", SESSION)
            raise LookupError("gone")

    made = plugin(
        transparency_check_readers=lambda: [Ragged()],
        transparency_check_reporters=lambda: [_Reporter(half)],
    )
    point = SimpleNamespace(name="odd", value="odd", dist=None, load=lambda: made)
    monkeypatch.setattr(plugins, "entry_points", lambda group: [point])
    monkeypatch.chdir(tmp_path)
    Path("a.odd").write_text("x", encoding="utf-8")
    Path("log.jsonl").write_text(json.dumps(SESSION), encoding="utf-8")
    result = CliRunner().invoke(application, [*command, "--as-of", "2026-12-01", "--select", "XK-MTG-001"])
    assert result.exit_code == 3
    assert told in " ".join(result.output.split())
    assert "Traceback" not in result.output


ROW = Row("a.odd:1", SESSION)


def prints(source: Any) -> Any:
    print("reading")
    yield ROW
    print("more")


def prints_at_once(source: Any) -> Any:
    print("reading")
    return [ROW]


def gives_none(source: Any) -> Any:
    yield ROW
    yield None
    yield ROW


def raises_odd(source: Any) -> Any:
    yield ROW
    raise Odd("x")


@pytest.mark.parametrize(
    ("read", "said", "unread"),
    [
        (prints, "a.odd: it printed 'reading': standard output is for the report.", 0),
        (prints_at_once, "a.odd: it printed 'reading': standard output is for the report.", 0),
        (gives_none, "a.odd: TypeError: it gave NoneType, which is neither a Row nor a Problem.", 1),
        (raises_odd, "a.odd: Odd: x. The rest of this input is unread", 1),
        (lambda source: None, "a.odd: TypeError: 'NoneType' object is not iterable", 1),
    ],
)
def test_a_reader_that_misbehaves_is_named_and_what_it_left_unread_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Callable[[Any], Any], said: str, unread: int
) -> None:
    class Reading(_Reader):
        name, suffixes = "odd", (".odd",)

        def read(self, source: Any) -> Any:
            return read(source)

    monkeypatch.chdir(tmp_path)
    Path("a.odd").write_text("x", encoding="utf-8")
    registry = load_registry(plugins=False)
    registry.add("odd", lambda: plugin(transparency_check_readers=lambda: [Reading()]))
    law = load_packs((), registry)
    log = read_logs(["a.odd"], law.vocabulary, law.municipalities, law.zone, registry=registry)
    (error,) = registry.errors
    assert (error.plugin, error.rule) == ("odd", "odd")
    assert error.message.startswith(said)
    assert [json.loads(r)["readable"] for r in log.records].count(False) == unread
    assert not log.problems


def test_nothing_heavy_is_imported() -> None:
    code = (
        "import sys; import transparency_check.events, transparency_check.plugins as p;"
        "r = p.load_registry(plugins=False); r.readers;"
        "print([m for m in ('duckdb', 'pydantic', 'python_calamine', 'charset_normalizer', 'ruamel.yaml')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
