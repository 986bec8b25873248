"""The sample sheets: one of each kind and form, made by the pipeline, with a value of its own in every place."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planctl.codes.rendering import PARTS
from planctl.forms import FORMS
from planctl.forms.actuals import Entry
from planctl.forms.form import Column, Form, Layout, PlanModel
from planctl.rehearsal import sample
from planctl.rehearsal.distinct import distinct
from planctl.rehearsal.sample import samples
from planctl.render.parts import parts_of
from planctl.render.presence import values_of
from planctl.report import OFFICE_REPORTS, PERIOD_REPORTS, PLAN_REPORTS
from planctl.report.sheet import Section
from projects import load

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.portfolio.portfolio import Portfolio
    from planctl.report.sheet import Sheet


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    return load(tmp_path_factory.mktemp("empty"), {}).portfolio


@pytest.fixture(scope="module")
def made(portfolio: Portfolio) -> tuple[Sheet, ...]:
    return samples(portfolio)


def lines_of(texts: list[str]) -> Counter[str]:
    return Counter(line for text in texts for line in text.split("\n") if line.strip())


def test_there_is_a_sample_of_every_report_and_a_table_of_every_form(made: tuple[Sheet, ...]) -> None:
    assert {sheet.name for sheet in made} == {*PLAN_REPORTS, *PERIOD_REPORTS, *OFFICE_REPORTS}
    assert {f"{form}/table" for form in FORMS} <= {sheet.template for sheet in made}


def test_the_samples_are_the_same_each_time(portfolio: Portfolio, made: tuple[Sheet, ...]) -> None:
    assert samples(portfolio) == made


def test_every_column_of_every_form_holds_something(made: tuple[Sheet, ...]) -> None:
    empty = [
        (sheet.template, part.of, part.column)
        for sheet in made
        if sheet.name in {"table", "plan"}
        for part in parts_of(sheet)
        if part.column and not any(part.texts)
    ]

    assert empty == []


def test_sections_are_as_deep_as_those_of_the_form_and_stand_in_its_first_table(made: tuple[Sheet, ...]) -> None:
    table = next(sheet for sheet in made if sheet.template == "performance-plan/table")

    levels = [[band.level for band in one.bands if isinstance(band, Section)] for one in table.tables]
    assert levels == [[1, 2, 1, 2], []]


def test_what_is_invented_says_so(made: tuple[Sheet, ...]) -> None:
    table = next(sheet for sheet in made if sheet.template == "resolutions/table")

    parts = [part for part in parts_of(table) if part.column]
    words = [text for part in parts for text in part.texts if any(letter.isalpha() for letter in text)]
    states = {"Хугацаа болоогүй"}
    assert [text for text in words if not text.startswith("Жишээ") and text not in states] == []
    assert all(line.startswith("Жишээ") for line in table.heading.title[:1])


def test_the_parts_of_a_sheet_are_all_its_values(made: tuple[Sheet, ...]) -> None:
    for sheet in made:
        parts = lines_of([text for part in parts_of(sheet) for text in part.texts])
        values = lines_of([text for text, _address in values_of(sheet)])
        assert parts == values, sheet.stem


def test_every_part_has_words_of_its_own(made: tuple[Sheet, ...]) -> None:
    assert {part.name for sheet in made for part in parts_of(sheet)} == {"", *PARTS}


def test_no_value_stands_twice_in_a_distinct_sheet(made: tuple[Sheet, ...]) -> None:
    for sheet in made:
        lines = lines_of([text for text, _address in values_of(distinct(sheet))])
        assert [line for line, count in lines.items() if count > 1] == [], sheet.stem


def test_a_distinct_sheet_has_the_same_form(made: tuple[Sheet, ...]) -> None:
    for sheet in made:
        ours, theirs = parts_of(sheet), parts_of(distinct(sheet))
        assert [len(part.texts) for part in ours] == [len(part.texts) for part in theirs], sheet.stem


def test_a_number_and_its_text_stay_in_accord_in_a_distinct_sheet(made: tuple[Sheet, ...]) -> None:
    sheet = distinct(next(sheet for sheet in made if sheet.template == "performance-plan/table"))

    rows = [row for table in sheet.tables for band in table.bands if hasattr(band, "rows") for row in band.rows]
    scores = [row["self"] for row in rows if row["self"].number is not None]
    assert scores
    assert [cell.text for cell in scores] == [str(cell.number) for cell in scores]


def test_the_scale_of_the_office_is_that_of_the_sample(tmp_path: Path) -> None:
    settings = "planctl: 1\nrubric: four-step\n"

    made = samples(load(tmp_path, {"planctl.yaml": settings}).portfolio)

    (tally,) = (sheet.tally for sheet in made if sheet.stem == "sample-resolutions.2023.summary-self")
    assert tally is not None
    assert [level.name for level in tally.levels][:2] == ["Бүрэн хэрэгжсэн", "Хэрэгжих шатандаа"]


OURS = """\
rubric: ours
title: {mn: Манай, en: Ours}
versions:
  - from: FROM
    source: Хурлын тогтоол
    levels:
      - {name: {mn: Сайн, en: Good}, values: [100], colour: "#2E7D32"}
      - {name: {mn: Муу, en: Bad}, values: [0], colour: "#E53935"}
"""


@pytest.mark.parametrize(("first_day", "year"), [("2030-07-01", "2031"), ("2023-07-01", "2024")])
def test_the_year_of_the_sample_is_one_in_which_the_scale_is_in_force(
    first_day: str, year: str, tmp_path: Path
) -> None:
    files = {"planctl.yaml": "planctl: 1\nrubric: ours\n", "rubrics/ours.yaml": OURS.replace("FROM", first_day)}

    made = samples(load(tmp_path, files).portfolio)

    assert f"sample-resolutions.{year}.table" in {sheet.stem for sheet in made}
    (tally,) = (sheet.tally for sheet in made if sheet.stem == f"sample-resolutions.{year}.summary-self")
    assert tally is not None
    assert [level.name for level in tally.levels] == ["Сайн", "Муу"]


def test_a_new_form_has_its_sample_without_a_file_of_its_own(
    monkeypatch: pytest.MonkeyPatch, portfolio: Portfolio
) -> None:
    columns = (Column("number", "Д/д", 10, "ordinal"), Column("matter", "Асуудал", 90), Column("self", "Үнэлгээ", 20))
    form = Form("matters", PlanModel, Entry, (Layout("matters", columns),), outline=lambda _plan: ())
    monkeypatch.setattr(sample, "FORMS", {**FORMS, "matters": form})

    made = samples(portfolio)

    (table,) = (one.tables[0] for one in made if one.template == "matters/table")
    assert table.columns == columns
    assert [row["matter"].text for band in table.bands if hasattr(band, "rows") for row in band.rows] == [
        f"Жишээ: асуудал {number}" for number in (31, 32, 33, 34)
    ]


def test_without_a_known_scale_the_sample_has_another(tmp_path: Path, portfolio: Portfolio) -> None:
    settings = portfolio.settings.model_copy(update={"rubric": "no-such"})
    broken = load(tmp_path, {"rubrics/ours.yaml": "rubric: mn-2020\n"}).portfolio

    assert samples(replace(portfolio, settings=settings)) == samples(portfolio)
    assert "mn-2020" not in broken.rubrics
    assert samples(broken)
