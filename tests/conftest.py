"""What holds for all tests."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Generator, Iterable
from pathlib import Path

import hypothesis
import pytest

# Importing it is what refuses the network in this process; from PYTHONPATH, in those that tests start.
NO_NETWORK = Path(__file__).parent / "no_network"
sys.path.insert(0, str(NO_NETWORK))
sys.modules.pop("sitecustomize", None)
from sitecustomize import LOG  # noqa: E402

sys.path.remove(str(NO_NETWORK))
from order_of_tests import LONG, MANY_CASES, ONE_IN, WHOLE_RUN  # noqa: E402

REQUIRE_ALL = "TRANSPARENCY_CHECK_REQUIRE_ALL"

# No test fails because a machine was busy.
hypothesis.settings.register_profile(
    "tests", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("tests")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything is required (continuous integration), a skipped test is a failed one."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get(REQUIRE_ALL):
        report.outcome = "failed"
        why = call.excinfo.value if call.excinfo else "no reason given"
        report.longrepr = f"{item.nodeid} was skipped, but {REQUIRE_ALL} is set: {why}"
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, all others in their order; what is for the whole run is marked."""
    tests = Path(__file__).parent
    place = {tests / name: n for n, name in enumerate(LONG)}
    items.sort(key=lambda item: place.get(item.path, len(LONG)))
    for item in items:
        name = f"{item.path.relative_to(tests).as_posix()}::{item.name}"
        if any(name.startswith(left if "::" in left else f"{left}::") for left in WHOLE_RUN):
            item.add_marker("whole_run")
    for cases in _by_function(items):
        for n, item in enumerate(cases):
            if len(cases) > MANY_CASES and n % ONE_IN:
                item.add_marker("whole_run")


def _by_function(items: list[pytest.Item]) -> Iterable[list[pytest.Item]]:
    found: dict[str, list[pytest.Item]] = {}
    for item in items:
        found.setdefault(item.nodeid.partition("[")[0], []).append(item)
    return found.values()


@pytest.fixture(scope="session", autouse=True)
def _no_cache_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Generator[None, None, None]:
    """Compiled packs go to a folder of the test run, never to that of whoever runs it. All workers share it:
    to compile the pack for Kosovo takes seconds.
    """
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_summary_of_the_run() -> Generator[None, None, None]:
    """Where the tests themselves are a step of GitHub, what they try does not stand in its summary."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("GITHUB_STEP_SUMMARY", raising=False)
        yield


def pytest_collection_finish() -> None:
    """What was collected stays until the end: to look through it for garbage again and again takes time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _compiled_modules_are_kept(tmp_path_factory: pytest.TempPathFactory) -> Generator[None, None, None]:
    """Processes that tests start compile each module once, not each time, even where the checkout is to stay
    free of compiled modules.
    """
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with pytest.MonkeyPatch.context() as patch:
        if os.environ.get("PYTHONDONTWRITEBYTECODE"):
            patch.delenv("PYTHONDONTWRITEBYTECODE")
            patch.setenv("PYTHONPYCACHEPREFIX", str(folder / "modules"))
        yield


@pytest.fixture(scope="session", autouse=True)
def _network_log(tmp_path_factory: pytest.TempPathFactory) -> Generator[Path, None, None]:
    """Where processes of a test write what they tried to reach; they find the guard in PYTHONPATH."""
    log = tmp_path_factory.getbasetemp() / "network.txt"
    log.touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(LOG, str(log))
        patch.setenv("PYTHONPATH", str(NO_NETWORK), prepend=os.pathsep)
        yield log


@pytest.fixture(autouse=True)
def _no_network(_network_log: Path) -> Generator[None, None, None]:
    """Fail a test that tried to leave this machine, even where it took no notice of being refused."""
    before = _network_log.stat().st_size
    yield
    if _network_log.stat().st_size > before:
        tried = _network_log.read_text(encoding="utf-8")[before:]
        pytest.fail(f"tests use no network, but there was {tried}", pytrace=False)
