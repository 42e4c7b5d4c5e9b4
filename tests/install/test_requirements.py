"""``requirements.lock`` and the libraries of the build agree with what ``pyproject.toml`` asks for."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from install.environments import ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
RUNTIME: list[str] = PROJECT["project"]["dependencies"]
DEVELOPMENT: list[str] = PROJECT["project"]["optional-dependencies"]["dev"]


@pytest.mark.parametrize("asked", [*RUNTIME, *DEVELOPMENT])
def test_the_lock_holds_a_version_that_is_allowed(asked: str) -> None:
    requirement = Requirement(asked)
    locked = dict(re.findall(r"^([a-z0-9-]+)==(\S+) \\$", LOCK, re.MULTILINE))
    version = locked.get(canonicalize_name(requirement.name))
    assert version is not None, f"{asked} is not in requirements.lock: run `make lock`"
    assert requirement.specifier.contains(version), f"{asked}, but the lock has {version}: run `make lock`"


def test_every_locked_version_has_its_hashes() -> None:
    entries = re.split(r"^(?=[a-z0-9-]+==)", LOCK, flags=re.MULTILINE)[1:]
    assert entries
    assert [e for e in entries if "--hash=sha256:" not in e] == []


def test_the_lock_names_no_other_place_than_the_index() -> None:
    assert not re.search(r"://|^-|@ ", LOCK, re.MULTILINE)


def test_what_the_build_needs_is_what_the_program_needs() -> None:
    hook = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]["dependencies"]
    assert set(hook) <= {Requirement(asked).name for asked in RUNTIME}
    assert set(PROJECT["build-system"]["requires"]) <= set(DEVELOPMENT)
