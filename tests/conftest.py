"""What holds for all tests."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest

REQUIRE_ALL = "TRANSPARENCY_CHECK_REQUIRE_ALL"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything is required (continuous integration), a skipped test is a failed one."""
    report = yield
    if report.skipped and os.environ.get(REQUIRE_ALL):
        report.outcome = "failed"
        why = call.excinfo.value if call.excinfo else "no reason given"
        report.longrepr = f"{item.nodeid} was skipped, but {REQUIRE_ALL} is set: {why}"
    return report


@pytest.fixture(scope="session", autouse=True)
def _no_cache_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Generator[None, None, None]:
    """Compiled packs go to a folder of the test run, never to that of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
        yield
