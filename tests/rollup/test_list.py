"""The list of organisations: each of its codes with a case that earns it and a fine neighbour."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from organisations import listed_in, write_list
from planctl.codes import CODES, rollup
from planctl.rollup.list import Listed
from projects import place


@dataclass(frozen=True)
class Case:
    """Organisations, the place and values of the finding, which of them are left, and organisations without it."""

    wrong: str
    place: str
    values: dict[str, str]
    left: list[str]
    fine: str


ONE = "- {name: Залаа сум, province: Өвөрхангай, path: a}\n"
CASES = {
    "organisation-without-place": Case(
        f"{ONE}- {{name: Төв сум}}", "list.yaml:5:5", {"name": "Төв сум"}, ["Залаа сум"], ONE
    ),
    "duplicate-organisation": Case(
        f"{ONE}- {{name: залаа  Сум, province: Өвөрхангай, path: b}}",
        "list.yaml:5:12",
        {"name": "залаа  Сум", "line": "4"},
        ["Залаа сум"],
        f"{ONE}- {{name: Залаа сум, province: Төв, path: b}}",
    ),
    "address-not-allowed": Case(
        f'{ONE}- {{name: Төв сум, git: {{repository: "ext::sh -c id"}}}}',
        "list.yaml:5:39",
        {"address": "ext::sh -c id"},
        ["Залаа сум"],
        f'{ONE}- {{name: Төв сум, git: {{repository: "git@example.mn:a.git"}}}}',
    ),
    "province-spelt-differently": Case(
        f"{ONE}{ONE.replace('Залаа', 'Бат')}- {{name: Төв сум, province: Овөрхангай, path: b}}",
        "list.yaml:6:31",
        {"name": "Овөрхангай", "suggestion": "Өвөрхангай"},
        ["Залаа сум", "Бат сум", "Төв сум"],
        f"{ONE}- {{name: Төв сум, province: Дорноговь, path: b}}",
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_a_list_earns_its_code_and_the_others_are_counted(tmp_path: Path, code: str) -> None:
    case = CASES[code]
    write_list(tmp_path, case.wrong)

    listed, found = listed_in(tmp_path)

    assert isinstance(listed, Listed)
    assert [place(one) for one in found] == [f"{case.place} {code}"]
    assert dict(found[0].values) == case.values
    assert CODES[code].message.format_map(case.values)
    assert [entry.organisation.name for entry in listed.entries] == case.left


@pytest.mark.parametrize("code", CASES)
def test_a_list_without_the_fault_has_no_finding(tmp_path: Path, code: str) -> None:
    write_list(tmp_path, CASES[code].fine)

    assert listed_in(tmp_path)[1] == ()


def test_every_code_of_the_list_has_a_case_here_or_where_projects_are_found() -> None:
    elsewhere = {"same-project-twice", "expected-of-nobody", "organisation-unreadable"}
    assert {*CASES, *elsewhere} == {code.name for code in rollup.CODES}


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("- {name: А, path: a, due: 2023-13-01}", "impossible-date"),
        ("- {name: А, pth: a}", "unknown-key"),
        ("- {path: a}", "missing-key"),
        ('- {name: А, git: {repository: a, revision: "--upload-pack=id"}}', "unexpected-value"),
        ('- {name: А, git: {repository: a, revision: "a..b"}}', "unexpected-value"),
        ("- {name: А, git: {repository: a, folder: ../b}}", "unexpected-value"),
        ("- {name: А, git: {repository: a, folder: /etc}}", "unexpected-value"),
        ('- {name: "\\x01", path: a}', "control-character"),
        ("- not a mapping", "expected-mapping"),
    ],
)
def test_an_organisation_with_a_fault_is_left_out_with_a_finding(tmp_path: Path, entry: str, code: str) -> None:
    write_list(tmp_path, f"{ONE}{entry}")

    listed, found = listed_in(tmp_path)

    assert isinstance(listed, Listed)
    assert [(one.span.line, one.code) for one in found] == [(5, code)]
    assert [entry.organisation.name for entry in listed.entries] == ["Залаа сум"]


@pytest.mark.parametrize("head", ["period: 2023-H3", "perod: 2023-H3", "title: A"])
def test_a_list_that_says_no_period_counts_nothing(tmp_path: Path, head: str) -> None:
    write_list(tmp_path, ONE, head)

    listed, found = listed_in(tmp_path)

    assert listed is None
    assert found


def test_the_list_of_the_page_about_it_has_no_finding(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "rollup.md").read_text("utf-8")
    (block,) = re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "list.yaml").write_text(block, encoding="utf-8")

    listed, found = listed_in(tmp_path)

    assert isinstance(listed, Listed)
    assert (found, len(listed.entries)) == ((), 3)
