"""Parting: which files are loaded together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parts import load_in_parcels, outcome_of_parcels, outcome_of_whole

from chains import CHAIN
from projects import ONE_CLAUSE, ONE_ENTRY, measures_project, programme_project, write

if TYPE_CHECKING:
    from pathlib import Path

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
