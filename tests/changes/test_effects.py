"""What changes did to the scores: worked examples, in counts and points."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from states import SETTINGS, own_rubric, state

from planctl.changes.change import Change, Kind
from planctl.changes.compare import compare
from planctl.changes.effects import effects

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planctl.changes.effect import Effect


def plan(sections: Mapping[str, Iterable[dict[str, Any]]], **rules: object) -> dict[str, Any]:
    """Return an action plan of sections by title."""
    return {
        "form": "action-plan",
        "id": "plan",
        "title": "Төлөвлөгөө",
        "year": 2025,
        **rules,
        "sections": [{"title": title, "measures": list(held)} for title, held in sections.items()],
    }


def measure(id_: str, **more: object) -> dict[str, Any]:
    return {"id": id_, "text": f"Ажил {id_}", **more}


def files(plan: dict[str, Any], entries: Mapping[str, object], **more: object) -> dict[str, Any]:
    """Return a project of one plan and 2025; an entry that is a number is the office's own score."""
    items = {id_: {"self": entry} if isinstance(entry, int) else entry for id_, entry in entries.items()}
    actuals = {"actuals": "plan", "period": 2025, "items": items}
    return {"planctl.yaml": SETTINGS, "plans/plan.yaml": plan, "plans/actuals.yaml": actuals, **more}


def score(id_: str, evaluation: Any = "self") -> Change:
    return Change(Kind.SCORE, "plan", id_, "2025", field=evaluation, evaluation=evaluation)


def added(id_: str) -> Change:
    return Change(Kind.ADDED, "plan", id_)


def told(found: Iterable[Effect]) -> list[str]:
    """Return effects as lines: `document: 3/3 90 → 4/4 80: a -10`."""
    return [f"{one.level} {one.key}: {_side(one.before)} → {_side(one.after)}{_why(one)}" for one in found]


def _side(tally: Any) -> str:
    return f"{tally.scored}/{tally.items} {tally.mean}" if tally else "nothing"


def _why(effect: Effect) -> str:
    parts = (f"{'+'.join(f'{one.kind} {one.item}' for one in part.changes)} {part.points}" for part in effect.because)
    return "".join(f"; {part}" for part in parts)


THREE = plan({"Нэг": [measure("a"), measure("b")], "Хоёр": [measure("c")]})


def test_a_raised_score_moves_its_item_its_section_its_unit_and_the_document() -> None:
    before = state(files(THREE, {"a": 70, "b": 100, "c": 30}))
    after = state(files(THREE, {"a": 100, "b": 100, "c": 30}))

    assert told(effects(before, after, (score("b"), score("a"), score("a", "superior")))) == [
        "document : 3/3 200/3 → 3/3 230/3; score a 10",
        "section 1. Нэг: 2/2 85 → 2/2 100; score a 15",
        "unit : 3/3 200/3 → 3/3 230/3; score a 10",
        "item a: 1/1 70 → 1/1 100; score a 30",
    ]


def test_an_added_item_moves_the_mean_by_its_distance_from_it() -> None:
    before = state(files(plan({"Нэг": [measure("a")]}), {"a": 90}))
    after = state(files(plan({"Нэг": [measure("a"), measure("b")]}), {"a": 100, "b": 50}))

    (whole, *_parts) = effects(before, after, (added("b"), score("a"), score("b")))

    # The mean of 90 and 75 is 82.5, that of 1 and 2 items 1.5: b brings (50 - 82.5) / 1.5, a 10 / 1.5.
    assert told([whole]) == ["document : 1/1 90 → 2/2 75; added b+score b -65/3; score a 20/3"]
    assert whole.movement == Fraction(-15)


def test_counts_that_changed_are_told_where_the_mean_stayed() -> None:
    before = state(files(THREE, {"a": 70}))
    after = state(files(THREE, {"a": 70, "c": {"state": "not-due", "reason": "Дараа жил"}}))

    found = effects(before, after, (Change(Kind.STATE, "plan", "c", "2025", "state"),))

    assert [(one.level, one.key, one.because, one.movement) for one in found] == [
        ("document", "", (), 0),
        ("section", "2. Хоёр", (), None),
        ("unit", "", (), 0),
        ("item", "c", (), None),
    ]


def test_movements_that_cancel_each_other_are_told() -> None:
    before, after = state(files(THREE, {"a": 70, "b": 90})), state(files(THREE, {"a": 90, "b": 70}))

    (whole, *_parts) = effects(before, after, (score("a"), score("b")))

    assert told([whole]) == ["document : 2/3 80 → 2/3 80; score a 10; score b -10"]


def test_a_weighted_item_counts_as_often_as_it_weighs_and_a_weight_moves_too() -> None:
    def weighing(weight: int) -> dict[str, Any]:
        return plan({"Нэг": [measure("a", weight=weight), measure("b", weight=1)]}, weighted=True)

    before = state(files(weighing(1), {"a": 100, "b": 50}))
    after = state(files(weighing(3), {"a": 100, "b": 50}))

    (whole, *_parts) = effects(before, after, (Change(Kind.RULES, "plan", "a", field="weight"), score("a")))

    assert told([whole]) == ["document : 2/2 75 → 2/2 175/2; rules a 25/2"]


def test_in_a_mean_of_section_means_a_section_hands_its_share_on_to_its_items() -> None:
    rules = {"mean": "sections"}
    before = plan({"Нэг": [measure("a"), measure("b")], "Хоёр": [measure("c")]}, **rules)
    after = plan({"Нэг": [measure("a"), measure("b")], "Хоёр": [measure("c")], "Гурав": [measure("d")]}, **rules)
    was, now = {"a": 70, "b": 100, "c": 30}, {"a": 100, "b": 100, "c": 30, "d": 80}

    (whole, *_parts) = effects(state(files(before, was)), state(files(after, now)), (score("a"), added("d")))

    # From (85 + 30) / 2 to (100 + 30 + 80) / 3: the middle is 63.75, there were 2.5 sections on average.
    assert told([whole]) == ["document : 3/3 115/2 → 4/4 70; added d 13/2; score a 6"]


def test_an_item_in_another_section_moves_both_and_a_pooled_mean_not_at_all() -> None:
    before = plan({"Нэг": [measure("a"), measure("b")], "Хоёр": [measure("c")]})
    after = plan({"Нэг": [measure("a")], "Хоёр": [measure("c"), measure("b")]})
    scores = {"a": 70, "b": 90, "c": 50}

    found = effects(state(files(before, scores)), state(files(after, scores)), (Change(Kind.MOVED, "plan", "b"),))

    assert told(found) == [
        "section 1. Нэг: 2/2 80 → 1/1 70; moved b -10",
        "section 2. Хоёр: 1/1 50 → 2/2 70; moved b 20",
    ]


def test_a_renamed_section_is_still_the_same() -> None:
    before = state(files(plan({"Нэг": [measure("a")], "Хоёр": [measure("b")]}), {"a": 70, "b": 50}))
    after = state(files(plan({"Гурав": [measure("c")], "Хоёрдугаар": [measure("b")]}), {"c": 70, "b": 60}))

    found = [one for one in effects(before, after, (score("b"),)) if one.level == "section"]

    assert told(found) == [
        "section 1. Гурав: nothing → 1/1 70",
        "section 2. Хоёрдугаар: 1/1 50 → 1/1 60; score b 10",
        "section 1. Нэг: 1/1 70 → nothing",
    ]


def test_an_item_in_another_document_moves_both() -> None:
    def two(first: Iterable[str], second: Iterable[str]) -> dict[str, Any]:
        found: dict[str, Any] = {"planctl.yaml": SETTINGS}
        for id_, held in (("plan", first), ("other", second)):
            found[f"plans/{id_}.yaml"] = plan({"Нэг": [measure(one, units=["legal"]) for one in held]}) | {"id": id_}
            scores = {one: {"self": {"a": 90, "b": 50, "c": 70}[one]} for one in held}
            found[f"plans/{id_}.2025.yaml"] = {"actuals": id_, "period": 2025, "items": scores}
        return found

    before, after = state(two("ab", "c")), state(two("a", "bc"))

    found = effects(before, after, compare(before, after))

    assert [(one.document, *told([one])) for one in found if one.level in {"document", "unit"}] == [
        ("other", "document : 1/1 70 → 2/2 60; moved b+score b -10"),
        ("other", "unit legal: 1/1 70 → 2/2 60; moved b+score b -10"),
        ("plan", "document : 2/2 70 → 1/1 90; moved b 20"),
        ("plan", "unit legal: 2/2 70 → 1/1 90; moved b 20"),
    ]


def test_a_unit_that_hands_an_item_on_loses_its_score() -> None:
    before = plan({"Нэг": [measure("a", units=["legal"]), measure("b", units=["legal", "finance"])]})
    after = plan({"Нэг": [measure("a", units=["legal"]), measure("b", units=["finance"])]})
    scores = {"a": 100, "b": 50}

    found = effects(state(files(before, scores)), state(files(after, scores)), (Change(Kind.UNITS, "plan", "b"),))

    assert told(found) == ["unit legal: 2/2 75 → 1/1 100; units b 25"]


MEASURED = {"indicators": [{"name": "Сургалт", "baseline": 1, "target": 10}]}


def test_what_a_computed_score_is_made_of_moved_it() -> None:
    computed = plan({"Нэг": [measure("a", **MEASURED)]}, scoring="computed", rubric="percent")
    before, after = (state(files(computed, {"a": {"reached": value}})) for value in (5, 8))

    (whole, *_parts) = effects(before, after, (Change(Kind.REACHED, "plan", "a", "2025"), score("a", "superior")))

    assert told([whole]) == ["document : 1/1 50 → 1/1 80; reached a 30"]


def test_rules_and_contents_move_apart_and_add_up() -> None:
    computed = plan({"Нэг": [measure("a", **MEASURED)]}, scoring="computed", rubric="own")
    rubrics = (own_rubric([(0, 30), (50, 70)]), own_rubric([(0, 30), (80, 100)]))
    before = state(files(computed, {"a": {"reached": 4}}, **{"rubrics/own.yaml": rubrics[0]}))
    after = state(files(computed, {"a": {"reached": 8}}, **{"rubrics/own.yaml": rubrics[1]}))

    found = effects(before, after, compare(before, after))

    # By the thresholds of then, 80 per cent would have come to 70.
    assert told(found)[0] == "document : 1/1 30 → 1/1 100; reached a 40; rules +rules  30"
    assert told(found)[-1] == "item a: 1/1 30 → 1/1 100; reached a 40; rules +rules  30"


def test_where_the_rules_of_then_give_no_score_those_of_now_come_first() -> None:
    held = {"Нэг": [measure("a", **MEASURED)]}
    given, computed = (plan(held, scoring=scoring, rubric="percent") for scoring in ("given", "computed"))
    before, after = state(files(given, {"a": 90})), state(files(computed, {"a": {"reached": 8}}))
    changes = (Change(Kind.RULES, "plan", field="scoring"), Change(Kind.REACHED, "plan", "a", "2025"), score("a"))

    (whole, *_parts) = effects(before, after, changes)

    assert told([whole]) == ["document : 1/1 90 → 1/1 80; reached a+score a -10"]


def test_an_evaluation_that_begins_and_a_plan_that_goes_are_counted_and_moved_nothing() -> None:
    both = files(THREE, {"a": {"self": 70, "superior": 90}})
    begun = effects(state(files(THREE, {"a": 70})), state(both), (score("a", "superior"),))
    gone = effects(state(both), state({"planctl.yaml": SETTINGS}), ())

    assert told(begun) == [
        "document : nothing → 1/3 90",
        "section 1. Нэг: nothing → 1/2 90",
        "section 2. Хоёр: nothing → 0/1 None",
        "unit : nothing → 1/3 90",
        "item a: nothing → 1/1 90",
    ]
    assert {(one.after, one.because) for one in gone} == {(None, ())}
    assert {one.evaluation for one in gone} == {"self", "superior"}


def test_a_renamed_plan_and_a_renamed_item_go_on() -> None:
    renamed = {**plan({"Нэг": [measure("z")]}), "id": "new"}
    after = files(renamed, {})
    after["plans/actuals.yaml"] = {"actuals": "new", "period": 2025, "items": {"z": {"self": 90}}}
    changes = (
        Change(Kind.RENAMED, "new", field="id", before="plan", after="new"),
        Change(Kind.RENAMED, "new", "z", field="id", before="a", after="z"),
        Change(Kind.SCORE, "new", "z", "2025", evaluation="self"),
    )

    (whole, *_parts) = effects(state(files(plan({"Нэг": [measure("a")]}), {"a": 70})), state(after), changes)

    assert (whole.document, told([whole])) == ("new", ["document : 1/1 70 → 1/1 90; score z 20"])


def test_a_table_of_its_own_moves_no_mean_but_its_own() -> None:
    performance = {
        "form": "performance-plan",
        "id": "plan",
        "title": "Гүйцэтгэлийн төлөвлөгөө",
        "year": 2025,
        "mean": "sections",
        "goals": [
            {
                "number": "1",
                "title": "Зорилго",
                "objectives": [{"number": "1.1", "title": "Зорилт", "measures": [measure("a")]}],
            }
        ],
        "skills": [measure("b")],
    }
    before, after = state(files(performance, {"a": 70, "b": 50})), state(files(performance, {"a": 70, "b": 90}))

    found = effects(before, after, (score("b"),))

    assert {one.level: one.movement for one in found} == {"section": Fraction(40), "item": Fraction(40)}


def test_what_nobody_named_is_said_to_have_no_name() -> None:
    before, after = state(files(THREE, {"a": 70})), state(files(THREE, {"a": 90}))

    (whole, *_parts) = effects(before, after, ())

    assert told([whole]) == ["document : 1/3 70 → 1/3 90;  20"]
