"""A period is never built from half of its files, however the other half is at fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planctl.refusal import is_whole, refused
from projects import ACTUALS, ONE_CLAUSE, ONE_ENTRY, PLAN, load

if TYPE_CHECKING:
    from pathlib import Path

SUPERIOR = "plans/council.2023.superior.yaml"


@pytest.mark.parametrize(
    "text",
    [
        "actuals: concil\nperiod: 2023\nitems:\n  waste: {superior: 90}\n",
        "actuals: [\nperiod: 2023\n",
        '"actuals": council\n"period": 2023\nitems: [\n',
        "actuals:\nperiod: 2023\nitems:\n  waste: {superior: 90}\n",
    ],
)
def test_a_faulty_second_file_refuses_the_whole_period(tmp_path: Path, text: str) -> None:
    project = load(tmp_path, {PLAN: ONE_CLAUSE, ACTUALS: ONE_ENTRY, SUPERIOR: text})

    assert ("council", "2023") in refused(project)


def test_while_a_file_belongs_to_no_plan_nothing_is_taken_for_outdated(tmp_path: Path) -> None:
    stranger = "actuals: quite-another\nperiod: 2023\nitems: {}\n"
    project = load(tmp_path, {PLAN: ONE_CLAUSE, ACTUALS: ONE_ENTRY, "plans/x.yaml": stranger})

    assert not is_whole(project)
    assert ("council", "2023") not in refused(project)
