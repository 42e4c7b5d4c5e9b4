"""A report is there as a whole or not at all: full disks, closed pipes, places that may not be written to."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from faults.program import PROGRAM, SAMPLE, SEARCHED, run

# More than the disks below hold, and soon made.
LONG = ("rules", "list", "--format", "json")
OLD = "an earlier report\n"
TRIAL = Path(__file__).parents[1] / "packs" / "trial"


def as_root(script: str) -> list[str]:
    """A command that runs the script where it may mount; skips where nobody may."""
    for before in ([], ["unshare", "--user", "--map-root-user", "--mount"]):
        if shutil.which("mount") is None or (before and shutil.which("unshare") is None):
            continue
        tried = "d=$(mktemp -d) && mount -t tmpfs tmpfs $d && umount $d && rmdir $d"
        if subprocess.run([*before, "sh", "-c", tried], capture_output=True, check=False).returncode == 0:
            return [*before, "sh", "-c", script]
    pytest.skip("a file system can only be mounted by root, or in a user name space")


def on_small_disk(
    folder: Path, args: Sequence[str], options: str, old: bool
) -> subprocess.CompletedProcess[bytes]:
    """Run a command while ``folder`` is a file system of its own; what is on it afterwards is copied out."""
    folder.mkdir()
    out = folder.with_name("after")
    command = shlex.join([*PROGRAM, *args])
    script = f"""\
mount -t tmpfs -o size=32k tmpfs {folder} || exit 99
{f"printf '{OLD}' > {folder}/report.json" if old else ":"}
mount -o remount,{options} {folder} || exit 98
{command}
code=$?
cp -a {folder} {out}
umount {folder}
exit $code
"""
    return run(cwd=folder.parent, program=as_root(script), environment={"TMPDIR": str(folder.parent)})


@pytest.mark.parametrize("old", [False, True], ids=["no file before", "a file before"])
@pytest.mark.parametrize(
    ("options", "reason"),
    [
        pytest.param("size=32k", b"No space left on device", id="full disk"),
        pytest.param("ro", b"Read-only file system", id="read-only disk"),
    ],
)
def test_a_disk_that_takes_no_report(tmp_path: Path, options: str, reason: bytes, old: bool) -> None:
    disk = tmp_path / "disk"
    done = on_small_disk(disk, [*LONG, "--output", f"{disk}/report.json"], options, old)
    assert done.returncode == 2, done.stderr
    assert done.stdout == b""
    assert done.stderr.startswith(b"Error: ") and done.stderr.count(b"\n") == 1
    assert b"report.json could not be written: " + reason in done.stderr
    left = {path.name: path.read_text() for path in (tmp_path / "after").iterdir()}
    assert left == ({"report.json": OLD} if old else {})


def test_a_cache_that_is_full_costs_nothing(tmp_path: Path) -> None:
    plain = run("rules", "list", "--pack", str(TRIAL), cwd=tmp_path)
    full = on_small_disk_as_cache(tmp_path)
    assert plain.returncode == full.returncode == 0
    assert plain.stdout == full.stdout
    assert full.stderr == b""


def on_small_disk_as_cache(tmp_path: Path) -> subprocess.CompletedProcess[bytes]:
    disk = tmp_path / "cache"
    disk.mkdir()
    # Compiled, the pack takes more than twice the disk.
    command = shlex.join([*PROGRAM, "rules", "list", "--pack", str(TRIAL)])
    script = f"mount -t tmpfs -o size=32k tmpfs {disk} && XDG_CACHE_HOME={disk} {command}"
    after = f"; code=$?; ls -A {disk}/*/* | grep -v : >&2; umount {disk}; exit $code"
    return run(cwd=tmp_path, program=as_root(script + after))


@pytest.mark.skipif(os.name != "posix", reason="needs limits of resources")
@pytest.mark.parametrize("old", [False, True], ids=["no file before", "a file before"])
def test_a_file_that_may_not_grow(tmp_path: Path, old: bool) -> None:
    import resource

    if old:
        (tmp_path / "report.json").write_text(OLD)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    done = run(*LONG, "--output", "report.json", cwd=tmp_path, prepare=limit)
    assert done.returncode == 2
    assert done.stderr == b"Error: report.json could not be written: File too large.\n"
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == ({"report.json": OLD} if old else {})


@pytest.mark.parametrize("what", ["a folder", "a file", "a link"])
def test_what_may_not_be_written_to(tmp_path: Path, what: str) -> None:
    """Root may write anywhere; whoever else runs the tests meets the refusal."""
    folder = tmp_path / "place"
    folder.mkdir()
    report = folder / "report.json"
    report.write_text(OLD)
    target = report
    if what == "a link":
        target = tmp_path / "link.json"
        target.symlink_to(report)
    (folder if what == "a folder" else report).chmod(0o500 if what == "a folder" else 0o400)
    before: tuple[str, ...] = ()
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root may write anywhere, and there is no setpriv")
        before = ("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--")
    done = run("calendar", "2026", "--output", str(target), cwd=tmp_path, before=before)
    (folder if what == "a folder" else report).chmod(0o700)
    assert done.returncode == 2, done.stderr
    assert b"could not be written: Permission denied" in done.stderr
    assert [p.name for p in folder.iterdir()] == ["report.json"]
    assert report.read_text() == OLD


@pytest.mark.parametrize(
    ("args", "code"),
    [
        # What was found before the reader left is still the result.
        (("check", str(SAMPLE), "--as-of", "2026-11-20", "--select", "XK-MTG-00", "--format", "json"), 1),
        (("rules", "list", "--format", "json"), 0),
        (("--help",), 141),
    ],
    ids=["a report with violations", "a list", "help"],
)
def test_a_reader_that_leaves(tmp_path: Path, args: tuple[str, ...], code: int) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*PROGRAM, *args],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": SEARCHED},
        stdin=subprocess.DEVNULL,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (code, b"")


def test_a_reader_that_leaves_in_the_middle(tmp_path: Path) -> None:
    script = f"{shlex.join([*PROGRAM, *LONG])} | head -c 10; exit ${{PIPESTATUS[0]}}"
    if shutil.which("bash") is None:
        pytest.skip("there is no bash")
    done = run(cwd=tmp_path, program=["bash", "-c", script])
    assert (done.returncode, len(done.stdout), done.stderr) == (0, 10, b"")


# -- an output that is an input -------------------------------------------------------------------------

INPUTS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "a log": (("check", "log.jsonl"), "log.jsonl", "is an input"),
    "a log by another name": (("check", "log.jsonl"), "./folder/../log.jsonl", "is an input"),
    "a link to a log": (("check", "log.jsonl"), "soft.jsonl", "is an input"),
    "a log by a hard link": (("check", "log.jsonl"), "hard.jsonl", "is an input"),
    "a log through a linked folder": (("upcoming", "log.jsonl"), "again/log.jsonl", "is an input"),
    "the log of a proof": (("explain", "log.jsonl", "0"), "log.jsonl", "is an input"),
    "what is declared of a log": (("check", "log.jsonl"), "log.jsonl.meta.yaml", "is an input"),
    "what would be declared of a log": (("check", "log.jsonl"), "log.meta.json", "is an input"),
    "in a folder of logs": (("check", "folder"), "folder/report.json", "lies in the folder"),
    "the configuration": (("check", "log.jsonl"), "transparency-check.toml", "is the configuration"),
    "the configuration that is named": (
        ("config", "show", "--config", "office.toml"), "office.toml", "is the configuration",
    ),
    "the configuration of a calendar": (
        ("calendar", "2026"), "transparency-check.toml", "is the configuration",
    ),
    "a file of a pack": (("rules", "list", "--pack", "./pack"), "pack/pack.yaml", "lies in the pack"),
    "in a pack": (("rules", "lint", "--pack", "./pack"), "pack/duties/report.json", "lies in the pack"),
    "the pack of a check": (("check", "log.jsonl", "--pack", "pack/"), "pack/x.json", "lies in the pack"),
}  # fmt: skip


@pytest.mark.parametrize("what", INPUTS)
def test_an_output_that_is_an_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    from click.testing import CliRunner

    from transparency_check.cli import application

    monkeypatch.chdir(tmp_path)
    for folder in ("folder", "pack", "pack/duties"):
        Path(folder).mkdir()
    files = ("log.jsonl", "log.jsonl.meta.yaml", "folder/log.jsonl", "transparency-check.toml", "office.toml",
             "pack/pack.yaml")  # fmt: skip
    for name in files:
        Path(name).write_text(name)
    Path("soft.jsonl").symlink_to("log.jsonl")
    os.link("log.jsonl", "hard.jsonl")
    Path("again").symlink_to(".")
    args, output, said = INPUTS[what]
    before = sorted(p.as_posix() for p in tmp_path.rglob("*"))
    result = CliRunner().invoke(application, [*args, "--output", output])
    assert result.exit_code == 2
    assert said in result.stderr and result.stderr.count("\n") == 1
    assert sorted(p.as_posix() for p in tmp_path.rglob("*")) == before
    assert all(Path(name).read_text() == name for name in files)


# -- killed or interrupted while writing ------------------------------------------------------------------

# Writes a long text as reports are written and, at a point counted in what Python asks of the system and in
# pieces of the text, does something to itself. It does so in a folder for each point, each time in a copy of
# the process: to start the program anew for each point would take most of the time.
WRITER = """\
import os, signal, sys
import click
from transparency_check.cli import application, outlet

number, points = int(sys.argv[1]), [int(point) for point in sys.argv[2:]]
point = passed = 0
begun = False


def step(*_):
    global passed
    if begun:
        passed += 1
        if passed == point:
            signal.raise_signal(number)


def audited(event, args):
    if event.split(".")[0] in ("open", "os", "tempfile", "shutil"):
        step()


def write(stream):
    for piece in range(4):
        stream.write(f"{piece:02}" + "x" * 9998)
        step()


sys.addaudithook(audited)


def command():
    global begun
    begun = True
    outlet.deliver(write, "report.json")
    # What comes after is for __main__, which is not here.
    begun = False


application.add_command(click.command("write")(command))


def one():
    global begun
    os.chdir(str(point))
    for name, fd in (("stdout", 1), ("stderr", 2)):
        os.dup2(os.open(f"../{point}.{name}", os.O_WRONLY | os.O_CREAT), fd)
    code = application.main(["write"], standalone_mode=False)
    begun = False
    sys.stdout.write(f"{passed}")
    sys.stdout.flush()
    os._exit(code)


for point in points:
    child = os.fork()
    if child == 0:
        one()
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)
"""
NEW = "".join(f"{piece:02}" + "x" * 9998 for piece in range(4))
FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs copies of a process")


class Written(NamedTuple):
    """What came of a run in its ``folder``."""

    folder: Path
    code: int
    stdout: bytes
    stderr: bytes


def written(within: Path, points: Iterable[int], number: int) -> Iterator[Written]:
    """Write over an old report; at each of the points, in a folder of its name, the signal is raised."""
    folders = [within / str(point) for point in points]
    for folder in folders:
        folder.mkdir()
        (folder / "report.json").write_text(OLD)
    names = [folder.name for folder in folders]
    done = run(str(number), *names, cwd=within, program=[sys.executable, "-c", WRITER])
    assert (done.returncode, done.stderr) == (0, b"")
    for folder, code in zip(folders, done.stdout.split(), strict=True):
        said = [(within / f"{folder.name}.{name}").read_bytes() for name in ("stdout", "stderr")]
        yield Written(folder, int(code), *said)


@pytest.fixture(scope="module")
def points(tmp_path_factory: pytest.TempPathFactory) -> int:
    """At how many points something can happen."""
    (done,) = written(tmp_path_factory.mktemp("untouched"), [0], 9)
    assert done.code == 0, done.stderr
    assert (done.folder / "report.json").read_text() == NEW
    return int(done.stdout)


@FORKS
def test_killed_anywhere_the_file_is_the_old_or_the_new_one(points: int, tmp_path: Path) -> None:
    assert points >= 10
    found = []
    for done in written(tmp_path, range(1, points + 1), 9):
        assert done.code == -9, done
        found.append((done.folder / "report.json").read_text())
        # What is left over is hidden, so that no later run takes it for a log.
        assert all(p.name.startswith(".") for p in done.folder.iterdir() if p.name != "report.json")
    assert set(found) <= {OLD, NEW}
    assert found[0] == OLD and found == sorted(found, key=lambda text: text == NEW)


@FORKS
def test_interrupted_anywhere_nothing_half_is_left(points: int, tmp_path: Path) -> None:
    for done in written(tmp_path, range(1, points + 1), 2):
        assert done.code == 130, done
        assert done.stderr.strip() == b"Interrupted."
        assert [p.name for p in done.folder.iterdir()] == ["report.json"], done
        assert (done.folder / "report.json").read_text() in (OLD, NEW)


# Interrupts itself when it comes to load a module, or to run code that is made of a text.
RUNNER = """\
import runpy, signal, sys
wanted = sys.argv[1]
begun = done = False


def audited(event, args):
    global done, begun
    found = event == "import" and args[0] == wanted
    begun = begun or (event == "import" and args[0] == "duckdb")
    if wanted == "a text" and begun and event == "exec":
        found = args[0].co_filename == "<string>"
    if found and not done:
        done = True
        signal.raise_signal(signal.SIGINT)


sys.addaudithook(audited)
sys.argv[:2] = ["transparency_check"]
runpy.run_module("transparency_check", run_name="__main__", alter_sys=True)
"""
MODULES = ("transparency_check.cli", "click", "transparency_check.checking", "pydantic", "duckdb", "a text",
           "transparency_check.engine.findings", "transparency_check.reports.outline")  # fmt: skip


@pytest.mark.parametrize("module", MODULES)
def test_interrupted_anywhere_before_the_result_there_is_none(tmp_path: Path, module: str) -> None:
    folder, aside = tmp_path / "folder", tmp_path / "aside"
    folder.mkdir()
    aside.mkdir()
    shutil.copy(SAMPLE, folder / "log.jsonl")
    args = ("check", "log.jsonl", "--as-of", "2026-11-20", "--select", "XK-MTG-001", "--output", "report.txt")
    program, surroundings = [sys.executable, "-c", RUNNER], {"TMPDIR": str(aside)}
    done = run(module, *args, cwd=folder, program=program, environment=surroundings)
    assert (done.returncode, done.stderr.strip()) == (130, b"Interrupted.")
    assert [p.name for p in folder.iterdir()] == ["log.jsonl"]
    # The database lays aside what does not fit into memory; its folder goes, too.
    assert not list(aside.iterdir())


# Interrupted while the database is at a statement that would take a day.
STATEMENT = """\
import os, signal, sys, threading
import click, duckdb
from transparency_check.cli import application


def command():
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
    duckdb.connect().execute("SELECT count(*) FROM range(10000000000), range(10000)")


application.add_command(click.command("long")(command))
sys.exit(application.main(["long"], standalone_mode=False))
"""


def test_interrupted_within_a_statement(tmp_path: Path) -> None:
    done = run(cwd=tmp_path, program=[sys.executable, "-c", STATEMENT])
    assert (done.returncode, done.stderr.strip()) == (130, b"Interrupted.")
