"""`planctl rollup` as people meet it: tables, files, findings and exit codes."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from organisations import office, write_list
from planctl.cache.store import UNUSED_DAYS
from planctl.cli import rollup
from planctl.render.page_text import shown_lines
from repositories import Scratch
from running import OFFICE, Ran

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_NO_PLACE = "“Говь сум” has no place, or two: it takes either `path:` or `git:`; it is left out"
TWO = """
- {name: Залаа сум, province: Төв, path: a}
- {name: Булаг сум, province: Увс, path: b}
"""


def two(folder: Path, more: str = "", head: str = "period: 2023") -> Path:
    """Write two organisations, of which one reported on the year before too, and a list of them."""
    office(folder / "a", one="100 / 70", two="70 / 70")
    office(folder / "a", period="2022", one=50, two=50)
    office(folder / "b", one=0)
    return write_list(folder, TWO + more, head)


def test_the_terminal_shows_states_totals_provinces_and_the_ranking(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    two(tmp_path)

    ran = planctl("rollup", "list.yaml", cwd=tmp_path)

    assert (ran.code, ran.err) == (0, "")
    assert (
        ran.out
        == """\
2023, compared with 2022: 2 reports are valid, not approved: 2

Scale of implementation (mn-2020), self
counted            organisations  reports  items  pooled  mean of means
all valid reports              2        2      3    56,7           42,5
approved only                  -        -      -       -              -
in time only                   2        2      3    56,7           42,5
missing as 0                   2        2      3    56,7           42,5

   province  organisations  reports  items  pooled  mean of means  change
1  Төв                   1        1      2    85,0           85,0   +35,0
2  Увс                   1        1      1     0,0            0,0       -

   organisation  province  mean  change  places
1  Залаа сум     Төв       85,0   +35,0       0
2  Булаг сум     Увс        0,0       -       -
ranked for 2022 too: 1 of 2; changes are from what was counted then
"""
    )


def test_the_superior_bodys_evaluation_is_shown_where_it_is_asked_for(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    two(tmp_path)

    ran = planctl("rollup", "list.yaml", "--evaluation", "superior", cwd=tmp_path)

    assert "all valid reports              1        1      2    70,0           70,0" in ran.out


@pytest.mark.parametrize("lang", ["en", "mn"])
def test_no_line_of_the_terminal_is_longer_than_80_columns(
    planctl: Callable[..., Ran], tmp_path: Path, lang: str
) -> None:
    for at in range(25):
        office(tmp_path / f"o{at}", one=100 if at % 2 else 50)
    long = "Байгаль орчин, уур амьсгалын өөрчлөлтийн асуудал эрхэлсэн агентлаг"
    organisations = "\n".join(f"- {{name: '{long} {at}', province: Баян-Өлгий, path: o{at}}}" for at in range(25))
    write_list(tmp_path, organisations)

    ran = planctl("rollup", "list.yaml", cwd=tmp_path, lang=lang)

    assert max(map(len, ran.out.splitlines())) <= 80
    assert "…" in ran.out


def test_files_are_written_by_their_endings_and_json_goes_to_standard_output(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    two(tmp_path)
    names = ("r.json", "r.csv", "r.xlsx", "r.html")
    outs = [part for name in names for part in ("--out", name)]

    ran = planctl("rollup", "list.yaml", "--format", "json", *outs, cwd=tmp_path)

    assert ran.code == 0
    assert ran.err.splitlines() == [f"wrote {name}" for name in names]
    assert json.loads(ran.out) == json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert all((tmp_path / name).stat().st_size for name in names)


def test_another_period_is_counted_where_it_is_asked_for(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    two(tmp_path, head="period: 2023\ndue: 2023-12-20")

    told = json.loads(planctl("rollup", "list.yaml", "--period", "2022", "--format", "json", cwd=tmp_path).out)

    assert (told["period"], told["compared_with"], told["states"]["valid"]) == ("2022", "2021", 1)
    assert {one["due"] for one in told["documents"]} == {None}


def test_a_fault_in_the_list_is_a_finding_and_the_others_are_counted(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    two(tmp_path, "- {name: Говь сум, province: Төв}\n- {name: Бат сум, path: ./a}")

    ran = planctl("rollup", "list.yaml", "--format", "json", cwd=tmp_path)

    assert ran.code == 1
    assert [line.partition(": error: ")[::2] for line in ran.err.splitlines() if not line.startswith(" ")] == [
        ("list.yaml:6:5", f"organisation-without-place: {_NO_PLACE}"),
        (
            "list.yaml:7:5",
            "same-project-twice: this project is that of the organisation in line 4; this one is left out",
        ),
    ]
    assert json.loads(ran.out)["organisations"] == 2


@pytest.mark.parametrize(("options", "code"), [((), 0), (("--strict",), 1)])
def test_an_organisation_that_cannot_be_read_fails_only_where_that_is_asked_for(
    planctl: Callable[..., Ran], tmp_path: Path, options: tuple[str, ...], code: int
) -> None:
    two(tmp_path, "- {name: Говь сум, path: nowhere}")

    ran = planctl("rollup", "list.yaml", *options, cwd=tmp_path)

    assert ran.code == code
    assert ran.out.startswith("2023, compared with 2022: 2 reports are valid, 1 cannot be read, not approved: 2")


def test_why_an_organisation_cannot_be_read_is_a_warning_with_its_line_and_the_fix(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    lost = (
        "- {name: Говь сум, path: nowhere}",
        "- {name: Бат сум, path: empty}",
        "- {name: Хан сум, git: {repository: nowhere}}",
        "- {name: ___, path: ___}",
        "- {name: ___, git: {repository: ___}}",
    )
    (tmp_path / "empty").mkdir()
    two(tmp_path, "\n".join(lost))

    ran = planctl("rollup", "list.yaml", cwd=tmp_path)

    way = "it leads from the list's own folder to the one that holds planctl.yaml"
    blank = ["warning: unfilled-blank: a blank was not filled in: “___”", "    write what belongs there"]
    assert ran.code == 0
    lines = [line.partition(" ")[2] if line[0] == "l" else line for line in ran.err.splitlines()]
    assert [line.split(": warning")[0] for line in ran.err.splitlines()[::2]] == [
        *(f"list.yaml:{place}" for place in ("9:12", "9:23", "10:12", "10:35")),
        *(f"list.yaml:{place}" for place in ("6:28", "7:27", "8:26")),
    ]
    assert lines[:12] == [
        *(blank * 4),
        "warning: organisation-unreadable: “Говь сум” cannot be read: there is no folder nowhere",
        f"    correct `path: nowhere`: {way}",
        "warning: organisation-unreadable: “Бат сум” cannot be read: empty is no project: it has no planctl.yaml",
        f"    correct `path: empty`: {way}",
    ]
    assert lines[12].startswith("warning: organisation-unreadable: “Хан сум” cannot be read: ")
    assert lines[13].startswith("    correct `git:`; ")


def test_strict_is_satisfied_where_every_report_is_valid(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    two(tmp_path)

    assert planctl("rollup", "list.yaml", "--strict", cwd=tmp_path).code == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "list.yaml:1:1: error: file-empty"),
        ("rollup: 1\nperiod: 2023\n", "list.yaml:1:1: error: missing-key"),
        ("rollup: 1\nperiod: 2023\norganisations: []\n", "list.yaml:3:16: error: empty-value"),
        ("a: [\n", "list.yaml:"),
        ("\x00", "list.yaml:1:1: error: "),
        ("form: resolutions\nid: a\n", "list.yaml:1:1: error: missing-key"),
    ],
    ids=range(6),
)
def test_a_file_that_is_no_list_is_a_finding(planctl: Callable[..., Ran], tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "list.yaml").write_text(text, encoding="utf-8")

    ran = planctl("rollup", "list.yaml", cwd=tmp_path)

    assert (ran.code, ran.out) == (1, "")
    assert told in ran.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere.yaml"], "planctl: nowhere.yaml does not exist\n"),
        (["."], "planctl: . is a folder; name the list of organisations, a YAML file\n"),
        (["list.yaml", "--out", "nowhere/r.html"], "planctl: there is no folder nowhere\n"),
        (["list.yaml", "--jobs", "0"], "“0” is not a whole number from 1 on"),
        (["list.yaml", "--jobs", "x"], "“x” is not a whole number from 1 on"),
        (["list.yaml", "--out", "r.doc"], "planctl: r.doc says no format by its ending; known are "),
        (["list.yaml", "--format", "xlsx"], "“xlsx” is none of table, json, csv"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    planctl: Callable[..., Ran], tmp_path: Path, arguments: list[str], told: str
) -> None:
    two(tmp_path)

    ran = planctl("rollup", *arguments, cwd=tmp_path)

    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_parquet_without_its_library_is_said_before_the_work(
    planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two(tmp_path)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "planctl.rollup.formats.as_parquet", raising=False)

    ran = planctl("rollup", "list.yaml", "--out", "r.parquet", cwd=tmp_path)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "planctl: Parquet needs the library pyarrow, which is not here: install planctl with its extra “parquet”\n"
    )


def test_several_processes_give_what_one_gives(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    two(tmp_path)

    told = [
        planctl("rollup", "list.yaml", "--format", "json", "--jobs", jobs, cwd=folder).out
        for jobs, folder in (("1", tmp_path), ("2", _copied(tmp_path)))
    ]

    assert told[0] == told[1]


def _copied(folder: Path) -> Path:
    """Return the same at another place, of which nothing is kept."""
    again = folder / "again"
    again.mkdir()
    two(again)
    return again


def test_fetched_repositories_are_kept_for_some_time(
    planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept"
    monkeypatch.setenv("PLANCTL_CACHE_DIR", str(kept))
    Scratch.begin(tmp_path / "far").commit(OFFICE)
    address = (tmp_path / "far").as_uri()
    write_list(tmp_path, f"- {{name: Залаа сум, git: {{repository: '{address}'}}}}")
    planctl("rollup", "list.yaml", cwd=tmp_path)
    (fetched,) = (kept / "repositories").iterdir()

    again = planctl("rollup", "list.yaml", "--offline", cwd=tmp_path)
    long_ago = time.time() - (UNUSED_DAYS + 1) * 86_400
    os.utime(fetched / "FETCH_HEAD", (long_ago, long_ago))
    later = planctl("rollup", "list.yaml", "--offline", cwd=tmp_path)

    assert again.out.startswith("2023, compared with 2022: 1 report is valid")
    assert later.out.startswith("2023, compared with 2022: 1 cannot be read")
    assert not fetched.exists()


def test_the_whole_is_the_sum_of_what_score_says_of_each(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    office(tmp_path / "a", one="100 / 90", two=70, three=None, four=30)
    office(tmp_path / "b", one=0, two="50 / 70")
    write_list(tmp_path, TWO)

    whole = json.loads(planctl("rollup", "list.yaml", "--format", "json", cwd=tmp_path).out)

    told = [json.loads(planctl("score", "--format", "json", cwd=tmp_path / name).out) for name in "ab"]
    for evaluation in ("self", "superior"):
        parts = [one["evaluations"][evaluation] for each in told for one in _documents(each)]
        sums = [tuple(map(int, part["exact"].split("/"))) for part in parts if part and part["exact"]]
        points, scored = (sum(numbers) for numbers in zip(*sums, strict=True))
        total = whole["scales"][0]["evaluations"][evaluation]["totals"]["valid"]
        assert Fraction(total["pooled"]["exact"]) == Fraction(points, scored)
        assert (total["counted"], total["missing"]) == (scored, sum(part["missing"] for part in parts if part))
        assert total["levels"] == {
            step: sum(part["levels"].get(step, 0) for part in parts if part) for step in total["levels"]
        }


def _documents(told: Any) -> list[Any]:
    found: list[Any] = told["documents"] if isinstance(told, dict) else told
    return found


def test_who_is_left_out_and_what_could_not_be_read_is_said_in_the_terminal_the_page_and_json(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    two(tmp_path, "- {name: Говь сум, wrong: c, path: c}", "period: 2023\ndue: 24.12.2023")

    ran = planctl("rollup", "list.yaml", "--out", "r.html", "--out", "r.json", cwd=tmp_path)

    assert ran.code == 1
    assert "left out, as the list has faults: Говь сум\nnot read of the list: due\n" in ran.out
    shown = " ".join(shown_lines((tmp_path / "r.html").read_text("utf-8")))
    assert "Жагсаалтад алдаатай тул 1 байгууллагыг тооцоогүй: «Говь сум»." in shown
    assert "Жагсаалтын дараах утгыг уншиж чадаагүй тул тооцоогүй: due." in shown
    told = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert (told["left_out"], told["not_read"]) == ([{"name": "Говь сум", "line": 7}], ["due"])


def test_a_project_that_stands_twice_is_among_those_left_out(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    two(tmp_path, "- {name: Бат сум, path: ./a}\n- {path: c}")

    ran = planctl("rollup", "list.yaml", cwd=tmp_path)

    assert "left out, as the list has faults: Бат сум; line 7\n" in ran.out


def test_the_terminal_names_the_list_and_who_is_missing_or_cannot_be_read(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    lost = "\n".join(f"- {{name: Сум {at}, path: n{at}}}" for at in range(12))
    two(tmp_path, lost, "title: Нэгтгэл\nperiod: 2023\nexpects: [resolutions, strategy]")

    lines = planctl("rollup", "list.yaml", cwd=tmp_path).out.splitlines()

    named = "; ".join(f"Сум {at}" for at in range(10))
    text = " ".join(" ".join(lines).split())
    assert lines[0] == "Нэгтгэл"
    assert "missing: Залаа сум (strategy); Булаг сум (strategy)" in lines
    assert f"cannot be read: {named} and 2 more" in text
    assert f"not ranked: {named} and 2 more" in text


def test_an_organisation_of_which_something_is_missing_is_marked_in_the_ranking(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    two(tmp_path, head="period: 2023")
    write_list(tmp_path, "- {name: Залаа сум, path: a, expects: [strategy]}\n- {name: Булаг сум, path: b}")

    ran = planctl("rollup", "list.yaml", cwd=tmp_path)

    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert lines[1] == "missing: Залаа сум (strategy)"
    assert lines[-4:-1] == [
        "1 Залаа сум 1/2 85,0 +35,0 0",
        "2 Булаг сум 0,0 - -",
        "1/2 beside a name: of two reports that should be there one is valid",
    ]


def test_what_is_expected_and_is_no_form_and_no_plan_is_pointed_out(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    more = "- {name: Говь сум, path: nowhere, expects: [counsil]}"
    two(tmp_path, more, "period: 2023\nexpects: [resolution, council, strategy]")

    ran = planctl("rollup", "list.yaml", cwd=tmp_path)

    told = "warning: expected-of-nobody: “{}” is the name of no form, and no plan that was read has this id"
    assert ran.code == 0
    assert ran.err.splitlines()[2:] == [
        f"list.yaml:3:11: {told.format('resolution')}",
        "    did you mean “resolutions”?",
        f"list.yaml:7:47: {told.format('counsil')}",
        "    did you mean “council”?",
    ]


def test_nobody_is_told_of_own_fields_that_a_list_does_not_take(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    two(tmp_path, "- {name: Говь сум, path: c, telephone: 1}")

    ran = planctl("rollup", "list.yaml", cwd=tmp_path)

    assert ran.err.splitlines()[1:] == ["    delete “telephone”: a list of organisations has no fields of its own"]


# What is answered again


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the lists that were read so far."""
    read: list[str] = []
    text_of = rollup._text_of

    def noting(file: Path) -> Any:
        read.append(file.name)
        return text_of(file)

    monkeypatch.setattr(rollup, "_text_of", noting)
    return read


def test_what_was_answered_is_written_again_while_nothing_has_changed(
    planctl: Callable[..., Ran], tmp_path: Path, looks: list[str]
) -> None:
    two(tmp_path)
    first = planctl("rollup", "list.yaml", cwd=tmp_path)
    looks.clear()

    again = planctl("rollup", "list.yaml", cwd=tmp_path)

    assert (again, looks) == (first, [])


def add_a_plan(root: Path) -> None:
    office(root / "a", plan="other", one=30)


def change_a_score(root: Path) -> None:
    path = root / "b/plans/council.2023.yaml"
    path.write_text(path.read_text("utf-8").replace("self: 0", "self: 50"), encoding="utf-8")


def remove_a_report(root: Path) -> None:
    (root / "b/plans/council.2023.yaml").unlink()


def remove_an_organisation(root: Path) -> None:
    (root / "b").rename(root / "other")


def change_the_list(root: Path) -> None:
    path = root / "list.yaml"
    path.write_text(path.read_text("utf-8").replace("Булаг", "Бат"), encoding="utf-8")


def accept_a_finding(root: Path) -> None:
    accepted = "accepted:\n  - {code: score-not-in-rubric, at: council#one, reason: Дутуу}\n"
    (root / "a/accepted.yaml").write_text(accepted, encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [add_a_plan, change_a_score, remove_a_report, remove_an_organisation, change_the_list, accept_a_finding],
)
def test_after_a_change_the_answer_is_that_of_a_run_that_keeps_nothing(
    planctl: Callable[..., Ran], tmp_path: Path, change: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    two(tmp_path)
    before = planctl("rollup", "list.yaml", "--format", "json", cwd=tmp_path)
    change(tmp_path)

    now = planctl("rollup", "list.yaml", "--format", "json", cwd=tmp_path)

    monkeypatch.setenv("PLANCTL_NO_CACHE", "1")
    assert now == planctl("rollup", "list.yaml", "--format", "json", cwd=tmp_path)
    assert now != before or change is accept_a_finding


@pytest.mark.parametrize(
    "damaged",
    [
        lambda _value: 5,
        lambda value: {**value, "until": 5},
        lambda value: {**value, "numbers": []},
        lambda value: with_numbers(value, documents=[["council"]]),
        lambda value: with_numbers(value, rubrics={}),
        lambda value: with_numbers(value, names=[1]),
        lambda value: with_numbers(value, parts="[]"),
        lambda value: with_numbers(value, parts=value["numbers"]["parts"].replace("[[", "[7,[")),
        lambda value: with_numbers(value, parts=value["numbers"]["parts"].replace(",1],", ",0],")),
        lambda value: with_numbers(value, stray=[1]),
    ],
)
def test_numbers_of_another_shape_are_made_again_and_kept_as_they_should_be(
    planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damaged: Callable[[Any], Any]
) -> None:
    monkeypatch.setenv("PLANCTL_CACHE_DIR", str(tmp_path / "kept"))
    two(tmp_path)
    before = planctl("rollup", "list.yaml", "--format", "json", cwd=tmp_path)
    kept = [*(tmp_path / "kept").rglob("numbers/*/*.json")]
    sound = [file.read_bytes() for file in kept]
    for file in kept:
        whole = json.loads(file.read_bytes())
        file.write_text(json.dumps({**whole, "value": damaged(whole["value"])}), encoding="utf-8")
    shutil.rmtree(tmp_path / "kept" / "replay")

    again = planctl("rollup", "list.yaml", "--format", "json", cwd=tmp_path)

    assert again == before
    assert [file.read_bytes() for file in kept] == sound != []


def with_numbers(value: Any, **changes: Any) -> Any:
    """Return what is kept of an organisation with other numbers."""
    return {**value, "numbers": {**value["numbers"], **changes}}


def test_files_are_left_as_they_are_while_they_hold_what_they_should_and_are_written_again_otherwise(
    planctl: Callable[..., Ran], tmp_path: Path, looks: list[str]
) -> None:
    two(tmp_path)
    command = ("rollup", "list.yaml", "--format", "json", "--out", "r.json", "--out", "r.csv")
    first, second = (planctl(*command, cwd=tmp_path) for _time in range(2))
    looks.clear()

    third = planctl(*command, cwd=tmp_path)
    looked = [*looks]
    whole = (tmp_path / "r.csv").read_bytes()
    (tmp_path / "r.csv").write_bytes(whole[:-9])
    fourth = planctl(*command, cwd=tmp_path)

    assert first.err == "wrote r.json\nwrote r.csv\n"
    assert (third, looked) == (second, [])
    assert second == Ran(0, first.out, "2 files were already up to date\n")
    assert fourth == Ran(0, first.out, "wrote r.csv\n1 file was already up to date\n")
    assert (tmp_path / "r.csv").read_bytes() == whole


@pytest.mark.parametrize("more", ["{git: {repository: far}}", "{path: nowhere}"])
def test_what_rests_on_more_than_folders_is_asked_for_again(
    planctl: Callable[..., Ran], tmp_path: Path, looks: list[str], more: str
) -> None:
    Scratch.begin(tmp_path / "far").commit(OFFICE)
    two(tmp_path, f"- {{name: Говь сум, {more[1:]}")
    planctl("rollup", "list.yaml", cwd=tmp_path)
    looks.clear()

    planctl("rollup", "list.yaml", cwd=tmp_path)

    assert looks
