"""Programmes, visions and plans of measures in one chain: what is compared, what is a copy, what is said of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projects import load, place
from running import Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PROGRAMME = """\
form: programme
id: makers
title: Үйлдвэрлэгч хөтөлбөр
above: vision
years: {first: 2021, last: 2025, baseline: 2021}
objectives:
  - id: local
    number: 3.1
    title: Үйлдвэрлэгчийг дэмжих
    carries_out: vision#economy
    measures:
      - {id: fair, text: Үзэсгэлэн зохион байгуулах}
indicators:
  - id: fairs
    name: Үзэсгэлэнгийн тоо
    unit: удаа
    carries_out: vision#economy
    baseline: 4
    targets: {2022: 5, 2023: 6, 2024: 7, 2025: 9}
"""
PLAN = """\
form: action-plan
id: county
title: Арга хэмжээний төлөвлөгөө
year: 2025
above: makers
sections:
  - title: Эдийн засгийн чиглэлээр
    measures:
      - id: exhibit
        text: Үзэсгэлэн гаргах
        carries_out: makers#fairs
        indicators: [{name: Үзэсгэлэнгийн тоо, unit: удаа, baseline: 2, target: 3}]
"""
VISION = """\
form: strategy
id: vision
title: Алсын хараа
goals:
  - {id: economy, number: 1, title: Эдийн засаг, objectives: []}
"""
COPY = VISION.replace("goals:", "source: {from: 'https://a.mn', digest: 'sha256:0'}\ngoals:")
FILES = {
    "planctl.yaml": "planctl: 1\n",
    "plans/vision.yaml": VISION,
    "plans/makers.yaml": PROGRAMME,
    "plans/county.yaml": PLAN,
}


def found(tmp_path: Path, **changes: str) -> list[str]:
    """Return the findings of the chain with whole files changed."""
    files = {**FILES, **{f"plans/{name}.yaml": text for name, text in changes.items()}}
    return [place(one) for one in load(tmp_path, files).findings]


def test_a_plan_of_a_year_is_held_against_the_programme_s_target_of_that_year(tmp_path: Path) -> None:
    enough = PLAN.replace("baseline: 2, target: 3", "baseline: 4, target: 9")

    assert "plans/makers.yaml:14:5 targets-fall-short" in found(tmp_path / "short")
    assert found(tmp_path / "enough", county=enough) == []


def test_an_indicator_of_one_value_under_parts_is_read_like_one_of_several(tmp_path: Path) -> None:
    targets = "targets: {2022: 5, 2023: 6, 2024: 7, 2025: 9}"
    own = f"    unit: удаа\n    carries_out: vision#economy\n    baseline: 4\n    {targets}\n"
    parted = PROGRAMME.replace(own, f"    parts: [{{id: a, name: Тоо, unit: удаа, baseline: 4, {targets}}}]\n")
    entries = "  fair: {progress: Гаргасан үзэсгэлэн, self: 100}\n  fairs: {reached: 5}\n"
    actuals = f"actuals: makers\nperiod: 2022\nitems:\n{entries}"

    assert "parts:" in parted
    assert found(tmp_path, makers=parted, told=actuals, county=VISION.replace("vision", "other")) == []


def test_a_measure_s_own_years_lie_within_the_programme_and_in_their_order(tmp_path: Path) -> None:
    for at, years in enumerate(("{first: 2024, last: 2023}", "{first: 2026, last: 2027}")):
        changed = PROGRAMME.replace("байгуулах}", f"байгуулах, years: {years}}}")

        assert "plans/makers.yaml:12:61 years-out-of-order" in found(tmp_path / str(at), makers=changed)


def test_a_blank_is_found_in_a_title_and_in_an_indicator_of_a_vision(tmp_path: Path) -> None:
    blank = VISION.replace("title: Алсын хараа", "title: Алсын ___ хараа").replace(
        "objectives: []", "objectives: [{id: o, number: 1.1, title: Зорилт, indicators: [{name: ___}]}]"
    )

    assert [one for one in found(tmp_path, vision=blank) if one.endswith("unfilled-blank")] == [
        "plans/vision.yaml:3:8 unfilled-blank",
        "plans/vision.yaml:5:119 unfilled-blank",
    ]


def test_neither_a_new_id_nor_a_fingerprint_is_written_into_a_copy(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "plans/vision.yaml": COPY})

    renamed = planctl("rename", "vision#economy", "wealth", cwd=tmp_path)
    accepted = planctl("trace", "--accept", cwd=tmp_path)

    assert renamed.code == 2
    assert "plans/vision.yaml is a copy of another body's plan, which keeps its ids" in renamed.err
    assert (accepted.code, (tmp_path / "plans/vision.yaml").read_text("utf-8")) == (0, COPY)


def test_what_has_no_score_is_told_as_that(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, FILES)

    assert "`planctl trace makers#local` shows what is below it" in planctl("explain", "makers#local", cwd=tmp_path).err
    carried = planctl("carry-over", "vision", "--period", "2025", "--to", "next", cwd=tmp_path)
    assert (carried.code, "nothing is reported of “vision”" in carried.err) == (2, True)
