"""The list of organisations: who they are, where their projects lie, and what they were to report by when.

In: a YAML file. Out: a `Listed` with every organisation that can be asked, and the findings about the others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from planctl.diagnostics import Diagnostic, Span, finding
from planctl.forms import FORMS
from planctl.forms.fields import CONTROLS, PLACEHOLDER_YEAR, Date, ReportedPeriod, Strict, Text
from planctl.portfolio.findings import near
from planctl.portfolio.settings import folded
from planctl.portfolio.validate import validate
from planctl.rollup.names import is_blank, looks_like
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from planctl.source.document import Document

NOT_FILLED_IN = _("`{key}:` was not filled in")

_REVISION = re.compile(r"(?!-)(?!.*\.\.)[\w./@+-]{1,200}")
_FOLDER = re.compile(r"(?!/)[^\\:]{1,500}")
_ADDRESS = re.compile(r"(?:https|ssh|file)://\S+|[\w.-]+@[\w.-]+:(?!:)\S+")
_IS_ADDRESS = re.compile(r"[\w.+-]{2,}:")
"""What is no path: a letter before a colon is a drive of Windows."""


def _revision(value: str) -> str:
    if not _REVISION.fullmatch(value):
        raise PydanticCustomError("unexpected-value", "{expected}", {"expected": "main, v2024, 3f2a9c1"})
    return value


def _folder(value: str) -> str:
    if not _FOLDER.fullmatch(value) or ".." in value.split("/"):
        raise PydanticCustomError("unexpected-value", "{expected}", {"expected": "soums/zalaa"})
    return value.strip("/")


class GitPlace(Strict):
    """A project in a repository of git, as a revision of it holds it."""

    repository: Text = Field(
        description=_("The repository: a folder, from the list's own, or an address (https, ssh or file).")
    )
    revision: Annotated[Text, AfterValidator(_revision)] = Field(
        "HEAD", description=_("The branch, the tag or the commit.")
    )
    folder: Annotated[Text, AfterValidator(_folder)] | None = Field(
        None, description=_("The project's folder in the repository; by default the top.")
    )

    @property
    def is_address(self) -> bool:
        """Tell whether the repository lies elsewhere and has to be fetched."""
        return bool(_IS_ADDRESS.match(self.repository) or "@" in self.repository.partition(":")[0])


class Organisation(Strict):
    """An organisation whose reports are counted."""

    name: Text = Field(description=_("The organisation."))
    province: Text | None = Field(None, description=_("The province or the capital that it belongs to."))
    sector: Text | None = Field(
        None, description=_("The sector that all it does belongs to; otherwise action plans say it by their sections.")
    )
    path: Text | None = Field(None, description=_("The project's folder, from the list's own."))
    git: GitPlace | None = Field(None, description=_("Where the project lies in git, in place of `path`."))
    expects: tuple[Text, ...] | None = Field(None, description=_("What it has to report, where it is not the list's."))
    due: Date | None = Field(None, description=_("The last day for its reports, where it is not the list's."))


class Sector(Strict):
    """A sector, and how plans name it otherwise."""

    name: Text = Field(description=_("The sector's name."))
    other_names: tuple[Text, ...] = Field((), description=_("Other titles of its sections met in plans."))


class RollupFile(Strict):
    """The organisations that are brought together, and for which period."""

    rollup: Literal["1"] = Field(description=_("The version of the format: 1."))
    title: Text | None = Field(None, description=_("What stands over the report."))
    period: ReportedPeriod = Field(description=_("The period: `2023`, `2023-H1` or `2023-Q3`."))
    compared_with: ReportedPeriod | None = Field(
        None, description=_("The period before, to which changes are counted; by default the one of the same kind.")
    )
    due: Date | None = Field(None, description=_("The last day for the reports; a later date in a report is late."))
    expects: tuple[Text, ...] = Field(
        (), description=_("What every organisation has to report: names of forms, or ids of plans.")
    )
    rounding: Literal["0", "1", "2"] = Field("1", description=_("Decimals of means: 0, 1 or 2."))
    sectors: tuple[Sector, ...] = Field((), description=_("The sectors, where plans name them in several ways."))
    organisations: tuple[Organisation, ...] = Field(min_length=1, description=_("The organisations."))


@dataclass(frozen=True, slots=True)
class Entry:
    """An organisation of the list and its place in it, from 0."""

    at: int
    organisation: Organisation


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An organisation that stands in the list and is not counted: its name as far as it has one, and its line."""

    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Listed:
    """The list as far as it is sound: its head, and the organisations that can be asked.

    `left_out` are those that cannot, by their numbers in the list; `unread` the keys of the head whose values could not
    be read.
    """

    file: RollupFile
    entries: tuple[Entry, ...]
    left_out: Mapping[int, LeftOut] = field(default_factory=dict)
    unread: tuple[str, ...] = ()

    def without(self, again: Collection[int], document: Document) -> Listed:
        """Return the list without some of its organisations, which are then among those left out."""
        more = _left_out(document, again)
        entries = tuple(entry for entry in self.entries if entry.at not in again)
        return Listed(self.file, entries, dict(sorted({**self.left_out, **more}.items())), self.unread)


def listed(document: Document) -> tuple[Listed | None, tuple[Diagnostic, ...]]:
    """Return the list and what is wrong with it; None where its head does not say what is to be counted.

    An organisation with a fault of its own is left out with a finding, and the others are counted all the same.
    """
    file, misfits = validate(RollupFile, document)
    findings = [_without_own_fields(found) for found in misfits]
    faulty = {document.loc_at(found.span)[:2] for found in misfits}
    if file is None or str(file.period) == PLACEHOLDER_YEAR:
        return None, tuple(findings)
    entries = tuple(_sound(document, faulty, findings))
    findings.extend(_not_filled_in(document))
    findings.extend(_spelt_differently(document, entries))
    nodes = document.data.get("organisations")
    asked = {entry.at for entry in entries}
    left_out = _left_out(
        document, (at for at in range(len(nodes) if isinstance(nodes, list) else 0) if at not in asked)
    )
    return Listed(file, entries, left_out, tuple(dict.fromkeys(_unread(document, misfits)))), tuple(findings)


def _without_own_fields(found: Diagnostic) -> Diagnostic:
    """Return a finding about a list, in which no key takes fields of one's own."""
    values = dict(found.values)
    is_surplus = found.code == "unknown-key" and values.keys() == {"key"}
    return finding(found.code, found.span, **values, surplus=values["key"]) if is_surplus else found


def _left_out(document: Document, numbers: Iterable[int]) -> dict[int, LeftOut]:
    """Return the organisations with these numbers as those that are left out."""
    return {at: LeftOut(_name_of(document, at), document.span_of(("organisations", at)).line) for at in numbers}


def _name_of(document: Document, at: int) -> str:
    nodes = document.data.get("organisations")
    node = nodes[at] if isinstance(nodes, list) else None
    name = node.get("name") if isinstance(node, dict) else None
    return re.sub(f"[{CONTROLS}]", "", name) if isinstance(name, str) else ""


def _unread(document: Document, misfits: Iterable[Diagnostic]) -> Iterator[str]:
    """Yield the keys of the head that stand there in vain; a misspelt one whose meaning is clear does not."""
    for found in misfits:
        loc = document.loc_at(found.span)
        is_understood = found.code == "unknown-key" and "suggestion" in dict(found.values)
        if loc and loc[0] != "organisations" and not is_understood:
            yield str(loc[0])


def _sound(document: Document, faulty: set[tuple[str | int, ...]], findings: list[Diagnostic]) -> Iterator[Entry]:
    """Yield the organisations that are named once and say where they are to be found."""
    nodes = document.data.get("organisations")
    names: dict[tuple[str, str], int] = {}
    for at, node in enumerate(nodes if isinstance(nodes, list) else ()):
        if ("organisations", at) in faulty or not isinstance(node, dict):
            continue
        one = Organisation.model_validate(node)
        found = _misplaced(document, at, one)
        named = (folded(one.province or ""), folded(one.name))
        first = at if is_blank(one.name) else names.setdefault(named, at)
        if first != at:
            line = document.span_of(("organisations", first, "name")).line
            span = document.span_of(("organisations", at, "name"))
            found = finding("duplicate-organisation", span, name=one.name, line=line)
        if found:
            findings.append(found)
        else:
            yield Entry(at, one)


def _misplaced(document: Document, at: int, one: Organisation) -> Diagnostic | None:
    if (one.path is None) == (one.git is None):
        return finding("organisation-without-place", document.span_of(("organisations", at)), name=one.name)
    if one.git and one.git.is_address and not _ADDRESS.fullmatch(one.git.repository):
        span = document.span_of(("organisations", at, "git", "repository"))
        return finding("address-not-allowed", span, address=one.git.repository)
    return None


def _not_filled_in(document: Document) -> Iterator[Diagnostic]:
    """Find the blanks of a list to begin with that nobody filled in; one that is no text is a fault of another kind."""
    for loc, text in _texts(document.data, ()):
        if is_blank(text):
            yield finding("unfilled-blank", document.span_of(loc), text=text.strip())


def _texts(node: Any, loc: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield all texts of a document with where they stand."""
    if isinstance(node, str):
        yield loc, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _texts(value, (*loc, key))
    elif isinstance(node, list):
        for at, value in enumerate(node):
            yield from _texts(value, (*loc, at))


def _spelt_differently(document: Document, entries: Sequence[Entry]) -> Iterator[Diagnostic]:
    """Find provinces that are most likely one and the same, but for letters that look alike, signs or spaces."""
    spellings: dict[str, dict[str, int]] = {}
    for entry in entries:
        if province := entry.organisation.province:
            counts = spellings.setdefault(looks_like(province), {})
            counts[province] = counts.get(province, 0) + 1
    usual = {way: max(counts, key=lambda name: counts[name]) for way, counts in spellings.items()}
    told: set[str] = set()
    for entry in entries:
        province = entry.organisation.province or ""
        meant = usual.get(looks_like(province), province)
        if folded(meant) != folded(province) and province not in told:
            told.add(province)
            span = document.span_of(("organisations", entry.at, "province"))
            yield finding("province-spelt-differently", span, name=province, suggestion=meant)


def expected_of_nobody(document: Document, listed: Listed, ids: Collection[str]) -> Iterator[Diagnostic]:
    """Find what is expected though it is no form, and the id of no plan; `ids` are those of all plans read."""
    known = {*FORMS, *ids}
    places: list[tuple[str | int, ...]] = [("expects",)]
    places += [("organisations", entry.at, "expects") for entry in listed.entries]
    for place in places:
        node: Any = document.data
        for step in place:
            node = node.get(step) if isinstance(node, dict) else node[step]
        for at, name in enumerate(node if isinstance(node, list) else ()):
            if isinstance(name, str) and name and name not in known and not is_blank(name):
                span = document.span_of((*place, at))
                yield finding("expected-of-nobody", span, name=name, **near(name, sorted(known)))


def same_twice(document: Document, places: Iterable[tuple[int, str]]) -> tuple[frozenset[int], tuple[Diagnostic, ...]]:
    """Return the entries whose project is that of one before, and a finding for each: nothing is counted twice."""
    first: dict[str, int] = {}
    again: set[int] = set()
    findings: list[Diagnostic] = []
    for at, place in places:
        if (before := first.setdefault(place, at)) != at:
            again.add(at)
            line = document.span_of(("organisations", before)).line
            span: Span = document.span_of(("organisations", at))
            findings.append(finding("same-project-twice", span, line=line))
    return frozenset(again), tuple(findings)
