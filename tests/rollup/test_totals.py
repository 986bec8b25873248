"""Totals: pooled and mean of means, under every policy, exact; nothing is mixed or dropped silently."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from organisations import office, roll
from planctl.rollup.documents import Part
from planctl.rollup.totals import Member, Running, exact_sum, share_of

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.rollup.account import Account, Rollup
    from planctl.rollup.groups import Kind

TWO = """
- {name: Залаа, province: Төв, path: a}
- {name: Булаг, province: Увс, path: b}
"""


def account(rollup: Rollup, evaluation: str = "self") -> Account:
    (counted,) = rollup.scales
    return counted.accounts[evaluation]


Number = Fraction | float | None


def means(rollup: Rollup, policy: str = "valid", evaluation: str = "self") -> tuple[Number, Number]:
    whole = account(rollup, evaluation).whole[policy]
    return whole.pooled, whole.means


def pooled_by(rollup: Rollup, kind: Kind) -> list[tuple[str | None, Number]]:
    return [(group.name, group.totals["valid"].pooled) for group in account(rollup).groups[kind]]


def test_the_pooled_mean_counts_every_item_and_the_mean_of_means_every_organisation(tmp_path: Path) -> None:
    office(tmp_path / "a", one=100, two=100, three=70)
    office(tmp_path / "b", one=0)

    rollup, _gathered = roll(tmp_path, TWO)

    assert means(rollup) == (Fraction(270, 4), Fraction(Fraction(270, 3) + 0, 2))


def test_both_evaluations_stand_side_by_side(tmp_path: Path) -> None:
    office(tmp_path / "a", one="100 / 70")
    office(tmp_path / "b", one="50 / 50")

    rollup, _gathered = roll(tmp_path, TWO)

    assert means(rollup)[0] == 75
    assert means(rollup, evaluation="superior")[0] == 60


def test_a_report_without_a_score_is_no_zero_but_under_the_policy_that_says_so(tmp_path: Path) -> None:
    office(tmp_path / "a", one=100, two=None)
    office(tmp_path / "b", one=50)

    rollup, _gathered = roll(tmp_path, TWO)

    assert means(rollup) == (75, 75)
    assert means(rollup, "zero") == (50, 50)


def test_missing_late_invalid_and_unapproved_reports_are_told_apart(tmp_path: Path) -> None:
    office(tmp_path / "good", one=100, dated="2023-12-20")
    office(tmp_path / "late", one=50, dated="2023-12-23")
    office(tmp_path / "wrong", one=95, dated="2023-12-20")
    office(tmp_path / "silent", one=100, two=100)
    (tmp_path / "silent/plans/council.2023.yaml").unlink()

    rollup, _gathered = roll(
        tmp_path,
        "\n".join(f"- {{name: {name}, path: {name}}}" for name in ("good", "late", "wrong", "silent", "nowhere")),
        "period: 2023\ndue: 2023-12-22",
    )

    assert [(one.state, one.is_late) for one in rollup.standings] == [
        ("valid", False),
        ("valid", True),
        ("invalid", False),
        ("missing", False),
        ("unreadable", False),
    ]
    assert means(rollup) == (75, 75)
    assert means(rollup, "on-time") == (100, 100)
    assert means(rollup, "approved") == (None, None)
    assert means(rollup, "zero") == (Fraction(150, 5), Fraction(150, 5))
    assert rollup.without_scale == 1


def test_what_is_not_due_yet_is_awaited_and_no_zero(tmp_path: Path) -> None:
    office(tmp_path / "a", one=100)
    office(tmp_path / "b", one=100)
    (tmp_path / "b/plans/council.2023.yaml").unlink()

    rollup, _gathered = roll(tmp_path, TWO, "period: 2023\ndue: 2024-01-10")

    assert [one.state for one in rollup.standings] == ["valid", "awaited"]
    assert means(rollup, "zero") == (100, 100)


def test_what_was_expected_and_is_nowhere_is_missing(tmp_path: Path) -> None:
    office(tmp_path / "a", one=100)
    office(tmp_path / "b", one=100)

    rollup, _gathered = roll(
        tmp_path,
        "- {name: Залаа, path: a}\n- {name: Булаг, path: b, expects: [council, programme]}",
        "period: 2023\nexpects: [resolutions]",
    )

    assert [(one.document.id, one.state) for one in rollup.standings] == [
        ("council", "valid"),
        ("council", "valid"),
        ("programme", "missing"),
    ]
    assert means(rollup, "zero") == (100, 75)


def test_an_organisation_without_a_plan_for_the_period_has_nothing_to_report(tmp_path: Path) -> None:
    office(tmp_path / "a", one=100)
    office(tmp_path / "b", period="2024", one=100)

    rollup, _gathered = roll(tmp_path, TWO)

    assert [one.state for one in rollup.standings] == ["valid", "nothing"]


def test_scales_are_never_mixed(tmp_path: Path) -> None:
    office(tmp_path / "a", one=100)
    office(tmp_path / "b", one=70, more={"planctl.yaml": "planctl: 1\nrubric: four-step\n"})

    rollup, _gathered = roll(tmp_path, TWO)

    assert [(one.scale.name, str(one.accounts["self"].whole["valid"].pooled)) for one in rollup.scales] == [
        ("four-step", "70"),
        ("mn-2020", "100"),
    ]


def test_scales_of_one_name_with_other_values_are_two(tmp_path: Path) -> None:
    own = """\
rubric: mn-2020
title: {mn: Өөрийн, en: Own}
versions:
  - source: Журам
    levels:
      - {name: {mn: Сайн, en: Good}, values: [100], colour: "#2E7D32"}
      - {name: {mn: Муу, en: Bad}, values: [0], colour: "#E53935"}
"""
    office(tmp_path / "a", one=100)
    office(tmp_path / "b", one=0, more={"rubrics/own.yaml": own})

    rollup, _gathered = roll(tmp_path, TWO)

    assert [one.scale.name for one in rollup.scales] == ["mn-2020", "mn-2020"]


def test_units_are_brought_together_by_their_names(tmp_path: Path) -> None:
    office(tmp_path / "a", one=100, two=50, units={"one": ["legal"], "two": ["finance"]})
    office(tmp_path / "b", one=70, units={"one": ["finance"]})

    rollup, _gathered = roll(tmp_path, TWO)

    assert pooled_by(rollup, "unit") == [
        ("Санхүүгийн алба", 60),
        ("Хууль, эрх зүйн мэргэжилтэн", 100),
    ]


SECTORS = """\
form: action-plan
id: council
title: Төлөвлөгөө
year: 2023
sections:
  - title: "Боловсролын чиглэлээр:"
    measures: [{id: one, text: Сургалт, period: I, indicators: [{name: Сургалт, target: 1}]}]
  - title: Эрүүл мэнд
    measures: [{id: two, text: Үзлэг, period: I, indicators: [{name: Үзлэг, target: 1}]}]
"""


def test_sectors_are_the_sections_of_action_plans_the_lists_own_words_before_them(tmp_path: Path) -> None:
    office(tmp_path / "a", one=100, two=50, more={"plans/council.yaml": SECTORS})
    office(tmp_path / "b", one=0)

    rollup, _gathered = roll(
        tmp_path,
        "- {name: Залаа, path: a}\n- {name: Сургууль, path: b, sector: боловсрол}",
        "period: 2023\nsectors: [{name: Боловсрол, other_names: [Боловсролын чиглэлээр]}]",
    )

    assert pooled_by(rollup, "sector") == [
        ("Боловсрол", 50),
        ("Эрүүл мэнд", 50),
    ]


def test_provinces_stand_by_the_alphabet_and_what_has_none_last(tmp_path: Path) -> None:
    for name in "abc":
        office(tmp_path / name, one=100)

    rollup, _gathered = roll(
        tmp_path,
        "- {name: А, path: a}\n- {name: Б, path: b, province: Өмнөговь}\n- {name: В, path: c, province: Орхон}",
    )

    assert [group.name for group in account(rollup).groups["province"]] == ["Орхон", "Өмнөговь", None]


PARTS = st.lists(st.tuples(st.integers(0, 5), st.tuples(*[st.integers(0, 4)] * 6)), max_size=12)
VALUES = (100, 90, 70, 50, 30, 0)


@given(PARTS)
def test_totals_are_those_of_the_scores_one_by_one(parts: list[tuple[int, tuple[int, ...]]]) -> None:
    members, scores, own = dict[int, list[Member]](), list[int](), dict[int, list[Fraction]]()
    for number, (entry, counts) in enumerate(parts):
        of_one = [value for value, count in zip(VALUES, counts, strict=True) for _ in range(count)]
        mean = Fraction(sum(of_one), len(of_one)) if of_one else None
        pair = [mean.numerator, mean.denominator] if mean is not None else None
        part = Part([*counts, len(of_one), 0, 0, 0, 0], [sum(of_one), 1], pair, pair)
        members.setdefault(entry, []).append(Member(number, frozenset({"valid"}), part))
        scores += of_one
        if mean is not None:
            own.setdefault(entry, []).append(mean)

    running = Running()
    for of_entry in members.values():
        running.take(share_of(of_entry))
    found = running.totals(steps=6)["valid"]

    of_organisations = [sum(each) / len(each) for each in own.values()]
    assert found.pooled == running.pooled("valid") == (Fraction(sum(scores), len(scores)) if scores else None)
    assert found.means == (sum(of_organisations) / len(of_organisations) if own else None)
    assert (found.items, found.documents, found.organisations) == (len(scores), len(parts), len(members))
    assert found.levels == tuple(map(sum, zip(*(counts for _entry, counts in parts), strict=True))) or not parts


KINDS = st.sampled_from([{"valid", "on-time", "zero"}, {"valid", "approved", "zero"}, {"valid", "zero"}, {"zero"}])
"""The policies that take a document."""

TAKEN = st.lists(
    st.tuples(
        st.integers(0, 3),
        KINDS,
        st.none() | st.tuples(st.lists(st.sampled_from(VALUES), max_size=4), st.integers(0, 2)),
    ),
    max_size=10,
)
"""Documents: the organisation, who takes it, and its scores with how many are missing, None where nobody knows."""


@given(TAKEN)
def test_each_policy_counts_what_it_takes_whatever_stands_beside_it(
    documents: list[tuple[int, set[str], tuple[list[int], int] | None]],
) -> None:
    members = dict[int, list[Member]]()
    for number, (entry, kind, known) in enumerate(documents):
        part = _part(*known) if known else None
        members.setdefault(entry, []).append(Member(number, frozenset(kind), part))

    running = Running()
    for of_entry in members.values():
        running.take(share_of(of_entry))
    found = running.totals(steps=6)

    assert {name: (one.organisations, one.documents, one.pooled, one.means) for name, one in found.items()} == {
        name: _by_hand([one for one in documents if name in one[1]], zeros=name == "zero") for name in found
    }


def _part(scores: list[int], missing: int) -> Part:
    counts = [scores.count(value) for value in VALUES]
    mean, with_zeros = (
        Fraction(sum(scores), count) if count else None for count in (len(scores), len(scores) + missing)
    )
    pairs = [[one.numerator, one.denominator] if one is not None else None for one in (mean, with_zeros)]
    return Part([*counts, len(scores), 0, 0, 0, missing], [sum(scores), 1], *pairs)


def _by_hand(
    taken: list[tuple[int, set[str], tuple[list[int], int] | None]], *, zeros: bool
) -> tuple[int, int, Fraction | None, Fraction | None]:
    """Return organisations, documents, the pooled mean and the mean of means, score by score."""
    scores, own = list[int](), dict[int, list[Fraction]]()
    for entry, _kind, known in taken:
        of_one = known[0] + ([0] * known[1] if zeros else []) if known else []
        scores += of_one
        if of_one or (zeros and known is None):
            own.setdefault(entry, []).append(Fraction(sum(of_one), len(of_one) or 1))
    means = [sum(each, Fraction(0)) / len(each) for each in own.values()]
    return (
        len({entry for entry, _kind, _known in taken}),
        len(taken),
        Fraction(sum(scores), len(scores)) if scores else None,
        sum(means, Fraction(0)) / len(means) if means else None,
    )


@given(st.lists(st.fractions()))
def test_the_sum_is_exact(numbers: list[Fraction]) -> None:
    assert Fraction(*exact_sum([(one.numerator, one.denominator) for one in numbers])) == sum(numbers)


def test_no_report_is_wanted_for_a_period_before_the_decision(tmp_path: Path) -> None:
    for name, decided in (("a", "2022-12-05"), ("b", "2020-12-05")):
        office(tmp_path / name, one=100)
        (tmp_path / name / "plans/council.2023.yaml").unlink()
        plan = tmp_path / name / "plans/council.yaml"
        text = plan.read_text("utf-8").replace("        clauses:", f"        date: {decided}\n        clauses:")
        plan.write_text(text, encoding="utf-8")

    rollup, _gathered = roll(tmp_path, TWO, "period: 2020")

    assert [one.state for one in rollup.standings] == ["nothing", "missing"]
