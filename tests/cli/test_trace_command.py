"""`planctl trace`: trees, tables, formats, accepted links, and what cannot be traced."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from chains import CHAIN, COUNTY, COUNTY_PLAN, PROVINCE, changed
from planctl.portfolio.chain import fingerprint
from projects import write
from running import process

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from running import Ran


def test_an_item_is_shown_with_its_score_between_what_is_above_and_below(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    told = planctl("trace", "county#lessons", cwd=write(tmp_path, CHAIN))

    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines() == [
        "county#lessons  90% 2025",
        "Иргэдэд цахим сургалт хийх",
        "├── above",
        "│   └── province#training  Цахим сургалт зохион байгуулах",
        "│       └── national#points  Сумдад цахим үйлчилгээний цэг ажиллуулах",
        "└── below",
        "    └── nothing",
    ]


def test_a_document_is_shown_with_the_plans_above_and_all_below(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    files = changed(COUNTY, ("          - province#training", "          - province#e-points"))

    told = planctl("trace", "province", cwd=write(tmp_path, files))

    assert told.out.splitlines() == [
        "province",
        "Аймгийн хөгжлийн төлөвлөгөө",
        "├── above",
        "│   └── national  Улсын хөгжлийн төлөвлөгөө",
        "└── parts, and what is below them",
        "    └── province  Цахим засаглал",
        "        ├── province#e-points  Багийн төвд туслах цэг нээх",
        "        │   ├── county#help  100% 2025  Багийн төвд туслах цэг нээх",
        "        │   └── county#lessons  90% 2025  Иргэдэд цахим сургалт хийх",
        "        └── province#training  ! nothing below  Цахим сургалт зохион байгуулах",
    ]


def test_a_document_without_a_chain_says_so(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    alone = COUNTY_PLAN.replace("above: province\n", "").replace("        carries_out: province#e-points\n", "")
    alone = alone.replace("        carries_out:\n          - province#training\n", "")

    told = planctl("trace", "county", cwd=write(tmp_path, {COUNTY: alone}))

    assert told.code == 0
    assert told.out.splitlines()[2:4] == ["├── above", "│   └── nothing"]


def test_a_pipe_of_ascii_letters_gets_lines_of_ascii_within_80_columns(tmp_path: Path) -> None:
    write(tmp_path, CHAIN)

    told = process("trace", "national", cwd=tmp_path, PYTHONIOENCODING="ascii", NO_COLOR="1")

    lines = told.stdout.decode("ascii").splitlines()
    assert told.returncode == 0
    assert lines[2].startswith("+-- above")
    assert max(map(len, lines)) <= 80


def test_a_matrix_has_a_row_for_each_objective_and_names_the_gaps(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    files = changed(COUNTY, ("        carries_out:\n          - province#training\n", ""))

    told = planctl("trace", "--matrix", "province", "county", cwd=write(tmp_path, files))

    assert [" ".join(line.split()) for line in told.out.splitlines()] == [
        "no. objective of province count carried out in county by mean",
        "1.1 Багийн төвд туслах цэг нээх 1 1.1 100,0",
        "1.2 Цахим сургалт зохион байгуулах 0 ! nothing -",
        "",
        "2 objectives",
        "nothing carries out: 1 (province#training)",
        "carries out none of them in county: 1 (county#lessons)",
    ]


def test_json_has_lists_with_depths(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, CHAIN)

    item = json.loads(planctl("trace", "county#help", "--format", "json", cwd=tmp_path).out)
    document = json.loads(planctl("trace", "national", "--format", "json", cwd=tmp_path).out)
    matrix = json.loads(planctl("trace", "--matrix", "national", "county", "--format", "json", cwd=tmp_path).out)

    assert (item["period"], item["self"], [(one["id"], one["depth"]) for one in item["above"]]) == (
        "2025",
        100.0,
        [("e-points", 1), ("points", 2)],
    )
    assert [(one["document"], one["id"], one["depth"]) for one in document["parts"]][-1] == ("county", "lessons", 4)
    assert matrix == {
        "upper": "national",
        "lower": "county",
        "objectives": [
            {
                "id": "points",
                "number": "1.1",
                "text": "Сумдад цахим үйлчилгээний цэг ажиллуулах",
                "covered": True,
                "by": ["county#help", "county#lessons"],
                "mean": 95.0,
            }
        ],
        "loose": [],
    }


@pytest.mark.parametrize("kind", ["html", "xlsx", "docx", "md", "json"])
@pytest.mark.parametrize("what", [("county#help",), ("province",), ("--matrix", "province", "county")])
def test_every_format_is_written_to_the_file_named(
    kind: str, what: tuple[str, ...], planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    out = tmp_path / f"out.{kind}"

    told = planctl("trace", *what, "--format", kind, "--out", str(out), cwd=write(tmp_path, CHAIN))

    assert (told.code, told.out, told.err) == (0, "", f"wrote {out.as_posix()}\n")
    assert out.stat().st_size > 100


def test_a_sheet_goes_to_the_build_folder_where_no_file_is_named(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, CHAIN)

    planctl("trace", "county#help", "--format", "html", cwd=tmp_path)
    planctl("trace", "--matrix", "province", "county", "--format", "md", cwd=tmp_path)

    assert sorted(path.name for path in (tmp_path / "build").iterdir()) == [
        "county_help.trace.html",
        "province.county.matrix.md",
    ]
    assert "Багийн төвд туслах цэг нээх" in (tmp_path / "build/county_help.trace.html").read_text(encoding="utf-8")


# Links


def test_accepting_writes_the_fingerprints_of_what_was_named_and_then_there_is_nothing_to_do(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    write(tmp_path, CHAIN)

    one = planctl("trace", "--accept", "county#help", cwd=tmp_path)
    text = (tmp_path / COUNTY).read_text(encoding="utf-8")
    whole = planctl("trace", "--accept", cwd=tmp_path)
    again = planctl("trace", "--accept", cwd=tmp_path)

    digest = fingerprint("Багийн төвд туслах цэг нээх")
    assert (one.code, one.out, one.err) == (0, "", "1 link accepted\n")
    assert text == COUNTY_PLAN.replace(
        "carries_out: province#e-points", f"carries_out: {{item: province#e-points, fingerprint: {digest}}}"
    )
    assert (whole.err, again.err) == ("3 links accepted\n", "0 links accepted\n")
    assert planctl("check", cwd=tmp_path).out == ""


def test_a_link_is_outdated_when_the_words_above_change_and_accepted_again(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    write(tmp_path, CHAIN)
    planctl("trace", "--accept", cwd=tmp_path)
    path = tmp_path / PROVINCE
    path.write_text(path.read_text(encoding="utf-8").replace("туслах цэг нээх", "үйлчилгээний төв нээх"), "utf-8")

    changed_ = planctl("check", cwd=tmp_path)
    accepted = planctl("trace", "--accept", "county", cwd=tmp_path)

    assert "link-outdated" in changed_.out
    assert accepted.err == "1 link accepted\n"
    assert planctl("check", cwd=tmp_path).out == ""


def test_a_file_with_errors_is_not_written_into(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    files = changed(COUNTY, ("period: I-IV\n        carries_out:\n", "period: IV-I\n        carries_out:\n"))
    write(tmp_path, files)

    told = planctl("trace", "--accept", "county", cwd=tmp_path)

    assert told.code == 1
    assert told.err == f"{COUNTY} has errors; nothing was written there\n0 links accepted\n"
    assert (tmp_path / COUNTY).read_text(encoding="utf-8") == files[COUNTY]


# What cannot be traced

HELP = "; `planctl trace --help` shows how"
REFUSED = {
    "provinc": "there is no document, section or item “provinc”; did you mean “province”?",
    "provinc#training": "there is no document, section or item “provinc#training”; did you mean “province#training”?",
    "province#trainin": "there is no document, section or item “province#trainin”; did you mean “province#training”?",
    "lessons": "there is no document, section or item “lessons”; did you mean “county#lessons”?",
    "zzz": "there is no document, section or item “zzz”",
    "": f"DOCUMENT#ID: name one document, or one part of it{HELP}",
    "county province": f"DOCUMENT#ID: name one document, or one part of it{HELP}",
    "--matrix county": f"--matrix: it takes two documents: the upper and the lower{HELP}",
    "--matrix county#help province": f"--matrix: it takes two documents: the upper and the lower{HELP}",
    "--matrix --accept county province": f"--accept: it does not go together with --matrix{HELP}",
    "county --out a.txt": f"--out: text goes to the terminal; add --format{HELP}",
    "--accept conty": "there is no document, section or item “conty”; did you mean “county”?",
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_traced_is_told_in_one_line(planctl: Callable[..., Ran], tmp_path: Path, what: str) -> None:
    told = planctl("trace", *what.split(), cwd=write(tmp_path, CHAIN))

    assert (told.code, told.out, told.err) == (2, "", f"planctl: {REFUSED[what]}\n")


def test_faulty_documents_of_the_chain_are_named(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    files = changed(PROVINCE, ("baseline: 4", "baselin: 4")) | {"plans/torn.yaml": "form: strategy\n- id: torn\n"}

    told = planctl("trace", "county#help", cwd=write(tmp_path, files))

    assert told.code == 0
    assert told.err.splitlines() == [
        "province has errors, so this may be wrong",
        "plans/torn.yaml could not be read, so something may be missing",
    ]
    assert "province#e-points" in told.out


def test_a_cycle_is_drawn_to_where_it_comes_back(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    files = changed(
        PROVINCE,
        ("байгуулах\n        carries_out: national#points", "байгуулах\n        carries_out: province#training"),
    )

    told = planctl("trace", "province#training", cwd=write(tmp_path, files))

    assert told.code == 0
    assert told.out.count("(see above)") == 2
