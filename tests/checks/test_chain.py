"""Each code about the chain of plans: a project that earns it, its place, and a fine neighbour."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from chains import CHAIN, COUNTY, COUNTY_ACTUALS, COUNTY_PLAN, NATIONAL, PROVINCE, changed
from planctl.codes import CODES, chain
from planctl.portfolio.chain import fingerprint
from planctl.portfolio.copies import content_digest
from projects import Files, load, place, places

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Case:
    """What is wrong, where it is told with which values, and a similar project without the fault."""

    wrong: Files
    found: tuple[str, dict[str, str]]
    fine: Files = field(default_factory=lambda: CHAIN)


def unreported(files: Files) -> Files:
    """Return the files without the county's report."""
    return {path: text for path, text in files.items() if path != "plans/county.2025.yaml"}


FOUR = "\n".join(f"      - {{id: more-{at}, title: Зорилт {at}}}" for at in range(4)) + "\n"
UNLINKED = "\n".join(
    f"      - {{id: m-{at}, text: Арга хэмжээ {at}, period: I-IV, reported: true, indicators: []}}" for at in range(4)
)
COPY = CHAIN[NATIONAL].replace("year: 2025\n", "year: 2025\nsource:\n  from: https://a.example/1\n  digest: sha256:0\n")
DIGEST = content_digest(COPY)
REPORTED = {
    **changed(
        COUNTY,
        ("above: province", "above: agency"),
        ("province#e-points", "agency#e-points"),
        ("\n          - province#training", " agency#e-points"),
    ),
    PROVINCE: COUNTY_PLAN.replace("id: county", "id: agency")
    .replace("above: province\n", "")
    .replace("        carries_out: province#e-points\n", "")
    .replace("        carries_out:\n          - province#training\n", "")
    .replace("id: help", "id: e-points"),
    "plans/agency.2025.yaml": COUNTY_ACTUALS.replace("county", "agency").replace("help:", "e-points:"),
}
del REPORTED[NATIONAL]

CASES: dict[str, Case] = {
    "unknown-above": Case(
        changed(COUNTY, ("province#e-points", "province#e-point")),
        (f"{COUNTY}:12:22", {"named": "province#e-point", "suggestion": "province#e-points"}),
    ),
    "link-without-id": Case(
        changed(COUNTY, ("province#e-points", "province")), (f"{COUNTY}:12:22", {"named": "province"})
    ),
    "chain-cycle": Case(
        changed(
            PROVINCE,
            (
                "нээх\n        carries_out: national#points",
                "нээх\n        carries_out: [national#points, province#training]",
            ),
            ("байгуулах\n        carries_out: national#points", "байгуулах\n        carries_out: province#e-points"),
        ),
        (f"{PROVINCE}:12:40", {"way": "province#e-points > province#training > province#e-points"}),
    ),
    "not-above": Case(
        changed(COUNTY, ("above: province", "above: national")),
        (f"{COUNTY}:12:22", {"document": "province"}),
        changed(
            COUNTY, ("          - province#training", "          - province#training\n          - national#points")
        ),
    ),
    "nothing-below": Case(
        changed(COUNTY, ("          - province#training", "          - province#e-points")),
        (f"{PROVINCE}:15:9", {"what": "province#training"}),
    ),
    "much-without-below": Case(
        changed(NATIONAL, ("үйлчилгээний цэг ажиллуулах\n", f"үйлчилгээний цэг ажиллуулах\n{FOUR}")),
        (f"{NATIONAL}:2:5", {"count": "4", "all": "5", "document": "national", "below": "province"}),
    ),
    "hangs-on-nothing": Case(
        changed(
            COUNTY, ("        carries_out: province#e-points\n", ""), ("- province#training", "- province#e-points")
        )
        | {PROVINCE: CHAIN[PROVINCE].split("      - id: training")[0]},
        (f"{COUNTY}:9:9", {"what": "county#help"}),
    ),
    "most-hang-on-nothing": Case(
        unreported(changed(COUNTY, ("      - id: lessons", f"{UNLINKED}\n      - id: lessons"))),
        (f"{COUNTY}:4:8", {"count": "4", "all": "6"}),
    ),
    "targets-fall-short": Case(
        changed(COUNTY, ("baseline: 4, target: 9", "baseline: 4, target: 5")),
        (
            f"{PROVINCE}:14:75",
            {"sum": "5", "unit": "цэг", "above": "Нээсэн цэг", "target": "9", "parts": "county#help 5"},
        ),
    ),
    "unit-differs": Case(
        changed(COUNTY, ("Нээсэн цэг, unit: цэг", "Нээсэн цэг, unit: байр")),
        (f"{COUNTY}:14:38", {"unit": "байр", "other": "цэг", "place": f"{PROVINCE}:14:49"}),
    ),
    "unknown-indicator-above": Case(
        changed(COUNTY, ("name: Нээсэн цэг", "above: bilt, name: Туслах цэг")),
        (f"{COUNTY}:14:21", {"named": "bilt", "suggestion": "built"}),
        changed(COUNTY, ("name: Нээсэн цэг", "above: built, name: Туслах цэг")),
    ),
    "baseline-differs": Case(
        changed(COUNTY, ("baseline: 4", "baseline: 3")),
        (f"{COUNTY}:14:53", {"baseline": "3", "other": "4", "place": f"{PROVINCE}:14:64"}),
        changed(COUNTY, ("baseline: 4, target: 9", "baseline: 3, target: 10"))
        | {"plans/county.2025.yaml": COUNTY_ACTUALS.replace("reached: 9, self: 100", "reached: 10, self: 100")},
    ),
    "values-differ": Case(
        {**REPORTED, "plans/county.2025.yaml": COUNTY_ACTUALS.replace("reached: 9, self: 100", "reached: 8, self: 90")},
        (
            "plans/county.2025.yaml:4:52",
            {
                "indicator": "Нээсэн цэг",
                "reached": "8",
                "other": "9",
                "place": "plans/agency.2025.yaml:4:56",
            },
        ),
        REPORTED,
    ),
    "link-outdated": Case(
        changed(COUNTY, ("province#e-points", "{item: province#e-points, fingerprint: 0123456789ab}")),
        (
            f"{COUNTY}:12:61",
            {"named": "province#e-points", "text": "Багийн төвд туслах цэг нээх", "address": "county#help"},
        ),
        changed(
            COUNTY,
            (
                "province#e-points",
                f"{{item: province#e-points, fingerprint: {fingerprint('багийн  төвд туслах цэг нээх')}}}",
            ),
        ),
    ),
    "copy-changed": Case(
        {**CHAIN, NATIONAL: COPY},
        (f"{NATIONAL}:7:11", {"origin": "https://a.example/1", "digest": DIGEST}),
        {**CHAIN, NATIONAL: COPY.replace("sha256:0", DIGEST)},
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_a_fault_is_found_alone_in_its_place_with_its_values(code: str, tmp_path: Path) -> None:
    project = load(tmp_path, CASES[code].wrong)

    where, values = CASES[code].found
    assert [(place(one), dict(one.values)) for one in project.findings] == [(f"{where} {code}", values)]


@pytest.mark.parametrize("code", CASES)
def test_a_similar_project_without_the_fault_has_no_finding(code: str, tmp_path: Path) -> None:
    assert places(load(tmp_path, CASES[code].fine)) == []


@pytest.mark.parametrize("code", CASES)
def test_the_blanks_of_the_message_and_of_a_hint_are_filled(code: str, tmp_path: Path) -> None:
    for one in load(tmp_path, CASES[code].wrong).findings:
        values = dict(one.values)

        assert CODES[code].message.format_map(values)
        assert CODES[code].hints[0].format_map({"suggestion": "", **values})


def test_every_code_of_the_chain_has_a_case() -> None:
    assert set(CASES) == {code.name for code in chain.CODES}


# One fault, and nothing that only follows from it


def test_a_misspelt_plan_above_is_one_finding_and_the_links_past_it_are_none(tmp_path: Path) -> None:
    project = load(tmp_path, changed(COUNTY, ("above: province", "above: provinc")))

    assert places(project) == [f"{COUNTY}:4:8 unknown-above"]


def test_links_into_a_plan_that_has_faults_of_its_own_are_not_told(tmp_path: Path) -> None:
    faulty = changed(PROVINCE, ("id: province", "idd: province"))

    assert places(load(tmp_path, faulty)) == [f"{PROVINCE}:2:1 unknown-key"]


def test_a_plan_above_that_cannot_be_read_to_its_end_hides_the_links_into_it(tmp_path: Path) -> None:
    faulty = changed(PROVINCE, ("      - id: training\n", "      - idd: [training]\n"))

    assert {found.code for found in load(tmp_path, faulty).findings} & {"unknown-above", "not-above"} == set()


def test_a_plan_above_that_cannot_be_read_at_all_is_the_only_thing_told(tmp_path: Path) -> None:
    torn = "form: strategy\nid: province\n- goals\n"

    assert places(load(tmp_path, {**CHAIN, PROVINCE: torn})) == [f"{PROVINCE}:3:1 yaml-syntax"]


def test_a_faulty_link_is_not_also_told_as_missing(tmp_path: Path) -> None:
    project = load(tmp_path, changed(COUNTY, ("carries_out: province#e-points", "carries_out: {itm: [1]}")))

    assert "hangs-on-nothing" not in {found.code for found in project.findings}


def test_plans_that_stand_above_each_other_are_a_cycle_told_once(tmp_path: Path) -> None:
    files = changed(NATIONAL, ("year: 2025", "above: county\nyear: 2025"))

    cycles = [found for found in load(tmp_path, files).findings if found.code == "chain-cycle"]

    assert [(str(one.span), dict(one.values)["way"]) for one in cycles] == [
        (f"{COUNTY}:4:8", "county > province > national > county")
    ]


def test_an_id_of_a_section_may_not_be_that_of_an_item(tmp_path: Path) -> None:
    files = changed(COUNTY, ("  - title: Удирдлагын", "  - id: help\n    title: Удирдлагын"))

    assert places(load(tmp_path, files)) == [f"{COUNTY}:10:13 duplicate-item"]


# What adds up


def test_the_targets_of_two_counties_add_up_to_that_of_the_province(tmp_path: Path) -> None:
    second = COUNTY_PLAN.replace("id: county", "id: second").replace("target: 9", "target: 4")
    five = changed(COUNTY, ("target: 9", "target: 5"))

    whole = load(tmp_path / "whole", {**five, "plans/second.yaml": second})
    less = load(tmp_path / "less", {**five, "plans/second.yaml": second.replace("target: 4", "target: 3")})

    assert places(whole) == []
    assert [dict(one.values)["parts"] for one in less.findings] == ["county#help 5 + second#help 3"]


@pytest.mark.parametrize(
    "change",
    [
        ("unit: цэг, baseline: 4, target: 9", "unit: хувь, baseline: 4, target: 5"),
        ("name: Нээсэн цэг, unit: цэг, baseline: 4, target: 9", "name: Дундаж цэг, unit: цэг, baseline: 4, target: 5"),
        ("target: 9}", "target: 5, value: point}"),
        ("target: 9}", "target: 5, direction: less}"),
    ],
)
def test_shares_averages_states_and_falls_do_not_add_up(change: tuple[str, str], tmp_path: Path) -> None:
    files = changed(COUNTY, change)
    above = (change[0], change[1].replace("target: 5", "target: 9"))
    files = changed(PROVINCE, above, files=files)

    assert [one.code for one in load(tmp_path, files).findings if one.code == "targets-fall-short"] == []


def test_a_copy_of_another_bodys_plan_asks_for_no_sum_as_others_carry_it_out_too(tmp_path: Path) -> None:
    files = changed(PROVINCE, ("year: 2025\n", "year: 2025\nsource:\n  from: a\n  digest: sha256:0\n"))
    files = changed(PROVINCE, ("sha256:0", content_digest(files[PROVINCE])), files=files)
    files = changed(COUNTY, ("target: 9", "target: 5"), files=files)

    assert places(load(tmp_path, files)) == []


def test_targets_of_another_year_are_not_held_against_each_other(tmp_path: Path) -> None:
    files = changed(PROVINCE, ("target: 9", "target: 9, year: 2030"))
    files = changed(COUNTY, ("target: 9", "target: 5"), files=files)

    assert places(load(tmp_path, files)) == []


def test_measures_for_skills_and_those_not_reported_need_nothing_above(tmp_path: Path) -> None:
    files = changed(
        COUNTY,
        ("      - id: lessons", "      - {id: own, text: Ажил, period: I-IV, reported: false}\n      - id: lessons"),
    )

    assert places(load(tmp_path, files)) == []


def test_what_stands_below_another_part_already_is_not_counted_twice(tmp_path: Path) -> None:
    five = changed(COUNTY, ("target: 9", "target: 5"))
    bag = (
        COUNTY_PLAN.replace("id: county", "id: bag")
        .replace("above: province", "above: county")
        .replace("carries_out: province#e-points", "carries_out: [county#help, province#e-points]")
        .replace("province#training", "county#lessons")
        .replace("target: 9", "target: 5")
    )

    project = load(tmp_path, {**five, "plans/bag.yaml": bag})

    assert [(one.code, dict(one.values)["parts"]) for one in project.findings] == [
        ("targets-fall-short", "county#help 5")
    ]


def test_an_objective_with_measures_of_its_own_plan_has_something_below(tmp_path: Path) -> None:
    files = changed(COUNTY, ("  - title: Удирдлагын", "  - id: lead\n    title: Удирдлагын"))
    below = (
        COUNTY_PLAN.replace("id: county", "id: bag")
        .replace("above: province", "above: county")
        .replace("province#e-points", "county#help")
        .replace("province#training", "county#lessons")
    )

    assert places(load(tmp_path, {**files, "plans/bag.yaml": below})) == []
