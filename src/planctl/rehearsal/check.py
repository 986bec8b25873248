"""A template tried on sample sheets. In: the template, its name and the samples. Out: what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.diagnostics import in_order
from planctl.output.template_store import GENERAL, shipped_names
from planctl.rehearsal.distinct import distinct
from planctl.render import FORMATS
from planctl.render.parts import hidden

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from planctl.diagnostics import Diagnostic
    from planctl.render import Format, Template
    from planctl.report.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Tried:
    """All that was found. Where it `hides_the_rest`, no one can tell yet which parts the template leaves out."""

    findings: tuple[Diagnostic, ...]
    hides_the_rest: bool


def names_of(samples: Iterable[Sheet]) -> tuple[str, ...]:
    """Return the names that templates of these sheets go by, the general ones last."""
    stems = dict.fromkeys(sheet.template for sheet in samples)
    return (*(f"{stem}{suffix}" for stem in stems for suffix in GENERAL), *GENERAL.values())


def sheets_for(name: str, samples: Iterable[Sheet], *, own: Container[str] = ()) -> tuple[Sheet, ...]:
    """Return the sheets that are made from the template of this name, the `own` ones of the office being these."""
    stem, suffix = name.rsplit(".", 1)
    if name not in GENERAL.values():
        return tuple(sheet for sheet in samples if sheet.template == stem)
    taken = shipped_names()
    others = ((sheet, f"{sheet.template}.{suffix}") for sheet in samples)
    return tuple(sheet for sheet, its in others if its not in own and its not in taken)


def tried(template: Template, kind: Format, sheets: Iterable[Sheet]) -> Tried:
    """Return what is wrong with a template: faults of its file and tags, and official parts that it does not show."""
    found: list[Diagnostic] = []
    hides_the_rest = False
    for sheet in sheets:
        in_all_values = distinct(sheet)
        trial = kind.load_trial()(in_all_values, template)
        parts = hidden(in_all_values, trial, template.path)
        hides_the_rest = hides_the_rest or trial.lines is None
        found += [*trial.findings, *parts]
        if not any(one.is_error for one in (*trial.findings, *parts)):
            found += kind.load()(sheet, template).findings
    return Tried(in_order(_once(found)), hides_the_rest)


def _once(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Leave out the same finding of further sheets, in which only the number of rows differs."""
    counted: set[str] = set()
    for one in found:
        if "count" not in dict(one.values):
            yield one
        elif one.code not in counted:
            counted.add(one.code)
            yield one


def format_of(name: str) -> Format | None:
    """Return the format that a template's name stands for; None for one that no format starts from."""
    return next((kind for kind in FORMATS.values() if kind.needs_template and name.endswith(kind.suffix)), None)
