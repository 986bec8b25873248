"""Parting: which files are loaded together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parts import load_in_parcels, outcome_of_parcels, outcome_of_whole

from chains import CHAIN
from projects import ONE_CLAUSE, ONE_ENTRY, measures_project, programme_project, write

if TYPE_CHECKING:
    from pathlib import Path

EVIDENCE = "    evidence: [{file: evidence/a.pdf}, {file: evidence/b.pdf}]\n"
COUNCIL = {"plans/council.yaml": ONE_CLAUSE, "plans/council.2023.yaml": ONE_ENTRY}


def test_a_plan_and_its_actuals_are_a_parcel(tmp_path: Path) -> None:
    write(tmp_path, {**COUNCIL, **measures_project(), **programme_project()})

    assert load_in_parcels(tmp_path).paths == [
        ("plans/council.2023.yaml", "plans/council.yaml"),
        ("plans/digital.2025.yaml", "plans/digital.yaml"),
        ("plans/makers.2024.yaml", "plans/makers.yaml"),
    ]


def test_plans_that_links_name_are_a_parcel(tmp_path: Path) -> None:
    write(tmp_path, {**CHAIN, **COUNCIL})

    assert load_in_parcels(tmp_path).paths == [tuple(sorted(COUNCIL)), tuple(sorted(CHAIN))]


def test_a_project_without_plans_is_an_empty_parcel(tmp_path: Path) -> None:
    write(tmp_path, {"planctl.yaml": "planctl: 1\nrubric: nobodys\n"})

    assert load_in_parcels(tmp_path).paths == [()]
    assert outcome_of_parcels(tmp_path) == outcome_of_whole(tmp_path)


def test_a_misspelt_id_goes_with_the_plan_that_it_seems_to_mean(tmp_path: Path) -> None:
    misspelt = {"plans/other.yaml": ONE_ENTRY.replace("council", "counsil")}
    write(tmp_path, {**COUNCIL, **misspelt, **measures_project()})

    assert load_in_parcels(tmp_path).paths == [
        ("plans/council.2023.yaml", "plans/council.yaml", "plans/other.yaml"),
        ("plans/digital.2025.yaml", "plans/digital.yaml"),
    ]
    assert outcome_of_parcels(tmp_path) == outcome_of_whole(tmp_path)


def test_a_file_with_faults_goes_with_what_is_missed_only_if_it_may_hold_it(tmp_path: Path) -> None:
    faulty = {path: text.replace("year: 2025", "year: soon") for path, text in measures_project().items()}
    hiding = {path: text.replace("years:", "yeers: [councl]\nyears:") for path, text in programme_project().items()}
    misspelt = {"plans/other.yaml": ONE_ENTRY.replace("council", "councl")}
    write(tmp_path, {**COUNCIL, **misspelt, **faulty, **hiding})

    assert load_in_parcels(tmp_path).paths == [
        (*sorted(COUNCIL), "plans/makers.2024.yaml", "plans/makers.yaml", "plans/other.yaml"),
        ("plans/digital.2025.yaml", "plans/digital.yaml"),
    ]
    assert outcome_of_parcels(tmp_path) == outcome_of_whole(tmp_path)


def test_plans_that_differ_in_case_alone_are_a_parcel(tmp_path: Path) -> None:
    write(tmp_path, {**COUNCIL, "plans/x.yaml": ONE_CLAUSE.replace("council", "Council"), **measures_project()})

    assert load_in_parcels(tmp_path).paths == [
        (*sorted(COUNCIL), "plans/x.yaml"),
        ("plans/digital.2025.yaml", "plans/digital.yaml"),
    ]


def test_a_scale_that_is_a_plan_keeps_all_files_together(tmp_path: Path) -> None:
    write(tmp_path, {**COUNCIL, **measures_project(), "rubrics/x.yaml": ONE_CLAUSE.replace("council", "roads")})

    assert load_in_parcels(tmp_path).paths == [(*sorted(COUNCIL), "plans/digital.2025.yaml", "plans/digital.yaml")]
    assert outcome_of_parcels(tmp_path) == outcome_of_whole(tmp_path)


def test_evidence_is_asked_for_once_it_is_known(tmp_path: Path) -> None:
    files = {**COUNCIL, "plans/council.2023.yaml": ONE_ENTRY + EVIDENCE}
    write(tmp_path, {**files, "evidence/a.pdf": ""})

    found = [one for one in outcome_of_parcels(tmp_path).findings if one.code == "missing-evidence"]
    assert len(found) == 1
    assert outcome_of_parcels(tmp_path) == outcome_of_whole(tmp_path)
