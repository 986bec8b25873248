"""`planctl explain`: how a score came about, and what a code means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planctl.codes import CODES
from projects import programme_project
from running import OFFICE, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

H1 = {
    "plans/council.2023-H1.yaml": (
        "actuals: council\nperiod: 2023-H1\nitems:\n"
        "  waste-1:\n    progress: Эхэлсэн.\n    self: 50\n"
        "  waste-2:\n    state: not-due\n    reason: Эрт байна\n"
    )
}


def test_an_item_is_explained_with_rule_places_and_sums(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE)

    told = planctl("explain", "council#waste-2", cwd=tmp_path)

    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines() == [
        "council#waste-2  2023",
        "  2. Санхүүжилтийг жил бүрийн төсөвт тусгах",
        "  plans/council.yaml:16:13",
        "",
        *SCALE,
        "",
        "self: 70 — Reached definite results  plans/council.2023.yaml:13:11",
        "  reason: Хяналтын дүнгээр.",
        "  Аймгийн ИТХ-ын тогтоол: 170 / 2 = 85,0",
        "  Хууль, эрх зүйн асуудал хариуцсан мэргэжилтэн: 170 / 2 = 85,0",
        "  council: 170 / 2 = 85,0",
        "",
        "superior: 90 — Reached definite results  plans/council.2023.yaml:14:15",
        "  reason: Хяналтын дүнгээр.",
        "  Аймгийн ИТХ-ын тогтоол: 190 / 2 = 95,0",
        "  Хууль, эрх зүйн асуудал хариуцсан мэргэжилтэн: 190 / 2 = 95,0",
        "  council: 190 / 2 = 95,0",
    ]


def test_an_indicator_is_explained_by_its_values_and_has_no_score(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, {**OFFICE, **programme_project()})

    told = planctl("explain", "makers#fairs", cwd=tmp_path)

    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines() == [
        "makers#fairs  2024",
        "  Үзэсгэлэнд оролцуулах",
        "  plans/makers.yaml:16:5",
        "",
        "Reached:",
        "  үзэсгэлэн: 7 / 7 = 100,0 %",
        "  оролцогч: 80 / 85 = 94,1 %",
    ]


def test_more_than_all_of_it_is_told_and_counts_as_all(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    files = {**OFFICE, **programme_project()}
    report = next(path for path, text in files.items() if "actuals: makers" in text)
    write(tmp_path, {**files, report: files[report].replace("80", "170")})

    told = planctl("explain", "makers#fairs", cwd=tmp_path)

    assert told.out.splitlines()[-1] == "  оролцогч: 170 / 85 = 200,0 %, counted as 100,0 %"


SCALE = (
    (
        "Scale: mn-2020, Засгийн газрын 2020 оны 206 дугаар тогтоол, 2021 оны 374 дүгээр тогтоолын өөрчлөлтөөр "
        "(planctl:rubrics/mn-2020.yaml)"
    ),
    "Rule: the mean is unweighted, over the scored items alone; it is exact until it is rounded half up (decimals: 1).",
)


def test_a_document_is_explained_with_its_files_and_every_step(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE)

    told = planctl("explain", "council", cwd=tmp_path)

    assert told.code == 0
    assert told.out.splitlines()[:12] == [
        "council  2023",
        "  Аймгийн ИТХ-ын тогтоолын хэрэгжилт",
        "  plans/council.yaml",
        "  plans/council.2023.yaml",
        "",
        *SCALE,
        "",
        "self: 170 / 2 = 85,0",
        "  2 = 2 scored + 0 not yet due + 0 not evaluated + 0 excluded + 0 missing",
        "  1×100 + 1×70 = 170",
        "  Аймгийн ИТХ-ын тогтоол: 170 / 2 = 85,0",
    ]


def test_the_latest_period_is_explained_unless_another_is_named(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, H1)

    latest = planctl("explain", "council#waste-1", cwd=tmp_path)
    named = planctl("explain", "council#waste-1", "--period", "2023-H1", cwd=tmp_path)

    assert latest.out.splitlines()[0] == "council#waste-1  2023"
    assert named.out.splitlines()[0] == "council#waste-1  2023-H1"
    assert "  council: 50 / 1 = 50,0" in named.out.splitlines()


def test_an_item_outside_the_mean_is_explained(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, H1)

    told = planctl("explain", "council#waste-2", "--period", "2023-H1", cwd=tmp_path)

    assert "self: not due: in the total, outside the mean  plans/council.2023-H1.yaml:8:12" in told.out.splitlines()


def test_places_are_shown_from_where_one_stands(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path / "office", OFFICE, {"sub/x": ""})

    told = planctl("explain", "council", cwd=tmp_path / "office" / "plans")

    assert "  plans/council.2023.yaml" in told.out.splitlines()


def test_every_code_is_explained_in_both_languages_without_a_project(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    for lang in ("en", "mn"):
        for code in CODES:
            told = planctl("explain", code, cwd=tmp_path, lang=lang)
            heading, empty, *words = told.out.splitlines()
            assert (told.code, told.err, empty) == (0, "", "")
            assert heading.startswith(f"{code} (")
            assert words
            assert max(map(len, words)) <= 80


UNKNOWN = {
    "concil": "there is no document, item or code “concil”; did you mean “council”?",
    "concil#waste-1": "there is no document, item or code “concil#waste-1”; did you mean “council#waste-1”?",
    "waste-1": "there is no document, item or code “waste-1”; did you mean “council#waste-1”?",
    "duplicate-keys": "there is no document, item or code “duplicate-keys”; did you mean “duplicate-key”?",
    "zzz": "there is no document, item or code “zzz”",
    "council#waste-9": "“council” has no item “waste-9”; did you mean “waste-2”?",
    "council#waste-3": "“council#waste-3” is not to be reported: it stands outside all counts",
    "council --period 2030": "“council” has no actuals for 2030; it has 2023",
    "governor": "“governor” has no actuals that can be scored",
}


@pytest.mark.parametrize("what", UNKNOWN)
def test_what_is_unknown_is_told_in_one_line(planctl: Callable[..., Ran], tmp_path: Path, what: str) -> None:
    write(
        tmp_path,
        OFFICE,
        {
            "plans/governor.yaml": OFFICE["plans/council.yaml"]
            .replace("id: council", "id: governor")
            .replace("waste", "duty")
        },
    )

    assert planctl("explain", *what.split(), cwd=tmp_path) == Ran(2, "", f"planctl: {UNKNOWN[what]}\n")


def test_a_document_with_errors_is_explained_with_a_warning(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(
        tmp_path,
        OFFICE,
        {"plans/council.2023.yaml": OFFICE["plans/council.2023.yaml"].replace("self: 100", "self: 95")},
    )

    told = planctl("explain", "council", cwd=tmp_path)

    assert (told.code, told.err) == (0, "council 2023 has errors, so this may be wrong\n")
