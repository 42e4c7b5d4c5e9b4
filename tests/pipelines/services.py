"""What services do with the recipes of ``samples/published-records``, as far as a machine without them can.

The shell commands of a recipe are taken out of its file and run, one after the other, until one fails.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from install.environments import ROOT, Environment, copy_of_the_checkout

SAMPLE = ROOT / "samples" / "published-records"
AS_OF = "2026-07-01"
_PLACEHOLDER = "https://github.com/OWNER/transparency-check"
_EXPRESSION = re.compile(r"\$\{\{ *(.*?) *\}\}")
# Nothing is taken from the network, and nothing that is installed already is looked for there.
_OFFLINE = {
    "PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
}  # fmt: skip


@dataclass
class Ran:
    """How a recipe ended: the status of the command that failed, or 0, and all that was said."""

    status: int
    said: str
    folder: Path

    def file(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")


@dataclass
class Machine:
    """A machine of a service: a checkout of the records, a shell, and the program as installed there."""

    records: Path
    installed: Environment
    checkout: Path
    more: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        own = ("PIP_", "PYTHON", "TRANSPARENCY_CHECK_", "VIRTUAL_ENV", "GITHUB_", "GIT_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        programs = self.installed.folder / "venv" / "bin"
        return {
            **kept,
            **_OFFLINE,
            "PATH": os.pathsep.join([str(programs), os.environ["PATH"]]),
            "XDG_CACHE_HOME": str(self.installed.cache),
            "TRANSPARENCY_CHECK_AS_OF": AS_OF,
            **self.more,
        }

    def run(self, steps: Iterator[tuple[str, Mapping[str, str]]]) -> Ran:
        """Run steps, each a script of bash with variables, as services do: until one fails."""
        said = ""
        for script, variables in steps:
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
                cwd=self.records,
                env={**self.environment(), **variables},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                encoding="utf-8",
            )
            said += done.stdout + done.stderr
            if done.returncode:
                return Ran(done.returncode, said, self.records)
        return Ran(0, said, self.records)


def github(machine: Machine) -> Ran:
    """The steps of the action with what the workflow gives it. Steps that use other actions are left out."""
    action = _yaml(machine.checkout / "action.yml")
    job = _yaml(machine.records / ".github" / "workflows" / "records.yml")["jobs"]["check"]
    (used,) = (step for step in job["steps"] if step.get("uses", "").startswith("OWNER/transparency-check@"))
    assert set(used["with"]) <= set(action["inputs"])
    values = {f"inputs.{name}": given["default"] for name, given in action["inputs"].items()}
    values |= {f"inputs.{name}": value for name, value in used["with"].items()}
    values["github.action_path"] = str(machine.checkout)
    machine.more = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_WORKSPACE": str(machine.records),
        "GITHUB_OUTPUT": str(machine.records.parent / "outputs.txt"),
        "GITHUB_STEP_SUMMARY": str(machine.records.parent / "summary.md"),
    }

    def steps() -> Iterator[tuple[str, Mapping[str, str]]]:
        for step in action["runs"]["steps"]:
            if "run" in step:
                assert step["shell"] == "bash"
                # In a script an expression would be code of whoever gave it.
                assert not _EXPRESSION.search(step["run"]), step["name"]
                filled = {name: _filled(value, values) for name, value in step.get("env", {}).items()}
                yield step["run"], filled

    return machine.run(steps())


def gitlab(machine: Machine) -> Ran:
    """The script of the job."""
    job = _yaml(machine.records / ".gitlab-ci.yml")["records"]
    return machine.run((line, job["variables"]) for line in job["script"])


def azure(machine: Machine) -> Ran:
    """The scripts among the steps."""
    steps = _yaml(machine.records / "azure-pipelines.yml")["steps"]
    return machine.run((step["script"], {}) for step in steps if "script" in step)


def make(machine: Machine) -> Ran:
    """The first target, as somebody types it."""
    return machine.run(iter([("make", {})]))


def pre_commit(machine: Machine) -> Ran:
    """The hooks over all files, from a repository on this machine."""
    config = machine.records / ".pre-commit-config.yaml"
    text = config.read_text("utf-8")
    assert _PLACEHOLDER in text
    revision = _git(machine.checkout, "rev-parse", "HEAD").strip()
    text = text.replace(_PLACEHOLDER, str(machine.checkout)).replace("rev: main", f"rev: {revision}")
    config.write_text(text, "utf-8")
    _git(machine.records, "init", "-q")
    _git(machine.records, "add", "-A")
    libraries = [p for p in sys.path if p and any(Path(p).glob("*.dist-info"))]
    machine.more = {
        "PRE_COMMIT_HOME": str(machine.checkout.parent / "pre-commit"),
        # What the hook's own environment would get from an index: it finds it here.
        "PYTHONPATH": os.pathsep.join(libraries),
    }
    return machine.run(iter([(f'"{sys.executable}" -m pre_commit run --all-files --color never', {})]))


SERVICES = {"github": github, "gitlab": gitlab, "azure": azure, "pre-commit": pre_commit, "make": make}


def repository_of_the_program(folder: Path) -> Path:
    """A repository as services fetch it, with the duties about requests, so that it is built soon."""
    checkout = copy_of_the_checkout(folder, kept="XK-FOI")
    for name in ("action.yml", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, checkout)
    _git(checkout, "init", "-q")
    _git(checkout, "add", "-A")
    _git(checkout, "commit", "-q", "-m", "The program")
    return checkout


def _git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.hooksPath=/dev/null")
    done = subprocess.run(["git", *who, *words], cwd=folder, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def _filled(value: str, values: Mapping[str, Any]) -> str:
    return _EXPRESSION.sub(lambda found: str(values[found[1]]), value)


def _yaml(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text("utf-8"))
