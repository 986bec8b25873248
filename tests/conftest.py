"""What all tests share: where a skip is a failure, it is made one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from planctl import words
from running import planctl

if TYPE_CHECKING:
    from collections.abc import Generator

__all__ = ["planctl"]


# The same examples in every run of CI; on a desk new ones each time, which find what nobody thought of.
settings.register_profile("same-each-time", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("same-each-time")


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """Begin each test in English, whatever a test before it in the same process had asked for."""
    asked = os.environ.get("LANGUAGE")
    words.use("en")
    if asked is None:
        del os.environ["LANGUAGE"]
    else:
        os.environ["LANGUAGE"] = asked


@pytest.fixture(scope="session", autouse=True)
def _nothing_kept_from_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Have what is kept between runs begin empty, and leave the user's own alone."""
    os.environ["PLANCTL_CACHE_DIR"] = str(tmp_path_factory.mktemp("kept"))


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Have no workers where tests of one file were asked for: they start at once, and a debugger reaches them."""
    named = {argument.partition("::")[0] for argument in config.args}
    return 0 if len(named) == 1 and named.pop().endswith(".py") else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,  # noqa: ARG001  # the hook's own names
    call: pytest.CallInfo[None],  # noqa: ARG001
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and os.environ.get("PLANCTL_NO_SKIPS"):
        report.outcome = "failed"
    return report
