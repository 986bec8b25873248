"""What a check and a survey take from a project, and what they leave for those who show scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.checking.checked import checked_at_once
from planctl.survey.gathering import reading_of
from projects import ACTUALS, ONE_CLAUSE, ONE_ENTRY, PLAN, load

if TYPE_CHECKING:
    from pathlib import Path

FILES = {PLAN: ONE_CLAUSE, ACTUALS: ONE_ENTRY}


def test_neither_a_check_nor_a_survey_scores_anything(tmp_path: Path) -> None:
    project = load(tmp_path, FILES)

    checked_at_once(project)
    reading_of(project, (), {})

    assert "scorecards" not in vars(project)
    assert [card.own.total.mean for card in project.scorecards] == [100]


def test_a_report_without_a_scale_can_be_made_into_no_sheet_and_keeps_its_files(tmp_path: Path) -> None:
    project = load(tmp_path, FILES | {ACTUALS: FILES[ACTUALS].replace("2023", "1999")})

    reading = reading_of(project, (), {})

    assert [(one.document, one.period, one.chosen_by) for one in reading.topics] == [("council", "", (PLAN,))]
    assert reading.alive == {("council", ""), ("council", "1999")}
