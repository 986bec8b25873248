"""What all tests share: where a skip is a failure, it is made one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from running import planctl

if TYPE_CHECKING:
    from collections.abc import Generator

__all__ = ["planctl"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,  # noqa: ARG001  # the hook's own names
    call: pytest.CallInfo[None],  # noqa: ARG001
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and os.environ.get("PLANCTL_NO_SKIPS"):
        report.outcome = "failed"
    return report
