"""Which sheets a build makes: those handed in, those for leaders, those over all plans, and what goes stale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planctl.report import OFFICE_REPORTS, OFFICIAL, PERIOD_REPORTS, PLAN_REPORTS, SHEETS
from running import Ran, planctl, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["planctl"]

SETTINGS = "planctl: 1\norganisation: Тамгын газар\nplace: Залаа\nunits:\n  legal: {name: Хуулийн мэргэжилтэн}\n"
PLAN = """\
form: action-plan
id: digital
title: Цахим шилжилтийн арга хэмжээний төлөвлөгөө
year: 2025
sections:
  - title: Удирдлагын чиглэлээр
    measures:
      - {id: a, text: Сургалт хийх, period: I-II, units: [legal]}
"""
HALF = """\
actuals: digital
period: 2025-H1
date: 2025-06-25
items:
  a: {progress: Сургалтын бэлтгэл хангав., self: 50, superior: 30, reason: Баримт дутуу}
"""
YEAR = HALF.replace("2025-H1", "2025").replace("бэлтгэл хангав", "ажлыг дуусгав").replace("self: 50", "self: 90")
FILES = {"planctl.yaml": SETTINGS, "plans/digital.yaml": PLAN, "plans/h1.yaml": HALF, "plans/year.yaml": YEAR}


def names(folder: Path) -> list[str]:
    """Return the names of the built sheets."""
    return sorted(path.name.removesuffix(".md") for path in folder.glob("*.md"))


HANDED_IN = [
    "digital.2025-H1.summary-self",
    "digital.2025-H1.summary-superior",
    "digital.2025-H1.table",
    "digital.2025.summary-self",
    "digital.2025.summary-superior",
    "digital.2025.table",
    "digital.plan",
]
FOR_LEADERS = [
    "digital.2025-H1.attention",
    "digital.2025-H1.comparison",
    "digital.2025.attention",
    "digital.2025.comparison",
    "digital.2025.trend",
    "office.2025-H1.units",
    "office.2025-H1.unreported",
    "office.2025.units",
    "office.2025.unreported",
]


def test_a_build_makes_the_sheets_that_are_handed_in_and_all_of_them_when_asked(
    tmp_path: Path, planctl: Callable[..., Ran]
) -> None:
    write(tmp_path, FILES)

    plain = planctl("build", "--format", "md", cwd=tmp_path)
    first = names(tmp_path / "build")
    everything = planctl("build", "--format", "md", "--sheets", "all", cwd=tmp_path)

    assert (plain.code, first) == (0, HANDED_IN)
    assert (everything.code, names(tmp_path / "build")) == (0, sorted(HANDED_IN + FOR_LEADERS))


def test_sheets_are_chosen_by_their_names_and_the_others_stay_as_they_are(
    tmp_path: Path, planctl: Callable[..., Ran]
) -> None:
    write(tmp_path, FILES)
    planctl("build", "--format", "md", "--sheets", "all", cwd=tmp_path)

    ran = planctl("build", "--format", "md", "--sheets", "trend,units", cwd=tmp_path)

    assert (ran.code, names(tmp_path / "build")) == (0, sorted(HANDED_IN + FOR_LEADERS))
    assert "3 files were already up to date" in ran.err


def test_a_sheet_that_has_nothing_to_show_any_more_is_removed(tmp_path: Path, planctl: Callable[..., Ran]) -> None:
    write(tmp_path, FILES)
    planctl("build", "--format", "md", "--sheets", "all", cwd=tmp_path)
    (tmp_path / "plans/h1.yaml").unlink()

    planctl("build", "--format", "md", "--sheets", "all", cwd=tmp_path)

    assert names(tmp_path / "build") == [
        name for name in sorted(HANDED_IN + FOR_LEADERS) if "H1" not in name and "trend" not in name
    ]


@pytest.mark.parametrize("paths", [("plans/year.yaml",), ("plans/year.yaml", "plans/h1.yaml")])
def test_sheets_over_all_plans_are_not_made_of_a_few_files(
    paths: tuple[str, ...], tmp_path: Path, planctl: Callable[..., Ran]
) -> None:
    write(tmp_path, FILES)

    planctl("build", *paths, "--format", "md", "--sheets", "all", cwd=tmp_path)

    assert [name for name in names(tmp_path / "build") if name.startswith(("office", "digital.plan"))] == []


def test_of_one_period_neither_another_nor_the_plan_is_built(tmp_path: Path, planctl: Callable[..., Ran]) -> None:
    write(tmp_path, FILES)

    planctl("build", "--period", "2025-H1", "--format", "md", "--sheets", "all", cwd=tmp_path)

    assert names(tmp_path / "build") == [name for name in sorted(HANDED_IN + FOR_LEADERS) if "H1" in name]


def test_a_plan_without_actuals_is_built_as_approved(tmp_path: Path, planctl: Callable[..., Ran]) -> None:
    write(tmp_path, {"planctl.yaml": SETTINGS, "plans/digital.yaml": PLAN})

    assert planctl("build", "--format", "md", cwd=tmp_path).code == 0
    assert names(tmp_path / "build") == ["digital.plan"]


def test_a_document_with_errors_is_left_out_of_the_sheets_over_all_plans_and_named_there(
    tmp_path: Path, planctl: Callable[..., Ran]
) -> None:
    write(tmp_path, FILES, {"plans/second.yaml": PLAN.replace("digital", "second").replace("id: a", "id: b")})
    (tmp_path / "plans/second.2025.yaml").write_text("actuals: second\nperiod: 2025\nitems:\n  b: {self: 95}\n")

    ran = planctl("build", "--format", "md", "--sheets", "all", cwd=tmp_path)

    assert ran.code == 1
    assert "Алдаатай тул ороогүй: second." in (tmp_path / "build/office.2025.units.md").read_text("utf-8")


def test_an_unknown_sheet_is_a_fault_of_usage_that_names_them_all(tmp_path: Path, planctl: Callable[..., Ran]) -> None:
    write(tmp_path, FILES)

    ran = planctl("build", "--sheets", "tables", cwd=tmp_path)

    assert ran.code == 2
    assert all(name in " ".join(ran.err.split()) for name in ("official", "all", *SHEETS))


def test_no_plan_may_go_by_the_name_that_stands_for_all_of_them(tmp_path: Path, planctl: Callable[..., Ran]) -> None:
    write(tmp_path, {"planctl.yaml": SETTINGS, "plans/office.yaml": PLAN.replace("digital", "office")})

    ran = planctl("check", cwd=tmp_path)

    assert (ran.code, "bad-document-id" in ran.out + ran.err) == (1, True)


def test_the_official_sheets_are_in_the_registers() -> None:
    assert set(OFFICIAL) < set(SHEETS)
    assert set(SHEETS) == {*PLAN_REPORTS, *PERIOD_REPORTS, *OFFICE_REPORTS}
