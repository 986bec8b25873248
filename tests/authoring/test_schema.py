"""The schemas say what planctl reads: every example passes, every mistake that a schema can see is seen."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft7Validator
from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor

import planctl
from planctl.authoring.blank import blank, blank_plan, blank_rubric
from planctl.authoring.schema import ALL, APPROVAL, PLANS, RUBRIC, SETTINGS, levels, names, schema
from planctl.forms import FORMS
from planctl.forms.actuals import actuals_model
from planctl.forms.approval import ApprovalFile
from planctl.pipeline import of_no_project
from planctl.portfolio.rubric import RubricFile
from planctl.portfolio.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.forms.fields import Strict
    from planctl.words import Language

ROOT = Path(__file__).parents[2]
SOURCE = Path(planctl.__file__).parent
FILES = sorted(
    path
    for folder in (ROOT / "plans", ROOT / "approvals", ROOT / "examples", SOURCE / "starter", SOURCE / "rubrics")
    for path in folder.rglob("*.yaml")
)


class _AsEditorsRead(SafeConstructor):
    """YAML as editors read it: numbers and flags are such, a day is a text."""


_AsEditorsRead.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_yaml_str)


def as_editors_read(text: str) -> Any:
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = _AsEditorsRead
    return _with_texts_as_keys(yaml.load(text))


def _with_texts_as_keys(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(key): _with_texts_as_keys(value) for key, value in node.items()}
    return [_with_texts_as_keys(value) for value in node] if isinstance(node, list) else node


def as_planctl_reads(node: Any) -> Any:
    """Return the same tree with every scalar as text."""
    if isinstance(node, dict):
        return {key: as_planctl_reads(value) for key, value in node.items()}
    if isinstance(node, list):
        return [as_planctl_reads(value) for value in node]
    return str(node).lower() if isinstance(node, bool) else node if node is None else str(node)


@cache
def made(name: str, first: Language = "mn") -> Any:
    return schema(name, levels(of_no_project()), first=first)


@cache
def validator(name: str) -> Draft7Validator:
    return Draft7Validator(made(name))


def faults(name: str, tree: Any) -> list[str]:
    return [f"{'.'.join(map(str, fault.path))}: {fault.message}" for fault in validator(name).iter_errors(tree)]


# What is right passes


@pytest.mark.parametrize("name", names())
def test_every_schema_is_one(name: str) -> None:
    Draft7Validator.check_schema(made(name))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_example_passes(path: Path) -> None:
    tree = as_editors_read(path.read_text(encoding="utf-8"))
    kind = SETTINGS if path.name == "planctl.yaml" else RUBRIC if "rubric" in tree and "form" not in tree else PLANS
    kind = APPROVAL if "approval" in tree else kind

    assert [faults(name, tree) for name in (kind, ALL)] == [[], []]
    if "form" in tree:
        assert faults(tree["form"], tree) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_file_to_begin_with_passes(form: str) -> None:
    assert faults(PLANS, as_editors_read(blank_plan(FORMS[form], "own", year=2026))) == []
    assert faults(RUBRIC, as_editors_read(blank_rubric("own", year=2026))) == []


def test_an_entry_that_is_not_filled_in_yet_passes() -> None:
    tree = as_editors_read(
        "actuals: a\nperiod: 2023\ndate:\nitems:\n  x:\n    progress:\n    self:\n    reached:\n  y:\n"
    )

    assert faults(PLANS, tree) == []


# What is wrong does not

PLAN = """\
form: action-plan
id: digital
title: Нэр
year: 2025
sections:
  - title: Салбар
    measures:
      - {id: m1, text: Ажил, period: I-IV, indicators: [{name: Тоо, direction: more}]}
"""
ACTUALS = """\
actuals: digital
period: 2025-H1
date: 2025-06-30
items:
  m1: {self: 82,2, superior: 100%, state: closed, reached: 5}
""".replace("82,2", '"82,2"')
RIGHT = {"plan": PLAN, "actuals": ACTUALS}
WRONG = {
    "an unknown key": ("plan", "title: Нэр", "title: Нэр\ntitel: Нэр"),
    "an unknown key far below": ("plan", "direction:", "directon:"),
    "a missing key": ("plan", "title: Нэр\n", ""),
    "a missing key far below": ("plan", "text: Ажил, ", ""),
    "another form": ("plan", "form: action-plan", "form: action"),
    "no form": ("plan", "form: action-plan\n", ""),
    "a bad word": ("plan", "direction: more", "direction: up"),
    "a bad year": ("plan", "year: 2025", "year: 25"),
    "an empty text": ("plan", "text: Ажил", "text:"),
    "a blank text": ("plan", "text: Ажил", "text: ' '"),
    "a text as a list": ("plan", "text: Ажил", "text: [Ажил]"),
    "a list as a text": ("plan", "[{name: Тоо, direction: more}]", "Тоо"),
    "an id with a space": ("plan", "id: m1", "id: m 1"),
    "a bad state": ("actuals", "state: closed", "state: done"),
    "a bad date": ("actuals", "2025-06-30", "30.06.2025"),
    "an impossible day": ("actuals", "2025-06-30", "2025-06-31"),
    "a date as a number": ("actuals", "2025-06-30", "20250630"),
    "a bad period": ("actuals", "2025-H1", "2025-H3"),
    "a score as a list": ("actuals", '"82,2"', "[82]"),
    "a score as a word": ("actuals", '"82,2"', "сайн"),
    "a score below nought": ("actuals", '"82,2"', "-5"),
    "a key of no form": ("actuals", "reached:", "reached_value:"),
}


@pytest.mark.parametrize("kind", RIGHT)
def test_the_files_that_are_made_wrong_are_right(kind: str) -> None:
    assert [faults(name, as_editors_read(RIGHT[kind])) for name in (PLANS, ALL)] == [[], []]


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_does_not_pass(case: str) -> None:
    kind, right, wrong = WRONG[case]
    assert right in RIGHT[kind]
    tree = as_editors_read(RIGHT[kind].replace(right, wrong))

    assert [bool(faults(name, tree)) for name in (PLANS, ALL)] == [True, True]


# Schema and model say the same

KINDS: dict[str, tuple[type[Strict], dict[str, str]]] = {
    SETTINGS: (Settings, {}),
    RUBRIC: (RubricFile, {}),
    APPROVAL: (ApprovalFile, {}),
    **{form.name: (form.plan, {"form": form.name}) for form in FORMS.values()},
    **{f"{form.name}.actuals": (actuals_model(form.entry), {}) for form in FORMS.values()},
}
VALUES: tuple[Any, ...] = (
    *(None, "", " ", True, False, 0, -1, 3.5, 100, 2025, 12345, "нэг үг", "I-IV", "more", "mn", "2", "#2E7D32"),
    *("2025-06-30", "2025-13-45", "2025-H1", "82,2", "50%", "70-90", [], ["a"], [1], [{}], {}, {"a": "b"}, {"a": [1]}),
)
LEFT_TO_CHECK = {
    "not-a-timing",  # read by a function of many patterns
    "not-a-weight",  # 0 as a number
    "bad-document-id",  # names that Windows keeps for itself, signs of other alphabets
    "evidence-kind",  # one of three keys
    "value_error",  # what keys mean together
}
"""The kinds of misfits that only the model sees."""


def full(model: type[Strict], given: dict[str, str]) -> Any:
    """Return a file with every key of the model, as it is when every remark that holds one is made a key."""
    text = blank(model, given, year=2025)
    while (more := re.sub(r"^((?:  |- )*)#(?! \S)", r"\1", text, flags=re.MULTILINE)) != text:
        text = more
    return _with_one_kind_of_evidence(as_editors_read(text))


def _with_one_kind_of_evidence(node: Any) -> Any:
    if isinstance(node, dict):
        kept = {
            key: value for key, value in node.items() if not ({"file", "url"} <= {*node}) or key in {"file", "title"}
        }
        return {key: _with_one_kind_of_evidence(value) for key, value in kept.items()}
    return [_with_one_kind_of_evidence(value) for value in node] if isinstance(node, list) else node


def places(node: Any, within: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, child in children:
        yield (*within, step)
        yield from places(child, (*within, step))


def mutants(tree: Any) -> Iterator[tuple[str, Any]]:
    """Yield the tree with another value at each place, without it, and with a key too many."""
    for place in places(tree):
        *above, last = place
        for value in (*VALUES, ...):
            mutant = deepcopy(tree)
            holder = mutant
            for step in above:
                holder = holder[step]
            if value is ...:
                del holder[last]
            else:
                holder[last] = deepcopy(value)
            yield f"{'.'.join(map(str, place))} = {value!r}", mutant
        if isinstance(last, str):
            mutant = deepcopy(tree)
            holder = mutant
            for step in above:
                holder = holder[step]
            holder[f"{last}-"] = deepcopy(holder[last])
            yield f"{'.'.join(map(str, place))}-", mutant


def misfits(model: type[Strict], tree: Any) -> set[str]:
    try:
        model.model_validate(as_planctl_reads(tree))
    except ValidationError as error:
        return {fault["type"] for fault in error.errors()}
    return set()


@pytest.mark.parametrize("name", KINDS)
def test_a_file_with_every_key_passes_both(name: str) -> None:
    model, given = KINDS[name]
    tree = full(model, given)

    assert (faults(name, tree), misfits(model, tree)) == ([], set())
    assert {*tree} == {field.alias or key for key, field in model.model_fields.items()}


@pytest.mark.parametrize("name", KINDS)
def test_what_the_schema_refuses_the_model_refuses_and_the_other_way_round(name: str) -> None:
    model, given = KINDS[name]
    whole = {**full(model, given), "form": given.get("form")} if given else full(model, given)
    alarms, missed = [], []
    for what, mutant in mutants(whole):
        if given and mutant.get("form") != given["form"]:
            continue
        refused, misfit = not validator(name).is_valid(mutant), misfits(model, mutant)
        if refused and not misfit:
            alarms.append(what)
        if misfit - LEFT_TO_CHECK and not refused:
            missed.append((what, misfit))

    assert (alarms, missed) == ([], [])


# What a person sees


def test_every_key_is_told_of_in_both_languages() -> None:
    shown = made("resolutions")["properties"]["id"]

    assert shown["description"].endswith("/ The document's id, unique in the project; it names the built files.")
    assert shown["markdownDescription"].split("\n\n")[::-1] == shown["description"].split(" / ")[::-1]
    assert made("resolutions", "en")["properties"]["id"]["description"].startswith("The document's id")


def test_the_levels_of_the_forms_scale_are_suggested() -> None:
    def suggested(name: str) -> list[int]:
        entries = {key: value for key, value in made(name)["definitions"].items() if "Entry" in key}
        (entry,) = entries.values()
        return [one["body"] for one in entry["properties"]["self"]["defaultSnippets"]]

    assert suggested("resolutions.actuals") == [100, 90, 70, 50, 30, 0]
    assert suggested("performance-plan.actuals") == [100]
