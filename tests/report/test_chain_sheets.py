"""The sheets of the chain: one part with what is above and below it, and one plan by another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chains import CHAIN, COUNTY, NATIONAL, changed
from planctl.portfolio.coverage import coverage
from planctl.report.chain import BARE, BARE_COLOUR, file_name, latest, matrix, trail, trail_of_plan
from planctl.report.sheet import Group, Section
from projects import Files, load

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.report.sheet import Sheet, Table


def rows(table: Table) -> list[list[str] | str]:
    """Return the texts of a table, a section as its title."""
    return [
        band.title if isinstance(band, Section) else [str(band.rows[0][column.key]) for column in table.columns]
        for band in table.bands
    ]


def matrix_of(folder: Path, files: Files, upper: str = "national") -> Sheet:
    project = load(folder, files)
    portfolio = project.portfolio
    found = coverage(portfolio.chain, portfolio.plans[upper], portfolio.plans["county"])
    return matrix(found, portfolio.chain, portfolio, latest(project.scorecards))


def test_a_part_stands_between_two_tables_with_scores_and_steps(tmp_path: Path) -> None:
    project = load(tmp_path, CHAIN)
    chain = project.portfolio.chain

    sheet = trail(chain, chain.by_address["province#e-points"], project.portfolio, latest(project.scorecards))

    assert (sheet.stem, sheet.heading.title) == (
        "province_e-points.trace",
        ("Төлөвлөлтийн уялдаа", "Багийн төвд туслах цэг нээх"),
    )
    assert [(table.title, rows(table)) for table in sheet.tables] == [
        (
            "Дээд шатны зорилт",
            [["national", "1.1", "Сумдад цахим үйлчилгээний цэг ажиллуулах", "national#points", ""]],
        ),
        (
            "Доод шатанд хэрэгжүүлэх нь",
            [["county", "1.1", "Багийн төвд туслах цэг нээх", "county#help", "100%"]],
        ),
    ]


def test_a_part_without_links_says_so(tmp_path: Path) -> None:
    project = load(tmp_path, changed(COUNTY, ("        carries_out: province#e-points\n", "")))
    chain = project.portfolio.chain

    sheet = trail(chain, chain.by_address["county#help"], project.portfolio, {})

    assert (sheet.tables, sheet.remarks) == ((), ("Дээд, доод шатны баримт бичигтэй холбогдоогүй.",))


def test_a_plan_shows_its_parts_and_names_the_plans_above(tmp_path: Path) -> None:
    project = load(tmp_path, CHAIN)

    sheet = trail_of_plan(project.portfolio.chain, project.portfolio.plans["county"], project.portfolio, {})

    (table,) = sheet.tables
    assert [line[0].strip() for line in rows(table)] == ["county"] * 3
    assert sheet.remarks == ("Дээд шатны баримт бичиг: Улсын хөгжлийн төлөвлөгөө; Аймгийн хөгжлийн төлөвлөгөө.",)


def test_a_matrix_marks_what_nothing_carries_out_and_lists_loose_measures(tmp_path: Path) -> None:
    files = changed(
        NATIONAL,
        ("ажиллуулах\n", "ажиллуулах\n      - {id: energy, number: 1.2, title: Эрчим хүч}\n"),
        files=changed(COUNTY, ("        carries_out:\n          - province#training\n", "")),
    )

    sheet = matrix_of(tmp_path, files)

    first, loose = sheet.tables
    assert rows(first) == [
        "Төрийн үйлчилгээ",
        ["1.1", "Сумдад цахим үйлчилгээний цэг ажиллуулах", "1", "1.1", "100,0"],
        ["1.2", "Эрчим хүч", "-", BARE, ""],
    ]
    bare = first.bands[2]
    assert isinstance(bare, Group)
    assert bare.rows[0]["which"].colour == BARE_COLOUR
    assert rows(loose) == [["1.2", "Иргэдэд цахим сургалт хийх", "county#lessons"]]
    assert sheet.remarks == ("Нийт 2 зорилтоос хэрэгжүүлэх арга хэмжээгүй нь 1.",)


def test_the_latest_period_is_that_which_ends_last_and_then_the_longer_one(tmp_path: Path) -> None:
    quarter = CHAIN["plans/county.2025.yaml"].replace("period: 2025", "period: 2025-Q4")
    half = CHAIN["plans/county.2025.yaml"].replace("period: 2025", "period: 2025-H1")
    project = load(tmp_path, {**CHAIN, "plans/q.yaml": quarter, "plans/h.yaml": half})

    assert {id_: str(card.actuals.period) for id_, card in latest(project.scorecards).items()} == {"county": "2025"}


def test_names_of_files_hold_nothing_that_a_system_refuses() -> None:
    assert file_name('digital#а/1:"*?.trace') == "digital_а_1_.trace"
