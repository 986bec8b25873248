"""The JSON Schema of every kind of file: planctl.yaml, plans and actuals of each form, scales, approvals.

In: the register of forms, and the levels to suggest. Out: schemas by name. Nothing is listed here for one form alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from planctl.authoring.model_schema import Definitions, Json
from planctl.forms import FORMS
from planctl.forms.actuals import actuals_model, any_entry
from planctl.forms.approval import ApprovalFile
from planctl.portfolio.accepted import AcceptedFile
from planctl.portfolio.kinds import ACCEPTED_PATH
from planctl.portfolio.rubric import RubricFile
from planctl.portfolio.settings import Settings
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planctl.forms.form import Form
    from planctl.portfolio.portfolio import Portfolio
    from planctl.portfolio.rubric import Level
    from planctl.words import Language

Levels: TypeAlias = "Mapping[str, tuple[Level, ...]]"
"""The levels that scores are suggested from, by form; those of the office's own scale under ""."""

DIALECT = "http://json-schema.org/draft-07/schema#"
ALL, PLANS, SETTINGS, ACTUALS, RUBRIC = "all", "plans", "settings", "actuals", "rubric"
APPROVAL, ACCEPTED = "approval", "accepted"

IN_EDITORS: Mapping[str, tuple[str, ...]] = {
    SETTINGS: ("planctl.yaml",),
    PLANS: ("plans/**/*.yaml", "plans/**/*.yml"),
    RUBRIC: ("rubrics/*.yaml", "rubrics/*.yml"),
    APPROVAL: ("approvals/*.yaml", "approvals/*.yml"),
    ACCEPTED: (ACCEPTED_PATH,),
}
"""The schemas that an editor needs, with the files of a project that each is for."""


def names() -> tuple[str, ...]:
    """Return the names of all schemas: of one kind of file, of all under plans/, and of all there are."""
    return (ALL, SETTINGS, PLANS, *FORMS, ACTUALS, *map(_of_actuals, FORMS), RUBRIC, APPROVAL, ACCEPTED)


def _of_actuals(form: str) -> str:
    return f"{form}.{ACTUALS}"


def levels(portfolio: Portfolio) -> Levels:
    """Return the levels of the scales that a project uses, of each scale those of its last version."""
    office = portfolio.settings.rubric
    named = {"": office, **{form.name: form.rubric or office for form in FORMS.values()}}
    files = {name: portfolio.rubrics[scale].file for name, scale in named.items() if scale in portfolio.rubrics}
    return {name: file.versions[-1].levels for name, file in files.items()}


def schema(name: str, levels: Levels, *, first: Language) -> Json:
    """Return the schema of this name, with every text in both languages, `first` before the other."""
    form = FORMS.get(name.removesuffix(f".{ACTUALS}"))
    defined = Definitions(first=first, levels=() if name == RUBRIC else levels.get(form.name if form else "", ()))
    title, rules = _rules(name, form, defined)
    return {
        "$schema": DIALECT,
        "title": title,
        "description": defined.both(_("Made by `planctl schema` from what planctl reads; not to be changed by hand.")),
        **rules,
        "definitions": dict(sorted(defined.made.items())),
    }


def _rules(name: str, form: Form | None, defined: Definitions) -> tuple[str, Json]:  # noqa: PLR0911  # an arm for each kind
    if form and name == form.name:
        return defined.both(_("A plan of the form “{form}”"), form=name), _plan(form, defined)
    if form:
        said = defined.both(_("The report of a plan of the form “{form}” in a period"), form=form.name)
        return said, defined.mapping(actuals_model(form.entry))
    match name:
        case "settings":
            return defined.both(_("planctl.yaml: the office and its units")), defined.mapping(Settings)
        case "actuals":
            return defined.both(_("The report of a plan in a period")), _any_actuals(defined)
        case "rubric":
            return defined.both(_("A scale and its versions")), defined.mapping(RubricFile)
        case "approval":
            return defined.both(_("What was approved of a report")), defined.mapping(ApprovalFile)
        case "accepted":
            return defined.both(_("accepted.yaml: the findings that the office accepts")), defined.mapping(AcceptedFile)
        case "plans":
            return defined.both(_("A plan, or the report of one in a period")), _by_key(_of_plans(defined))
        case _:
            return defined.both(_("Any file of planctl")), _by_key(_of_all(defined))


def _plan(form: Form, defined: Definitions) -> Json:
    """Return the rules of a plan, which names its form."""
    rules = defined.mapping(form.plan)
    match rules["properties"]:
        case {"form": {"description": about, "markdownDescription": shown}, **others}:
            named: Json = {"enum": [form.name], "description": about, "markdownDescription": shown}
            return {**rules, "properties": {"form": named, **others}}
        case _:
            return rules


def _any_actuals(defined: Definitions) -> Json:
    """Return the rules of actuals whose form their file does not tell: an entry may have the keys of any form."""
    return defined.mapping(actuals_model(any_entry(tuple(form.entry for form in FORMS.values()))))


# Files that are told apart by a key


def _of_plans(defined: Definitions) -> Iterator[tuple[str, Json]]:
    """Yield the keys that tell the kinds of files under plans/, each with the rules of its kind."""
    yield "form", _by_form(defined)
    yield "actuals", _any_actuals(defined)


def _of_all(defined: Definitions) -> Iterator[tuple[str, Json]]:
    yield from _of_plans(defined)
    yield "planctl", defined.mapping(Settings)
    yield "rubric", defined.mapping(RubricFile)
    yield "approval", defined.mapping(ApprovalFile)
    yield "accepted", defined.mapping(AcceptedFile)


def _by_key(kinds: Iterator[tuple[str, Json]]) -> Json:
    """Return the rules of the kind whose key is there; the first key of several counts, as in reading."""
    found = dict(kinds)
    rules: Json = {
        "properties": {key: _property(of_kind, key) for key, of_kind in found.items()},
        "required": [next(iter(found))],
    }
    for key, of_kind in reversed(found.items()):
        rules = {"if": {"required": [key]}, "then": of_kind, "else": rules}
    return {"type": "object", **rules}


def _by_form(defined: Definitions) -> Json:
    """Return the rules of a plan of any form, by what its key `form` says."""
    plans = {form.name: _plan(form, defined) for form in FORMS.values()}
    told = {**_property(next(iter(plans.values())), "form"), "enum": [*FORMS]}
    chosen = [{"if": {"properties": {"form": {"const": name}}}, "then": rules} for name, rules in plans.items()]
    return {"properties": {"form": told}, "allOf": chosen}


def _property(rules: Json, key: str) -> Json:
    """Return what the rules say of a key, without what only one kind of file asks for."""
    match rules.get("properties"):
        case {**properties} if isinstance(found := properties.get(key), dict):
            return found
        case _:
            return {}
