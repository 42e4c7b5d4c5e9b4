"""``.ci/run``: the system packages listed, then the command of the README, in a checkout made here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from install.environments import ROOT

README = "```sh\ntouch another-command\n```\n\nSet up and run the tests:\n\n```sh\n{command}\n```\n\nMore.\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose ``apt-get`` and ``sudo`` write down what they are asked for."""
    if shutil.which("bash") is None:
        pytest.skip("there is no bash")
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    for name, script in {"apt-get": 'echo "$@" >> "$ASKED"', "sudo": 'exec "$@"'}.items():
        stub = tmp_path / "programs" / name
        stub.parent.mkdir(exist_ok=True)
        stub.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        stub.chmod(0o755)
    return tmp_path


def ran(checkout: Path, command: str) -> subprocess.CompletedProcess[str]:
    (checkout / "README.md").write_text(README.format(command=command), encoding="utf-8")
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("TRANSPARENCY_CHECK_")},
        "ASKED": str(checkout / "asked.txt"),
        "PATH": os.pathsep.join([str(checkout / "programs"), os.environ["PATH"]]),
    }
    return subprocess.run(
        ["bash", str(checkout / ".ci" / "run")],
        cwd=checkout.parent,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_it_runs_the_command_of_the_readme_in_the_checkout(checkout: Path) -> None:
    done = ran(checkout, "echo $TRANSPARENCY_CHECK_REQUIRE_ALL > 'first one' && cp 'first one' second")
    assert done.returncode == 0, done.stderr
    assert (checkout / "second").read_text("utf-8") == "1\n"
    assert not (checkout / "another-command").exists()


def test_it_fails_where_the_command_fails(checkout: Path) -> None:
    assert ran(checkout, "true && exit 7").returncode == 7
    assert ran(checkout, "false && touch never").returncode == 1


def test_it_fails_where_the_readme_has_no_command(checkout: Path) -> None:
    done = ran(checkout, "")
    assert done.returncode == 2
    assert "run the tests:" in done.stderr


def test_it_installs_the_packages_that_are_listed(checkout: Path) -> None:
    (checkout / ".ci" / "packages.txt").write_text("# why\n\nlocales\n  \njq\n", encoding="utf-8")
    assert ran(checkout, "true").returncode == 0
    asked = (checkout / "asked.txt").read_text("utf-8").splitlines()
    assert [line.split()[0] for line in asked] == ["update", "install"]
    assert asked[1].split()[-2:] == ["locales", "jq"]


def test_it_asks_for_nothing_where_nothing_is_listed(checkout: Path) -> None:
    (checkout / ".ci" / "packages.txt").write_text("# None so far.\n", encoding="utf-8")
    assert ran(checkout, "true").returncode == 0
    assert not (checkout / "asked.txt").exists()


def test_the_command_of_this_readme_is_one_line_that_installs_and_tests(checkout: Path) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    (command,) = re.findall(r"run the tests:\n\n```sh\n([^\n]+)\n```", readme)
    done = ran(checkout, f"cat <<'END'\n{command}\nEND")
    assert done.stdout.splitlines()[-1] == command
    assert re.fullmatch(r"python3 -m venv \.venv && .*pip install.*'\.\[dev\]' && .*pytest\b.*", command)
