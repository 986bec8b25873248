"""Policy documents over the yearly plans, and what every plan says of those above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chains import COUNTY, NATIONAL, changed
from planctl.forms.form import Section
from projects import load, places

if TYPE_CHECKING:
    from pathlib import Path

VISION = """\
form: strategy
id: vision
title: Урт хугацааны бодлого
year: 2020
until: 2050
goals:
  - id: people
    number: 1
    title: Хүн
    objectives:
      - id: learning
        number: 1.1
        title: Суралцах
        indicators:
          - {name: Сургалт, unit: удаа, target: 10, year: 2030}
"""


def test_goals_and_objectives_are_its_rows_and_it_has_no_items(tmp_path: Path) -> None:
    plan = load(tmp_path, {"plans/vision.yaml": VISION}).portfolio.plans["vision"]

    sections = [band for band in plan.bands if isinstance(band, Section)]
    assert [(one.title, one.level, one.id, one.text) for one in sections] == [
        ("1. Хүн", 1, "people", "Хүн"),
        ("1.1. Суралцах", 2, "learning", "Суралцах"),
    ]
    assert sections[1].indicators[0].target_year == 2030
    assert (dict(plan.all_items), plan.model.rules.year) == ({}, None)


def test_a_policy_document_alone_has_no_finding_and_no_scores(tmp_path: Path) -> None:
    project = load(tmp_path, {"plans/vision.yaml": VISION})

    assert (project.findings, project.scorecards) == ((), ())


def test_a_plan_may_stand_below_several(tmp_path: Path) -> None:
    files = changed(COUNTY, ("above: province", "above: [province, national]"))

    project = load(tmp_path, files)

    assert places(project) == []
    assert project.portfolio.chain.over["county"] == ("province", "national")


def test_misspelt_keys_of_a_link_are_told_in_their_place(tmp_path: Path) -> None:
    files = changed(COUNTY, ("province#e-points", "{item: province#e-points, fingerprnt: 0123}"))

    assert places(load(tmp_path, files)) == [f"{COUNTY}:12:48 unknown-key"]


def test_a_source_needs_its_digest(tmp_path: Path) -> None:
    files = changed(NATIONAL, ("year: 2025\n", "year: 2025\nsource:\n  from: https://a.example\n"))

    assert places(load(tmp_path, files)) == [f"{NATIONAL}:6:3 missing-key"]
