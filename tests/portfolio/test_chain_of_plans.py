"""The chain of plans: its ways up and down, its cycles, how far one plan covers another, and its size."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chains import CHAIN, COUNTY, COUNTY_PLAN, NATIONAL, PROVINCE, changed
from planctl.portfolio.chain import cycles, fingerprint
from planctl.portfolio.copies import content_digest, is_digest_of
from planctl.portfolio.coverage import coverage
from projects import Files, load, places

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from planctl.portfolio.chain import Chain, Step


def chain(folder: Path, files: Files = CHAIN) -> Chain:
    return load(folder, files).portfolio.chain


def told(chain: Chain, steps: Iterable[Step]) -> list[str]:
    return [
        f"{'  ' * (step.depth - 1)}{chain.nodes[step.node].address or chain.nodes[step.node].text}"
        f"{' again' if step.again else ''}"
        for step in steps
    ]


def test_the_way_up_goes_from_a_measure_to_the_highest_plan(tmp_path: Path) -> None:
    one = chain(tmp_path)

    assert told(one, one.upward(one.by_address["county#help"])) == ["province#e-points", "  national#points"]


def test_the_way_down_goes_through_sections_to_the_measures(tmp_path: Path) -> None:
    one = chain(tmp_path)

    assert told(one, one.downward(one.by_address["national#services"])) == [
        "national#points",
        "  province#e-points",
        "    county#help",
        "  province#training",
        "    county#lessons",
    ]


def test_a_measure_carries_out_what_its_section_does(tmp_path: Path) -> None:
    one = chain(
        tmp_path,
        changed(
            COUNTY,
            ("        carries_out: province#e-points\n", ""),
            (
                "  - title: Удирдлагын чиглэлээр\n",
                "  - title: Удирдлагын чиглэлээр\n    carries_out: province#e-points\n",
            ),
        ),
    )

    assert told(one, one.upward(one.by_address["county#help"])) == [
        "Удирдлагын чиглэлээр",
        "  province#e-points",
        "    national#points",
    ]
    assert told(one, one.downward(one.by_address["province#e-points"])) == [
        "Удирдлагын чиглэлээр",
        "  county#help",
        "  county#lessons",
    ]


def test_what_is_met_again_is_named_and_not_followed(tmp_path: Path) -> None:
    one = chain(
        tmp_path,
        changed(COUNTY, ("carries_out: province#e-points", "carries_out: [province#e-points, province#training]")),
    )

    assert told(one, one.upward(one.by_address["county#help"])) == [
        "province#e-points",
        "  national#points",
        "province#training",
        "  national#points again",
    ]


def test_a_cycle_ends_the_way_where_it_comes_back(tmp_path: Path) -> None:
    one = chain(
        tmp_path,
        changed(
            PROVINCE,
            ("байгуулах\n        carries_out: national#points", "байгуулах\n        carries_out: province#training"),
        ),
    )

    assert told(one, one.upward(one.by_address["province#training"])) == ["province#training again"]


def test_one_plan_is_covered_by_another_over_those_between_them(tmp_path: Path) -> None:
    portfolio = load(
        tmp_path,
        changed(
            NATIONAL,
            ("ажиллуулах\n", "ажиллуулах\n      - {id: energy, title: Эрчим хүч}\n"),
            files=changed(COUNTY, ("        carries_out:\n          - province#training\n", "")),
        ),
    ).portfolio
    one = portfolio.chain

    found = coverage(one, portfolio.plans["national"], portfolio.plans["county"])

    assert [(one.nodes[row.node].id, [one.nodes[at].id for at in row.by], row.covered) for row in found.rows] == [
        ("points", ["help"], True),
        ("energy", [], False),
    ]
    assert [one.nodes[at].address for at in found.loose] == ["county#lessons"]


def test_an_objective_is_covered_with_its_goal(tmp_path: Path) -> None:
    portfolio = load(
        tmp_path,
        changed(
            PROVINCE,
            ("нээх\n        carries_out: national#points", "нээх\n        carries_out: national#services"),
            ("байгуулах\n        carries_out: national#points", "байгуулах\n        carries_out: national#services"),
        ),
    ).portfolio

    found = coverage(portfolio.chain, portfolio.plans["national"], portfolio.plans["county"])

    assert [(portfolio.chain.nodes[row.node].id, len(row.by), row.covered) for row in found.rows] == [
        ("services", 2, True),
        ("points", 0, True),
    ]


# Cycles


@pytest.mark.parametrize(
    ("leads", "found"),
    [
        ([], []),
        ([[1], [2], []], []),
        ([[0]], [(0,)]),
        ([[1], [0]], [(0, 1)]),
        ([[1], [2], [1]], [(1, 2)]),
        ([[1], [0], [3], [2], [0, 2]], [(0, 1), (2, 3)]),
        ([[1, 1], [0]], [(0, 1)]),
    ],
)
def test_a_cycle_of_each_knot_is_found(leads: list[list[int]], found: list[tuple[int, ...]]) -> None:
    assert list(cycles(leads)) == found


@given(
    some.integers(1, 12).flatmap(
        lambda size: some.lists(some.lists(some.integers(0, size - 1), max_size=3), min_size=size, max_size=size)
    )
)
def test_what_is_found_is_a_cycle_and_without_its_nodes_there_is_none_left(leads: list[list[int]]) -> None:
    found = list(cycles(leads))

    for cycle in found:
        assert all(after in leads[at] for at, after in zip(cycle, [*cycle[1:], cycle[0]], strict=True))
    gone = {at for cycle in found for at in cycle}
    assert len(gone) == sum(map(len, found))
    assert (
        list(
            cycles([[] if at in gone else [to for to in targets if to not in gone] for at, targets in enumerate(leads)])
        )
        == []
    )


# Size


def test_a_chain_of_10000_links_in_a_row_is_no_matter_of_depth(tmp_path: Path) -> None:
    objectives = "\n".join(f"      - {{id: o{at}, title: Зорилт, carries_out: long#o{at + 1}}}" for at in range(9_999))
    plan = f"form: strategy\nid: long\ntitle: Төлөвлөгөө\ngoals:\n  - title: Зорилго\n    objectives:\n{objectives}\n"
    project = load(tmp_path, {"plans/long.yaml": f"{plan}      - {{id: o9999, title: Зорилт}}\n"})
    began = time.monotonic()

    one = project.portfolio.chain
    ways = [len(list(one.upward(one.by_address["long#o0"]))), len(list(one.downward(one.by_address["long#o9999"])))]

    assert (ways, places(project)) == ([9_999, 9_999], [])
    assert time.monotonic() - began < 2


def test_10000_cycles_of_two_are_found_in_no_time() -> None:
    began = time.monotonic()

    found = list(cycles([[at ^ 1] for at in range(20_000)]))

    assert len(found) == 10_000
    assert time.monotonic() - began < 2


# Digests


def test_capitals_and_spaces_do_not_change_a_fingerprint_and_words_do() -> None:
    assert fingerprint("Цэг  НЭЭХ\n") == fingerprint("цэг нээх")
    assert fingerprint("Цэг нээх") != fingerprint("Цэг хаах")
    assert len(fingerprint("")) == 12


@pytest.mark.parametrize(
    "written",
    [
        "form: strategy\nid: a\n",
        "form: strategy\nsource:\n  from: https://a.example\n  digest: sha256:0\nid: a\n",
        "form: strategy\r\nsource: {from: b, digest: c}\r\nid: a\r\n",
        "form: strategy\nid: a\nsource:\n  from: a\n\n  date: 2025-01-01\n",
    ],
)
def test_the_digest_is_that_of_the_file_without_its_source(written: str) -> None:
    assert content_digest(written) == content_digest("form: strategy\nid: a\n")
    assert not is_digest_of(content_digest(written), "form: strategy\nid: b\n")


def test_a_digest_may_lack_its_prefix() -> None:
    text = "form: strategy\n"

    assert is_digest_of(content_digest(text).removeprefix("sha256:").upper(), text)


# Forms


def test_upper_plans_and_copies_are_not_told_as_silent(tmp_path: Path) -> None:
    from planctl.subjects import account_of, of_office  # noqa: PLC0415  # only here

    copy = COUNTY_PLAN.replace("id: county", "id: other").replace(
        "year: 2025", "year: 2025\nsource: {from: a, digest: b}"
    )
    project = load(tmp_path, {**CHAIN, "plans/other.yaml": copy})
    account = account_of(project)

    office = of_office(account, account.cards[0].period, account.cards, ()).office

    assert office is not None
    assert office.silent == ()
