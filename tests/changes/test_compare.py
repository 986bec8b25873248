"""Two states of a project by meaning: what is a change, what it is called, and what weakens a plan."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from approved import REPORT, approved
from approved import changed as swapped
from planctl.changes.compare import compare
from planctl.changes.effects import effects
from planctl.changes.unread import unread
from planctl.pipeline import load as load_folder
from projects import (
    MEASURE_ENTRY,
    MEASURES,
    SETTINGS,
    actuals,
    load,
    measures_project,
    programme_project,
    register,
    write,
)

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.changes.change import Change
    from projects import Files

TWO = """\
form: action-plan
id: digital
title: Цахим шилжилтийн арга хэмжээний төлөвлөгөө
year: 2025
sections:
  - title: Удирдлагын чиглэлээр
    measures:
      - {id: training, text: Цахим ур чадварын сургалт зохион байгуулах}
      - {id: wells, text: Бэлчээрт худаг гаргах}
  - title: Дэд бүтцийн чиглэлээр
    measures:
      - {id: road, text: Багийн замыг засах}
"""


SELF = "actuals: council\nperiod: 2023\nitems:\n  a: {progress: Хийсэн., self: 90}\n"
SUPERIOR = "actuals: council\nperiod: 2023\nitems:\n  a: {superior: 70}\n"


def said(change: Change) -> str:
    """Return a change as one line: kind, weakening, address, period, field, before and after."""
    head = [change.kind, *([f"!{change.weakens}"] if change.weakens else []), change.address, change.period]
    values = [] if change.before is change.after is None else [f"{change.before} -> {change.after}"]
    return " ".join(part for part in (*head, change.field, *values) if part)


def changed(folder: Path, before: Files, after: Files) -> list[str]:
    found = compare(load(folder / "before", before), load(folder / "after", after))
    return [said(change) for change in found]


def measures(old: str, new: str) -> tuple[Files, Files]:
    """Return the action plan of one measure, and the same with one text in the place of another."""
    assert old in MEASURES
    return measures_project(), measures_project(MEASURES.replace(old, new))


def entries(old: str, new: str) -> tuple[Files, Files]:
    assert old in MEASURE_ENTRY
    return measures_project(), measures_project(actuals=MEASURE_ENTRY.replace(old, new))


def plans(old: str, new: str) -> tuple[Files, Files]:
    assert old in TWO
    return {"plans/digital.yaml": TWO}, {"plans/digital.yaml": TWO.replace(old, new)}


def test_a_project_is_no_change_of_itself(tmp_path: Path) -> None:
    assert changed(tmp_path, measures_project(), measures_project()) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("text: Цахим ур чадварын сургалт зохион байгуулах", "text: Сургалт хийх", [
            "reworded digital#training text Цахим ур чадварын сургалт зохион байгуулах -> Сургалт хийх"]),
        ("target: 10", "target: 9", ["target !target-lowered digital#training indicators.0.target 10 -> 9"]),
        ("target: 10", "target: 12", ["target digital#training indicators.0.target 10 -> 12"]),
        ("target: 10", 'target: "-"', ["target !target-removed digital#training indicators.0.target 10 -> -"]),
        ("            target: 10\n", "", ["target !target-removed digital#training indicators.0.target 10 -> None"]),
        ("baseline: 8", "baseline: 7", ["baseline digital#training indicators.0.baseline 8 -> 7"]),
        ("unit: удаа", "unit: мянган удаа", ["indicator digital#training indicators.0.unit удаа -> мянган удаа"]),
        ("name: Сургалт", "name: Семинар", ["indicator digital#training indicators.0.name Сургалт -> Семинар"]),
        ("period: I-IV", "period: II", ["deadline digital#training period I-IV -> II"]),
        ("        period: I-IV\n", "", ["deadline !deadline-removed digital#training period I-IV -> None"]),
        ("        period", "        units: [legal]\n        period", ["units digital#training units None -> legal"]),
        ("        period", "        weight: 2\n        period", ["rules digital#training weight None -> 2"]),
        ("        period", "        number: 5\n        period", ["moved digital#training number None -> 5"]),
        ("        period", "        reported: false\n        period", [
            "field !taken-out-of-the-mean digital#training reported None -> false"]),
        ("year: 2025", "year: 2025\nmean: sections", ["rules digital mean None -> sections"]),
        ("title: Удирдлагын чиглэлээр", "title: Удирдлагын салбарт", [
            "reworded digital sections.0.title Удирдлагын чиглэлээр -> Удирдлагын салбарт"]),
        ("title: Цахим шилжилтийн", "notes: Шалгах\ntitle: Цахим шилжилтийн", ["field digital notes None -> Шалгах"]),
    ],
)  # fmt: skip
def test_a_change_of_a_plan_is_called_what_it_is(tmp_path: Path, old: str, new: str, told: list[str]) -> None:
    assert changed(tmp_path, *measures(old, new)) == told


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("period: I-IV", "period: I - IV улиралд"),
        ("target: 10", 'target: "10"'),
        ("        period", "        reported: true\n        period"),
        ("        period", "        extra: {}\n        period"),
        ("text: Цахим ур", "text:   Цахим  ур"),
        ("form: action-plan", "# Батлагдсан\nform: action-plan"),
    ],
)
def test_another_way_of_writing_the_same_is_formatting(tmp_path: Path, old: str, new: str) -> None:
    assert changed(tmp_path, *measures(old, new)) == [
        "formatting digital file plans/digital.yaml -> plans/digital.yaml"
    ]


def test_other_ends_of_lines_are_no_change(tmp_path: Path) -> None:
    before, after = load(tmp_path / "before", measures_project()), write(tmp_path / "after", measures_project())
    for path in after.glob("plans/*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert compare(before, load_folder(after)) == ()


def test_another_spelling_of_a_unit_is_formatting(tmp_path: Path) -> None:
    before, after = (
        {"plans/council.yaml": register(["a"], units={"a": [unit]})} for unit in ("legal", "Хуулийн мэргэжилтэн")
    )

    assert changed(tmp_path, before, after) == ["formatting council file plans/council.yaml -> plans/council.yaml"]


@pytest.mark.parametrize(
    ("indicator", "was", "now", "weakens"),
    [
        ("direction: less", "20", "25", True),
        ("direction: less", "20", "15", False),
        ("direction: hold", "20", "15", False),
        ("direction: yes-no", "тийм", "үгүй", True),
        ("direction: by-date", "2025-06-01", "2025-09-01", True),
        ("direction: by-date", "2025-09-01", "2025-06-01", False),
        ("unit: хувь", "+20%", "+10%", True),
        ("unit: хувь", "90-ээс доошгүй", "80-аас доошгүй", True),
        ("unit: хүн", "1 000", "900", True),
        ("unit: хүн", "900", "аль болох олон", True),
        ("unit: хүн", "900", "900-аас ихгүй", True),
        ("unit: хүн", "900-аас ихгүй", "900", True),
    ],
)
def test_a_target_is_lower_in_the_direction_of_its_indicator(
    tmp_path: Path, indicator: str, was: str, now: str, *, weakens: bool
) -> None:
    plan = MEASURES.replace("unit: удаа", indicator)
    before, after = (measures_project(plan.replace("target: 10", f'target: "{one}"')) for one in (was, now))

    (found,) = compare(load(tmp_path / "before", before), load(tmp_path / "after", after))

    assert bool(found.weakens) is weakens


def test_an_indicator_turned_round_lowers_a_target_that_stays(tmp_path: Path) -> None:
    plan = MEASURES.replace("unit: удаа", "unit: удаа\n            direction: less")
    before, after = measures_project(plan), measures_project(plan.replace("direction: less", "direction: more"))

    assert changed(tmp_path, before, after) == [
        "indicator !target-lowered digital#training indicators.0.direction less -> more"
    ]


def test_a_smaller_unit_lowers_a_target_that_stays(tmp_path: Path) -> None:
    plan = MEASURES.replace("unit: удаа", "unit: сая төгрөг")

    told = changed(
        tmp_path, measures_project(plan), measures_project(plan.replace("unit: сая төгрөг", "unit: мянган төгрөг"))
    )

    assert told == ["indicator !target-lowered digital#training indicators.0.unit сая төгрөг -> мянган төгрөг"]


def test_targets_of_a_programme_are_held_against_each_other_year_by_year(tmp_path: Path) -> None:
    before = programme_project()
    plan = before["plans/makers.yaml"]
    new = plan.replace("2025: 199", "2025: 190").replace("{2024: 85, 2025: 95}", "{2024: 90}")

    assert changed(tmp_path, before, {**before, "plans/makers.yaml": new}) == [
        "target !target-lowered makers#sales targets.2025 199 -> 190",
        "target !target-removed makers#fairs parts.1.targets.2025 95 -> None",
        "target makers#fairs parts.1.targets.2024 85 -> 90",
    ]


@pytest.mark.parametrize(
    ("was", "now", "weakening"),
    [
        ("2023-06-01", "2023-09-01", "!deadline-later "),
        ("2023-09-01", "2023-06-01", ""),
        ("I", "II", "!deadline-later "),
    ],
)
def test_a_later_deadline_weakens_and_an_earlier_one_does_not(
    tmp_path: Path, was: str, now: str, weakening: str
) -> None:
    before, after = (measures_project(MEASURES.replace("period: I-IV", f"period: {one}")) for one in (was, now))

    assert changed(tmp_path, before, after) == [f"deadline {weakening}digital#training period {was} -> {now}"]


# Parts


def test_an_added_measure_is_added_and_moves_no_other(tmp_path: Path) -> None:
    new = "      - {id: park, text: Цэцэрлэгт хүрээлэн байгуулах}\n      - {id: training,"

    assert changed(tmp_path, *plans("      - {id: training,", new)) == [
        "added digital#park sections.0.measures.0 None -> Цэцэрлэгт хүрээлэн байгуулах".replace(
            "sections.0.measures.0 ", ""
        )
    ]


def test_a_removed_measure_weakens_the_plan(tmp_path: Path) -> None:
    told = changed(tmp_path, *plans("      - {id: wells, text: Бэлчээрт худаг гаргах}\n", ""))

    assert told == ["removed !measure-removed digital#wells Бэлчээрт худаг гаргах -> None"]


def test_the_last_row_put_first_is_the_only_one_that_moved(tmp_path: Path) -> None:
    ids = [f"c{number}" for number in range(9)]
    before = {"plans/council.yaml": register(ids)}

    told = changed(tmp_path, before, {"plans/council.yaml": register([ids[-1], *ids[:-1]])})

    assert told == ["moved council#c8 order 9 -> 1"]


def test_a_measure_in_another_section_moved_there(tmp_path: Path) -> None:
    row = "      - {id: wells, text: Бэлчээрт худаг гаргах}\n"
    before = {"plans/digital.yaml": TWO}

    told = changed(tmp_path, before, {"plans/digital.yaml": TWO.replace(row, "") + row})

    assert told == ["moved digital#wells section Удирдлагын чиглэлээр -> Дэд бүтцийн чиглэлээр"]


def test_an_id_that_is_called_otherwise_is_renamed_in_the_plan_and_its_report(tmp_path: Path) -> None:
    before = measures_project()
    after = {path: text.replace("training", "courses") for path, text in before.items()}

    assert changed(tmp_path, before, after) == ["renamed digital#courses id training -> courses"]


def test_a_renamed_id_is_known_by_nearly_the_same_words(tmp_path: Path) -> None:
    words = "Цахим ур чадварын сургалт зохион байгуулах"
    told = changed(
        tmp_path,
        *measures("id: training\n        text: Цахим ур", "id: courses\n        text: Албан хаагчдын цахим ур"),
    )

    assert told[:2] == [
        "renamed digital#courses id training -> courses",
        f"reworded digital#courses text {words} -> Албан хаагчдын ц{words[1:]}",
    ]


def test_of_two_candidates_none_is_taken_for_the_renamed_one(tmp_path: Path) -> None:
    before, after = ({"plans/council.yaml": register(ids)} for ids in (["a"], ["b", "c"]))

    told = changed(tmp_path, before, after)

    assert [line.split(" ")[0] for line in told] == ["removed", "added", "added"]


def test_a_renamed_file_and_a_renamed_document_are_known_again(tmp_path: Path) -> None:
    told = changed(tmp_path, {"plans/digital.yaml": TWO}, {"plans/it.yaml": TWO.replace("id: digital", "id: it")})

    assert told == ["renamed it id digital -> it", "renamed it file plans/digital.yaml -> plans/it.yaml"]


ROAD = "      - {id: road, text: Багийн замыг засах}\n"
OTHER = """\
form: action-plan
id: roads
title: Замын төлөвлөгөө
year: 2025
sections:
  - title: Зам
    measures:
      - {id: bridge, text: Гүүр барих}
"""


def test_a_measure_that_stands_in_another_document_moved_there(tmp_path: Path) -> None:
    before = {"plans/digital.yaml": TWO, "plans/roads.yaml": OTHER}
    after = {"plans/digital.yaml": TWO.replace(ROAD, "      []\n"), "plans/roads.yaml": OTHER + ROAD}

    assert changed(tmp_path, before, after) == ["moved roads#road document digital#road -> roads#road"]


def test_a_measure_that_is_weaker_in_another_document_was_removed(tmp_path: Path) -> None:
    before = {"plans/digital.yaml": TWO, "plans/roads.yaml": OTHER}
    later = ROAD.replace("}", ", period: IV}")
    after = {"plans/digital.yaml": TWO.replace(ROAD, "      []\n"), "plans/roads.yaml": OTHER + later}

    assert changed(tmp_path, before, after) == [
        "removed !measure-removed digital#road Багийн замыг засах -> None",
        "added roads#road None -> Багийн замыг засах",
    ]


def test_a_removed_document_comes_with_all_its_measures(tmp_path: Path) -> None:
    assert changed(tmp_path, {"plans/digital.yaml": TWO}, {}) == [
        "removed !measure-removed digital Цахим шилжилтийн арга хэмжээний төлөвлөгөө -> None",
        "removed !measure-removed digital#training Цахим ур чадварын сургалт зохион байгуулах -> None",
        "removed !measure-removed digital#wells Бэлчээрт худаг гаргах -> None",
        "removed !measure-removed digital#road Багийн замыг засах -> None",
        "removed digital sections.0 Удирдлагын чиглэлээр -> None",
        "removed digital sections.1 Дэд бүтцийн чиглэлээр -> None",
    ]


# Reports


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("self: 100", "self: 90", ["score digital#training 2025 self 100 -> 90"]),
        ("self: 100", "superior: 70\n    self: 100", ["score digital#training 2025 superior None -> 70"]),
        ("    self: 100\n", "", ["score !taken-out-of-the-mean digital#training 2025 self 100 -> None"]),
        ("self: 100", "state: not-due", ["state !taken-out-of-the-mean digital#training 2025 state None -> not-due",
            "score digital#training 2025 self 100 -> None"]),
        ("reached: 10", "reached: 9", ["reached digital#training 2025 reached 10 -> 9"]),
        ("self: 100", "self: 100\n    evidence: [{file: plans/digital.yaml}]", [
            "evidence digital#training 2025 evidence.0 None -> file: plans/digital.yaml"]),
        ("period: 2025", "period: 2025\ndate: 2025-12-20", ["field digital 2025 date None -> 2025-12-20"]),
    ],
)  # fmt: skip
def test_a_change_of_a_report_is_called_what_it_is(tmp_path: Path, old: str, new: str, told: list[str]) -> None:
    assert changed(tmp_path, *entries(old, new)) == told


@pytest.mark.parametrize(("old", "new"), [("self: 100", "self: 100%"), ("reached: 10", "reached: {'': 10}")])
def test_another_way_of_writing_a_score_or_value_is_formatting(tmp_path: Path, old: str, new: str) -> None:
    told = changed(tmp_path, *entries(old, new))

    assert told == ["formatting digital 2025 file plans/digital.2025.yaml -> plans/digital.2025.yaml"]


@pytest.mark.parametrize(
    ("more", "weakening"),
    [("", "!score-without-grounds "), ("reached: 9, ", ""), ("evidence: [{url: 'https://zalaa.example/1'}], ", "")],
)
def test_a_higher_score_needs_something_new(tmp_path: Path, more: str, weakening: str) -> None:
    before = measures_project(actuals=actuals({"training": "progress: Хийв., self: 70"}, plan="digital", period="2025"))
    entry = {"training": f"progress: Хийв., {more}self: 100"}
    after = measures_project(actuals=actuals(entry, plan="digital", period="2025"))

    assert f"score {weakening}digital#training 2025 self 70 -> 100" in changed(tmp_path, before, after)


def test_words_taken_out_or_put_elsewhere_are_no_ground_for_a_higher_score(tmp_path: Path) -> None:
    before, after = (
        measures_project(actuals=actuals({"training": entry}, plan="digital", period="2025"))
        for entry in ("progress: Гурван багт сургалт хийв., self: 70", "progress: Сургалт хийв гурван., self: 100")
    )

    assert changed(tmp_path, before, after)[0] == "score !score-without-grounds digital#training 2025 self 70 -> 100"


def test_a_proof_that_is_gone_weakens_and_one_in_its_place_does_not(tmp_path: Path) -> None:
    plan, told = {"plans/council.yaml": register(["a"])}, []
    for number, evidence in enumerate(("", ", evidence: [{url: 'https://zalaa.example/2'}]")):
        before, after = (
            {**plan, "plans/council.2023.yaml": actuals({"a": f"progress: Хийв.{one}"})}
            for one in (", evidence: [{url: 'https://zalaa.example/1'}]", evidence)
        )
        told += changed(tmp_path / str(number), before, after)

    assert told == [
        "evidence !evidence-removed council#a 2023 evidence.0 url: https://zalaa.example/1 -> None",
        "evidence council#a 2023 evidence.0.url https://zalaa.example/1 -> https://zalaa.example/2",
    ]


def test_the_first_report_of_a_period_is_added_with_all_that_it_says(tmp_path: Path) -> None:
    plan = {"plans/council.yaml": register(["a"])}

    told = changed(tmp_path, plan, {**plan, "plans/council.2023.yaml": actuals({"a": "progress: Хийв., self: 90"})})

    assert told == [
        "added council 2023 None -> plans/council.2023.yaml",
        "progress council#a 2023 progress None -> Хийв.",
        "score council#a 2023 self None -> 90",
    ]


# The project


@pytest.mark.parametrize(("entry", "weakening"), [("self: 90", "!taken-out-of-the-mean "), ("progress: Хийв.", "")])
def test_a_report_that_is_gone_weakens_where_it_held_scores(tmp_path: Path, entry: str, weakening: str) -> None:
    plan = {"plans/council.yaml": register(["a"])}
    report = {"plans/council.2023.yaml": f"actuals: council\nperiod: 2023\nitems:\n  a: {{{entry}}}\n"}

    (first, *_entries) = changed(tmp_path, {**plan, **report}, plan)

    assert first == f"removed {weakening}council 2023 plans/council.2023.yaml -> None"


def test_a_unit_that_is_called_otherwise_is_renamed_everywhere(tmp_path: Path) -> None:
    entry = {"plans/council.2023.yaml": SELF}
    before = {"planctl.yaml": SETTINGS, "plans/council.yaml": register(["a"], units={"a": ["legal"]}), **entry}
    after = {path: text.replace("legal", "law") for path, text in before.items()}
    spelt = {**after, "planctl.yaml": after["planctl.yaml"].replace("[Хуулийн", "[Хууль, Хуулийн")}
    states = load(tmp_path / "before", before), load(tmp_path / "after", after)

    assert [said(one) for one in compare(*states)] == [
        "renamed units.law legal -> law",
        "formatting council file plans/council.yaml -> plans/council.yaml",
    ]
    assert effects(*states, ()) == ()
    assert [said(one) for one in compare(states[0], load(tmp_path / "spelt", spelt))][:2] == [
        "renamed units.law legal -> law",
        "units units.law.other_names Хуулийн мэргэжилтэн -> Хууль, Хуулийн мэргэжилтэн",
    ]


def test_of_two_units_of_one_name_none_is_taken_for_the_renamed_one(tmp_path: Path) -> None:
    two = SETTINGS.replace("legal:", "law:").replace("Санхүүгийн алба", "Хууль, эрх зүйн мэргэжилтэн")
    plan = {"plans/council.yaml": register(["a"], units={"a": ["finance"]})}
    before, after = load(tmp_path / "before", plan), load(tmp_path / "after", {**plan, "planctl.yaml": two})

    assert "renamed" not in {one.kind for one in compare(before, after)}


def test_settings_scales_and_records_are_changes_of_the_project(tmp_path: Path) -> None:
    scale = "rubric: own\nversions:\n  - from: 2020-01-01\n    source: Дүрэм\n    levels: []\n"
    before = {"planctl.yaml": SETTINGS, "rubrics/own.yaml": scale}
    after = {
        "planctl.yaml": SETTINGS.replace("Санхүүгийн алба", "Санхүүгийн хэлтэс") + "rounding: 2\n",
        "rubrics/own.yaml": scale.replace("Дүрэм", "Журам"),
        "approvals/one.yaml": "approval: one\n",
    }

    assert changed(tmp_path, before, after) == [
        "added file None -> approvals/one.yaml",
        "units units.finance.name Санхүүгийн алба -> Санхүүгийн хэлтэс",
        "rules rounding None -> 2",
        "rules versions.0.source Дүрэм -> Журам",
    ]


def test_what_cannot_be_read_in_one_state_is_neither_added_nor_removed(tmp_path: Path) -> None:
    good = {**measures_project(), "plans/council.yaml": register(["a"])}
    bad = {
        **good,
        "plans/digital.yaml": MEASURES.replace("form:", "forms:"),
        "plans/council.yaml": register(["a", "b"]),
    }
    before, after = load(tmp_path / "before", bad), load(tmp_path / "after", good)

    assert [said(change) for change in compare(before, after)] == [
        "removed !measure-removed council#b Ажлыг зохион байгуулах -> None"
    ]
    assert [(one.state, one.path, one.whole) for one in unread(before, after)] == [
        ("before", "plans/digital.yaml", True)
    ]


@pytest.mark.parametrize("lost", ["plans/council.2023.self.yaml", "plans/council.2023.superior.yaml"])
@pytest.mark.parametrize("text", ["items: [\n", "actuals: council\nperiod: 2023\nitems: [\n"])
def test_of_a_period_in_two_files_only_what_can_be_read_in_both_states_is_compared(
    tmp_path: Path, lost: str, text: str
) -> None:
    files = {"plans/council.yaml": register(["a"])}
    reports = {"plans/council.2023.self.yaml": SELF, "plans/council.2023.superior.yaml": SUPERIOR}
    good, bad = load(tmp_path / "good", {**files, **reports}), load(tmp_path / "bad", {**files, **reports, lost: text})
    back = {path: report.replace("0}", "5}") for path, report in reports.items()} | {lost: text}
    changed_too = load(tmp_path / "changed", {**files, **back})

    assert (compare(good, bad), compare(bad, good)) == ((), ())
    assert (effects(good, bad, ()), effects(bad, good, ())) == ((), ())
    assert [one.kind for one in compare(good, changed_too)] == ["score"]


def test_a_report_in_a_file_that_cannot_be_read_moved_no_mean(tmp_path: Path) -> None:
    good = {"plans/council.yaml": register(["a"]), "plans/council.2023.yaml": SELF}
    before = load(tmp_path / "before", good)
    after = load(tmp_path / "after", {**good, "plans/council.yaml": "form: [\n"})

    assert (effects(before, after, ()), effects(after, before, ())) == ((), ())


def test_what_is_not_as_approved_was_compared_all_the_same(tmp_path: Path) -> None:
    files = approved(tmp_path / "approved")
    lower = swapped(files, REPORT, ("self: 100", "self: 90"))
    before, after = load(tmp_path / "before", files), load(tmp_path / "after", lower)

    assert [one.code for one in after.findings if one.is_error] == ["approved-score-fell"]
    assert ([one.kind for one in compare(before, after)], unread(before, after)) == (["score"], ())


def test_a_file_that_is_as_wrong_as_before_is_not_named(tmp_path: Path) -> None:
    broken = {"plans/council.yaml": register(["a", "a"]), "plans/lost.yaml": "to: nobody\n"}
    before = load(tmp_path / "before", broken)
    after = load(tmp_path / "after", {**broken, **measures_project()})

    assert unread(before, after) == ()


def test_a_file_with_conflict_markers_is_named_and_compared_as_far_as_it_goes(tmp_path: Path) -> None:
    after = measures_project(f"<<<<<<< HEAD\n{MEASURES}".replace("target: 10", "target: 9"))
    states = load(tmp_path / "before", measures_project()), load(tmp_path / "after", after)

    assert [said(change) for change in compare(*states)] == [
        "target !target-lowered digital#training indicators.0.target 10 -> 9"
    ]
    assert [(one.state, one.path, one.whole) for one in unread(*states)] == [("after", "plans/digital.yaml", False)]


def test_a_project_that_begins_adds_everything(tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    told = changed(tmp_path, {}, {"plans/council.yaml": dedent(register(["a"]))})

    assert [line.split(" ")[0] for line in told] == ["added"] * 4
