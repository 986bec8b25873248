"""`planctl score`: the contract of JSON and CSV, and a table that every terminal can show."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it import MarkdownIt

from running import GOVERNOR, OFFICE, Ran, process, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PLAN, ACTUALS = OFFICE["plans/council.yaml"], OFFICE["plans/council.2023.yaml"]


def as_json(told: Ran) -> list[dict[str, Any]]:
    documents: list[dict[str, Any]] = json.loads(told.out)["documents"]
    return documents


def test_scores_as_json_follow_the_contract(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE)

    told = planctl("score", "--format", "json", cwd=tmp_path)

    (document,) = as_json(told)
    assert (told.code, told.err) == (0, "")
    assert {name: document[name] for name in ("id", "form", "title", "period", "items")} == {
        "id": "council",
        "form": "resolutions",
        "title": "Аймгийн ИТХ-ын тогтоолын хэрэгжилт",
        "period": "2023",
        "items": 2,
    }
    keys = ("scored", "levels", "not_due", "not_evaluated", "excluded", "missing", "mean", "exact")
    states = {"not_due": 0, "not_evaluated": 0, "excluded": 0, "missing": 0}
    assert {name: document["evaluations"]["self"][name] for name in keys} == {
        "scored": 2,
        "levels": {"100": 1, "90": 0, "70": 1, "50": 0, "30": 0, "0": 0},
        **states,
        "mean": 85.0,
        "exact": "170/2",
    }
    assert {name: document["evaluations"]["superior"][name] for name in keys} == {
        "scored": 2,
        "levels": {"100": 1, "90": 1, "70": 0, "50": 0, "30": 0, "0": 0},
        **states,
        "mean": 95.0,
        "exact": "190/2",
    }


def test_an_evaluation_that_has_not_begun_is_null(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    without = re.sub(r" *(superior|reason):.*\n", "", ACTUALS)
    write(tmp_path, OFFICE, {"plans/council.2023.yaml": without})

    (document,) = as_json(planctl("score", "--format", "json", cwd=tmp_path))

    assert document["evaluations"]["superior"] is None


def test_where_nothing_is_scored_mean_and_exact_are_null(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, {"plans/council.2023.yaml": "actuals: council\nperiod: 2023\nitems:\n"})

    (document,) = as_json(planctl("score", "--format", "json", cwd=tmp_path))

    own = document["evaluations"]["self"]
    assert (own["scored"], own["missing"], own["mean"], own["exact"]) == (0, 2, None, None)


def test_each_plan_and_period_has_one_entry_and_period_chooses(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    half = {"plans/council.2023-H1.yaml": ACTUALS.replace("period: 2023", "period: 2023-H1")}
    write(tmp_path, OFFICE, GOVERNOR, half)

    all_of_them = as_json(planctl("score", "--format", "json", cwd=tmp_path))
    chosen = as_json(planctl("score", "--format", "json", "--period", "2023-H1", cwd=tmp_path))

    assert [(one["id"], one["period"]) for one in all_of_them] == [
        ("council", "2023-H1"),
        ("council", "2023"),
        ("governor", "2023"),
    ]
    assert [(one["id"], one["period"]) for one in chosen] == [("council", "2023-H1")]


def test_a_period_that_nobody_reported_gives_an_empty_list_and_a_word(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    write(tmp_path, OFFICE)

    told = planctl("score", "--format", "json", "--period", "2030", cwd=tmp_path)

    assert (told.code, json.loads(told.out)) == (0, {"documents": []})
    assert told.err == "there is nothing to score here: no plan has actuals for this period\n"


def test_a_document_with_errors_is_named_and_left_out(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, GOVERNOR, {"plans/council.2023.yaml": ACTUALS.replace("self: 100", "self: 95")})

    told = planctl("score", "--format", "json", cwd=tmp_path)

    assert (told.code, [one["id"] for one in as_json(told)]) == (1, ["governor"])
    assert told.err.splitlines() == ["council 2023 has errors and is left out", "`planctl check` shows them"]


# CSV


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_scores_as_csv_open_in_excel(tmp_path: Path) -> None:
    write(tmp_path, OFFICE)

    told = process("score", "--format", "csv", cwd=tmp_path, PYTHONIOENCODING="cp1251")

    assert (told.returncode, told.stderr) == (0, b"")
    assert told.stdout.startswith(b"\xef\xbb\xbf")
    assert told.stdout.count(b"\r\n") == told.stdout.count(b"\n") == 3
    own, superior = rows(told.stdout.decode("utf-8-sig"))
    assert own == {
        "document": "council",
        "period": "2023",
        "form": "resolutions",
        "title": "Аймгийн ИТХ-ын тогтоолын хэрэгжилт",
        "evaluation": "self",
        "items": "2",
        "scored": "2",
        "level_100": "1",
        "level_90": "0",
        "level_70": "1",
        "level_50": "0",
        "level_30": "0",
        "level_0": "0",
        "not_due": "0",
        "not_evaluated": "0",
        "excluded": "0",
        "missing": "0",
        "mean": "85.0",
        "exact": "170 / 2",
    }
    assert (superior["evaluation"], superior["mean"]) == ("superior", "95.0")


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_title_that_looks_like_a_formula_is_defused(planctl: Callable[..., Ran], tmp_path: Path, title: str) -> None:
    quoted = json.dumps(title)
    write(
        tmp_path,
        OFFICE,
        {"plans/council.yaml": PLAN.replace("title: Аймгийн ИТХ-ын тогтоолын хэрэгжилт", f"title: {quoted}")},
    )

    told = planctl("score", "--format", "csv", cwd=tmp_path)

    assert {row["title"] for row in rows(told.out.removeprefix("\ufeff"))} == {f"'{title.strip()}"}


# The table


WIDE = {
    "plans/wide.yaml": PLAN.replace("id: council", f"id: {'тогтоол-' * 7}"),
    "plans/wide.2023-H1.yaml": (
        f"actuals: {'тогтоол-' * 7}\nperiod: 2023-H1\nitems:\n"
        "  waste-1:\n    state: not-due\n    reason: Хугацаа болоогүй\n"
    ),
    "plans/states.yaml": PLAN.replace("id: council", "id: states"),
    "plans/states.2023.yaml": (
        "actuals: states\nperiod: 2023\nitems:\n"
        "  waste-1:\n    state: not-evaluated\n    reason: а\n  waste-2:\n    state: postponed\n    reason: б\n"
    ),
}


@pytest.mark.parametrize("lang", ["mn", "en"])
@pytest.mark.parametrize("columns", [None, "80"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1251"])
def test_the_table_fits_80_columns_and_has_no_escapes_in_a_pipe(
    tmp_path: Path, lang: str, columns: str | None, encoding: str
) -> None:
    write(tmp_path, OFFICE, GOVERNOR, WIDE)

    told = process("score", cwd=tmp_path, PLANCTL_LANG=lang, COLUMNS=columns, PYTHONIOENCODING=encoding)

    shown = told.stdout.decode(encoding)
    assert told.returncode == 0
    assert "\x1b" not in shown
    assert max(map(len, shown.splitlines())) <= 80
    assert len([line for line in shown.splitlines() if "85,0" in line]) == 2
    # No number of the table is broken over two lines or cut.
    assert "…" not in shown


def test_the_table_shows_counts_means_and_bars(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE)

    told = planctl("score", cwd=tmp_path)

    assert [line.split() for line in told.out.splitlines()] == [
        ["document", "items", "100", "90", "70", "50", "30", "0", "mean"],
        ["council", "2023"],
        ["self", "2", "1", "-", "1", "-", "-", "-", "85,0", "████████░░"],
        ["superior", "2", "1", "1", "-", "-", "-", "-", "95,0", "██████████"],
    ]


def test_a_draft_is_marked_and_explained(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, {"plans/council.2023.yaml": ACTUALS[: ACTUALS.index("  waste-2")]})

    told = planctl("score", cwd=tmp_path)

    assert "council 2023 *" in told.out
    assert told.err == "* draft: scores are missing; they are not counted as zero\n"


def test_the_bar_fills_up_to_the_highest_level_of_the_offices_own_scale(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    rubric = """\
rubric: five
title: {mn: Тав, en: Five}
versions:
  - source: Журам
    levels:
      - {name: {mn: Сайн, en: Good}, values: [5], colour: "#00AA00"}
      - {name: {mn: Муу, en: Bad}, values: [2], colour: "#AA0000"}
"""
    scored = re.sub(r"(superior|reason):.*\n", "extra: {}\n", ACTUALS)
    scored = re.sub(r" *extra: {}\n", "", scored).replace("self: 100", "self: 5").replace("self: 70", "self: 5")
    settings = OFFICE["planctl.yaml"].replace("mn-2020", "five")
    write(tmp_path, OFFICE, {"planctl.yaml": settings, "rubrics/five.yaml": rubric, "plans/council.2023.yaml": scored})

    told = planctl("score", cwd=tmp_path)

    assert (told.code, told.out.splitlines()[-1].split()) == (0, ["self", "2", "2", "-", "5,0", "██████████"])


def test_colours_come_on_request_and_go_with_no_color(tmp_path: Path) -> None:
    write(tmp_path, OFFICE)

    forced = process("score", cwd=tmp_path, FORCE_COLOR="1", TERM="xterm-256color")
    without = process("score", cwd=tmp_path, NO_COLOR="1", TERM="xterm-256color")

    assert b"\x1b[" in forced.stdout
    assert b"\x1b" not in without.stdout


def test_markdown_has_a_row_for_each_evaluation_and_takes_no_title_for_markup(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    title = PLAN.replace("title: Аймгийн ИТХ-ын тогтоолын хэрэгжилт", 'title: "<b>#1 | тогтоол</b> [a](//b)"')
    write(tmp_path, OFFICE, {"plans/council.yaml": title})

    told = planctl("score", "--format", "md", cwd=tmp_path)

    assert (told.code, told.err) == (0, "")
    reader = MarkdownIt("commonmark").enable("table")
    cells = [one.content for one in reader.parse(told.out) if one.type == "inline"]
    assert [cells[at : at + 10] for at in (1, 12, 23)] == [
        ["period", "evaluation", "items", "100", "90", "70", "50", "30", "0", "mean"],
        ["2023", "self", "2", *"1-1---", "**85,0**"],
        ["", "superior", "2", *"11----", "**95,0**"],
    ]
    shown = re.sub("[\u200b\u2060]", "", unescape(re.sub("<[^>]*>", "", reader.render(told.out))))
    assert "<b>#1 | тогтоол</b> [a](//b) (council)" in shown


def test_markdown_explains_drafts_and_is_empty_where_there_is_nothing_to_score(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    write(tmp_path / "draft", OFFICE, {"plans/council.2023.yaml": ACTUALS[: ACTUALS.index("  waste-2")]})
    write(tmp_path / "plan", {name: text for name, text in OFFICE.items() if "2023" not in name})

    draft = planctl("score", "--format", "md", cwd=tmp_path / "draft").out.splitlines()
    without = planctl("score", "--format", "md", cwd=tmp_path / "plan")

    assert draft[0].endswith("| 0 | miss. | mean |")
    assert draft[2].startswith(r"| Аймгийн ИТХ-ын тогтоолын хэрэгжилт (council) \* | 2023 | self | 2 | 1 |")
    assert draft[-1] == r"\* draft: scores are missing; they are not counted as zero"
    assert (without.code, without.out) == (0, "")
