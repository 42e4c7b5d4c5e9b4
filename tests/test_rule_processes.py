"""Rules of installed plugins, each plugin in a process that can be ended: whatever one does, it is named, and
all else is judged (docs/adr/0011).
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from installed_plugin import HEAD, install, rules
from transparency_check.cli import application

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs signals")
CASES = 6
ROWS = [
    {"id": f"e{n}", "type": "meeting.scheduled", "time": "2026-11-02", "municipality": "kline",
     "case": f"s{n}", "body": "assembly", "meeting_type": "session", "session_kind": "ordinary",
     "planned_at": "2026-11-27"}
    for n in range(CASES)
]  # fmt: skip
ALL = [f"s{n}" for n in range(CASES)]
RUN = ("check", "log.jsonl", "--as-of", "2026-12-01", "--select", "ZZ", "--format", "json")
_NAMES = itertools.count()


class Found(NamedTuple):
    code: int
    report: dict[str, Any]
    stdout: str
    stderr: str

    def cases(self, rule: str) -> list[str]:
        """The cases in which the rule has a finding."""
        return [f["case"] for f in self.report["findings"] if f["rule"] == rule]

    def errors(self, rule: str) -> list[str]:
        """What is said of the rule's failures."""
        return [e["message"] for e in self.report["rule_errors"] if e["rule"] == rule]


Plugins = Callable[..., Callable[..., Found]]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plugins:
    """Install the modules of plugins, and judge a log of six cases."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(site))
    Path("log.jsonl").write_text("".join(json.dumps(r) + "\n" for r in ROWS), encoding="utf-8")

    def made(*modules: str) -> Callable[..., Found]:
        # A module that was imported once would be found again under its name.
        for source in modules:
            install(site, f"town_{next(_NAMES)}_{os.getpid()}", source)

        def run(*more: str) -> Found:
            result = CliRunner().invoke(application, [*RUN, *more], prog_name="transparency-check")
            assert "Traceback" not in result.output
            return Found(result.exit_code, json.loads(result.stdout), result.stdout, result.stderr)

        return run

    return made


GOOD = rules("", ZZ_GUT_001="fine")

# What a rule does in case s1, and what is said of it. In all other cases it gives a verdict.
MISDEEDS: dict[str, tuple[str, str]] = {
    "raises": ("raise ZeroDivisionError('by\\nzero')", "ZeroDivisionError: by zero"),
    "raises what is no Exception": ("raise type('Odd', (BaseException,), {})('x')", "Odd: x"),
    "raises an interruption": ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    "raises what cannot be shown": (
        "raise type('Shy', (Exception,), {'__str__': lambda self: 1 / 0})()",
        "Shy",
    ),
    "calls sys.exit": ("sys.exit(0)", "SystemExit: 0"),
    "recurses": ("return judge(events)", "RecursionError: maximum recursion depth exceeded"),
    "leaves at once": ("os._exit(0)", "its process came to an end (exit code 0)"),
    "leaves with a code": ("os._exit(7)", "its process came to an end (exit code 7)"),
    "gives nothing": ("return None", "judge gives a list of verdicts, not None"),
    "gives a text": ("return 'violated'", "judge gives a list of verdicts, not 'violated'"),
    "gives objects": ("return [object()]", "verdict 1: it is a mapping with the key outcome, not <object"),
    "gives a made-up outcome": ("return [{'outcome': 'fine'}]", "verdict 1: outcome is one of violated,"),
    "gives verdicts without end": (
        "return ({'outcome': 'late'} for _ in iter(int, 1))",
        "verdict 2: a second one of this case with no trigger; each must name its own trigger",
    ),
    "names an event of another case": (
        "return [{'outcome': 'late', 'trigger': 'e2'}]",
        "verdict 1: trigger names 'e2', which is the id of no event of this case",
    ),
    "changes an event": (
        "events[0]['type'] = 'x'",
        "TypeError: 'mappingproxy' object does not support item assignment",
    ),
    "asks for input": ("return input()", "EOFError: EOF when reading a line"),
    "breaks the way back": (
        "from transparency_check.python_rules import worker; worker._plain = None; return fine(events)",
        "its process came to an end (exit code 70)",
    ),
    "speaks out of turn": (
        "[os.write(fd, b'{\\n') for fd in range(3, 40) if not closed(fd)]; return fine(events)",
        "its process came to an end (",
    ),
}
ACTS = """\
def closed(fd):
    try:
        os.fstat(fd)
    except OSError:
        return True
    # A pipe that can be written to.
    import fcntl
    return fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY


def judge(events):
    if events[0]["case"] != "s1":
        return fine(events)
    {deed}


"""


def test_all_misdeeds_at_once_cost_their_own_case_only(installed: Plugins) -> None:
    """One plugin for each misdeed: as many processes, each with two rules of which one is good."""
    ids = {name: f"ZZ-BAD-{n:03}" for n, name in enumerate(MISDEEDS, start=1)}
    modules = []
    for name, (deed, _) in MISDEEDS.items():
        bad, good = ids[name].replace("-", "_"), ids[name].replace("-BAD-", "-GUT-").replace("-", "_")
        modules.append(rules(ACTS.format(deed=deed), **{bad: "judge", good: "fine"}))
    found = installed(*modules)("--rule-timeout", "300")
    assert found.code == 3
    for name, (_, said) in MISDEEDS.items():
        (error,) = found.errors(ids[name])
        assert error.startswith(f"case s1 of kline: {said}"), name
        assert found.cases(ids[name]) == [case for case in ALL if case != "s1"], name
        assert found.cases(ids[name].replace("-BAD-", "-GUT-")) == ALL, name


@POSIX
def test_one_that_a_signal_ends_is_named_with_it(installed: Plugins) -> None:
    deed = "os.kill(os.getpid(), 11)"
    found = installed(rules(ACTS.format(deed=deed), ZZ_BAD_001="judge"))()
    assert found.errors("ZZ-BAD-001") == ["case s1 of kline: its process came to an end (SIGSEGV)"]


@pytest.mark.parametrize(
    "deed",
    [
        pytest.param("while True: pass", id="in Python"),
        # One call into C that never gives the lock of the interpreter back.
        pytest.param("re.fullmatch('(a|a)*b', 'a' * 64)", id="in C"),
        pytest.param(
            "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']).wait()",
            id="in a program that it started",
        ),
    ],
)
def test_one_that_hangs_is_stopped(installed: Plugins, deed: str) -> None:
    hanging = rules(ACTS.format(deed=deed), ZZ_BAD_001="judge")
    found = installed(hanging, GOOD)("--rule-timeout", "2")
    assert found.code == 3
    assert found.errors("ZZ-BAD-001") == [
        "case s1 of kline: it gave no verdicts within 2 seconds (--rule-timeout) and was stopped"
    ]
    assert found.cases("ZZ-BAD-001") == [case for case in ALL if case != "s1"]
    assert found.cases("ZZ-GUT-001") == ALL


def test_one_that_ends_its_process_again_and_again_is_not_asked_for_ever(installed: Plugins) -> None:
    found = installed(rules("def judge(events): os._exit(1)\n", ZZ_BAD_001="judge", ZZ_GUT_001="fine"))()
    told = found.errors("ZZ-BAD-001")
    assert [": its process came to an end" in m for m in told] == [True] * 3 + [False] * 3
    assert told[3] == "case s3 of kline: it was not asked, as its process had to be ended 3 times before"
    assert found.cases("ZZ-GUT-001") == ALL


def test_what_a_rule_prints_is_no_part_of_the_report(installed: Plugins) -> None:
    prints = "def judge(events):\n    print('::error::x')\n    os.write(1, b'past Python\\n')\n"
    found = installed(rules(prints + "    return fine(events)\n", ZZ_BAD_001="judge"))()
    assert found.code == 3
    # Once, not for each case; its verdicts are good.
    (told,) = found.errors("ZZ-BAD-001")
    assert told.startswith("case s0 of kline: it printed '::error::x': standard output is for the report.")
    assert found.cases("ZZ-BAD-001") == ALL
    assert found.stdout.startswith('{"schema":')


def test_no_rule_sees_what_another_one_has_done_to_an_event(installed: Plugins) -> None:
    spoils = """\
def spoils(events):
    import gc
    for inner in gc.get_referents(events[0]):
        if isinstance(inner, dict):
            inner["type"] = "spoilt"
    return [{"outcome": "fulfilled", "message": events[0]["type"]}]


def looks(events):
    return [{"outcome": "fulfilled", "message": events[0]["type"]}]


"""
    found = installed(rules(spoils, ZZ_AAA_001="spoils", ZZ_BBB_001="looks"))()
    said = {f["rule"]: f["message"] for f in found.report["findings"]}
    assert said == {"ZZ-AAA-001": "spoilt", "ZZ-BBB-001": "meeting.scheduled"}
    assert {f["trigger"] for f in found.report["findings"]} == {None}
    assert found.code == 0


def test_plugins_do_not_meet(installed: Plugins) -> None:
    """What one leaves behind in the interpreter, the other does not find."""
    leaves = "def judge(events):\n    sys.town = 1\n    return fine(events)\n"
    looks = (
        "def judge(events):\n    return [{'outcome': 'violated' if hasattr(sys, 'town') else 'fulfilled'}]\n"
    )
    found = installed(rules(leaves, ZZ_AAA_001="judge"), rules(looks, ZZ_BBB_001="judge"))()
    assert {f["outcome"] for f in found.report["findings"]} == {"fulfilled"}
    assert not hasattr(sys, "town")


VERDICT = """\
def judge(events):
    e = events[0]
    assert e["a"]["planned_at"]["day"] == "2026-11-27" and isinstance(e["related"], tuple)
    return [{"outcome": "undetermined", "reasons": {"time_of_day", "missing_field"}, "curable": None,
             "due": "2026-11-20T11:00", "trigger": e["id"], "fulfilment": (e["id"],),
             "message": "Kl\\u00ebn\\u00eb \\ud800"}]


"""


def test_a_verdict_crosses_the_border_as_it_is(installed: Plugins) -> None:
    found = installed(rules(VERDICT, ZZ_AAA_001="judge"))()
    assert found.report["rule_errors"] == []
    first = found.report["findings"][0]
    assert (first["outcome"], first["reasons"], first["due"]) == (
        "undetermined", ["missing_field", "time_of_day"], "2026-11-20T11:00:00+01:00",
    )  # fmt: skip
    assert first["trigger"]["place"] == "log.jsonl:1"
    assert first["fulfilment"] == [first["trigger"]]
    assert first["message"] == "Klënë \\ud800"


TWICE = (
    HEAD
    + """\
@hookimpl
def transparency_check_rules():
    # In the process of its own, the plugin does something else.
    return [] if "transparency_check.cli" not in sys.modules else [Rule("ZZ-BAD-001", fine)]
"""
)


def test_a_plugin_that_is_another_one_when_it_is_loaded_again(installed: Plugins) -> None:
    found = installed(TWICE)()
    assert found.code == 3
    assert found.errors("ZZ-BAD-001") == [
        f"case {case} of kline: its plugin did not give this rule when it was loaded a second time"
        for case in ALL
    ]


@pytest.mark.parametrize(
    ("spoken", "said"),
    [
        ("sq", "lënda s1 e komunës kline: vlerësimi 1: outcome është një nga violated,"),
        ("sr-Cyrl", "предмет s1 општине kline: оцена 1: outcome је једно од violated,"),
    ],
)
def test_a_process_speaks_the_language_of_the_program(installed: Plugins, spoken: str, said: str) -> None:
    deed, _ = MISDEEDS["gives a made-up outcome"]
    found = installed(rules(ACTS.format(deed=deed), ZZ_BAD_001="judge"))("--lang", spoken)
    assert [message[: len(said)] for message in found.errors("ZZ-BAD-001")] == [said]


def test_no_plugins_starts_nothing(installed: Plugins, tmp_path: Path) -> None:
    marks = f"open({str(tmp_path / 'mark')!r}, 'w').close()\n"
    run = installed(marks + GOOD)
    result = CliRunner().invoke(application, [*RUN[:4], "--no-plugins", "--select", "XK-MTG-001"])
    assert result.exit_code == 1
    assert not (tmp_path / "mark").exists()
    assert run().code == 0
    assert (tmp_path / "mark").exists()


@pytest.mark.parametrize("value", ["0", "-1", "soon", "nan", "1.5", "1000000"])
def test_a_time_that_is_none_is_refused(value: str) -> None:
    result = CliRunner().invoke(application, [*RUN, "--rule-timeout", value])
    assert result.exit_code == 2
    assert "--rule-timeout" in result.stderr


def alive(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def waited(condition: Callable[[], bool]) -> bool:
    """Whether it comes true; only where it does not, time matters."""
    for _ in range(1200):
        if condition():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)], ids=["Ctrl-C", "kill"]
)
@pytest.mark.parametrize("deed", ["time.sleep(600)", "[None for _ in iter(int, 1)]"], ids=["waiting", "busy"])
def test_no_process_stays_behind(
    installed: Plugins, tmp_path: Path, number: signal.Signals, code: int, deed: str
) -> None:
    """Ctrl-C and a killed program end the rule too, and leave no report."""
    mark = tmp_path / "pid"
    act = f"def judge(events):\n    open({str(mark)!r}, 'w').write(f'{{os.getpid()}}\\n'); {deed}\n"
    installed(rules(act, ZZ_BAD_001="judge"))
    searched = [os.environ["PYTHONPATH"], *(p for p in sys.path if p)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(searched)}
    command = [
        sys.executable,
        "-m",
        "transparency_check",
        *RUN,
        "--output",
        "report.json",
        "--rule-timeout",
        "600",
    ]
    started = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    assert waited(lambda: mark.exists() and mark.read_text().endswith("\n"))
    pid = int(mark.read_text())
    assert alive(pid)
    started.send_signal(number)
    _, said = started.communicate()
    assert started.returncode == code
    assert said.strip() == ("Interrupted." if code == 130 else "")
    assert waited(lambda: not alive(pid))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["log.jsonl", "pid", "site"]
