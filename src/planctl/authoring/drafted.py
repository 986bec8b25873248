"""The files of a paper: a plan and its actuals as YAML, made of what a form drafted, with the place of every value.

In: a `Paper`, the `Draft` of its form, and ids. Out: trees in the house's own order, and where each value came from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from planctl.authoring.ids import ids_of
from planctl.forms import FORMS
from planctl.forms.paper import Written
from planctl.forms.period import period_of
from planctl.portfolio.settings import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planctl.forms.form import Loc
    from planctl.forms.paper import Draft, Paper, SignatoryLine

ITEMS = "items"
"""Under this key origins of entries stand, by the place of the item in the plan (see `Draft.origins`)."""

_PERIOD_WORDS = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s*(?:оны|-\s*ны|он\b)?(?:\s+(?:(?:эхний|сүүлийн|[IVX]+|[1-4])\s*(?:-?\s*р|дугаар|дүгээр)?\s+)?"
    r"(?:хагас\s+жил\w*|улир\w*|жилийн\s+эцс\w*|бүтэн\s+жил\w*))?",
    re.IGNORECASE,
)
_REPORT_OF_PLAN = re.compile(
    r"(?P<plan>төлөвлөгөө|хөтөлбөр)(?:ний|ийн)\s+(?:\{(?:year|period)\}\s+)?(?:хэрэгжилт|биелэлт)\Z", re.IGNORECASE
)
_UNTITLED = "Гарчиггүй"


@dataclass(frozen=True, slots=True)
class Drafted:
    """A plan and its actuals (None where the paper reports nothing), with the origins of their values.

    `plan_origins` and `entry_origins` lead from the place of a value in its file to the paper. Texts that no field
    takes the plan keeps as its notes.
    """

    id: str
    form: str
    plan: dict[str, Any]
    actuals: dict[str, Any] | None
    plan_origins: Mapping[Loc, Written]
    entry_origins: Mapping[Loc, Written] = field(default_factory=dict)


def drafted(paper: Paper, draft: Draft, *, id_: str, units: Mapping[str, str]) -> Drafted:
    """Return the files of a paper; `units` are the ids of the project's units by their folded spellings.

    Units that the project has are named by their ids, all others as the paper writes them.
    """
    ids = _ids(draft)
    plan = _headed(paper, draft, id_)
    for loc, item_id in ids.items():
        item = _at(plan, loc)
        item_with_id = {"id": item_id, **{key: value for key, value in item.items() if key != "id"}}
        item.clear()
        item.update(item_with_id)
        if "units" in item:
            item["units"] = [units.get(folded(name), name) for name in item["units"]]
    origins: dict[Loc, Written] = {}
    entry_origins: dict[Loc, Written] = {}
    for loc, written in draft.origins.items():
        if loc[:1] == (ITEMS,):
            item_loc = next(loc[1:end] for end in range(len(loc), 0, -1) if loc[1:end] in ids)
            entry_origins[(ITEMS, ids[item_loc], *loc[1 + len(item_loc) :])] = written
        else:
            origins[loc] = written
    for loc, item_id in ids.items():
        if own := next((origins[*loc, key] for key in ("text", "name", "title") if (*loc, key) in origins), None):
            entry_origins[ITEMS, item_id] = own
    origins |= _own_origins(paper)
    actuals = _actuals(paper, draft, id_, ids) if paper.kind == "report" else None
    return Drafted(id_, paper.form, plan, actuals, origins, entry_origins)


def _ids(draft: Draft) -> dict[Loc, str]:
    """Return an id for each item, made of its words."""
    texts = []
    for loc in draft.entries:
        item = _at(draft.plan, loc)
        texts.append(str(item.get("text") or item.get("name") or item.get("title") or ""))
    return dict(zip(draft.entries, ids_of(texts), strict=True))


def _at(tree: Any, loc: Loc) -> Any:
    for step in loc:
        tree = tree[step]
    return tree


def _headed(paper: Paper, draft: Draft, id_: str) -> dict[str, Any]:
    """Return the plan with what every form has in front."""
    head: dict[str, Any] = {"form": paper.form, "id": id_, "title": title_of(paper)}
    if paper.reference:
        head["reference"] = paper.reference.text
    if paper.organisation:
        head["organisation"] = paper.organisation.text
    if paper.kind == "plan":
        head |= _signed(paper)
    notes = "\n\n".join(_noted(paper, draft))
    return {**head, **draft.plan, **({"notes": notes} if notes else {})}


def _noted(paper: Paper, draft: Draft) -> Iterator[str]:
    """Yield what no field of the form takes: it is kept as notes, so that nothing is lost."""
    if FORMS[paper.form].passages is None:
        for passage in paper.passages:
            yield "\n".join(part for part in (passage.title.text.strip(), passage.text.text.strip()) if part)
    yield from (one.text.strip() for one in draft.left)
    if paper.kind == "plan":
        yield from (part.text for part in (paper.date, paper.place) if part)


def _signed(paper: Paper) -> dict[str, Any]:
    signatories = [signatory(one) for one in paper.signatories]
    return {"signatories": signatories} if signatories else {}


def signatory(one: SignatoryLine) -> dict[str, str]:
    """Return who signs as a plan names them; «-» for what the paper leaves out."""
    return {
        "caption": one.caption.text if one.caption else "-",
        "post": one.post.text if one.post else "-",
        "name": one.name.text if one.name else "-",
    }


def _actuals(paper: Paper, draft: Draft, id_: str, ids: Mapping[Loc, str]) -> dict[str, Any]:
    head: dict[str, Any] = {"actuals": id_, "period": paper.period.text if paper.period else ""}
    for key, written in (("date", paper.date), ("place", paper.place)):
        if written:
            head[key] = written.text
    head |= _signed(paper)
    head[ITEMS] = {ids[loc]: dict(entry) or None for loc, entry in draft.entries.items()}
    return head


def _own_origins(paper: Paper) -> dict[Loc, Written]:
    named = {("title",): paper.title, ("reference",): paper.reference, ("organisation",): paper.organisation}
    return {loc: written for loc, written in named.items() if written}


def title_of(paper: Paper) -> str:
    """Return the title with `{period}` or `{year}` in the place of the paper's own, so that it serves every period.

    The report of a plan has the plan's title.
    """
    if paper.title is None:
        return _UNTITLED
    title = " ".join(paper.title.text.split())
    period = period_of(paper.period.text) if paper.period else None
    year = paper.year.text if paper.year else ""
    for match in _PERIOD_WORDS.finditer(title):
        if match["year"] in {year, str(period.year) if period else ""}:
            words = match[0].strip()
            is_bare = re.fullmatch(r"(?:19|20)\d\d\s*оны?", words, re.IGNORECASE)
            blank = "{year}" if is_bare else "{period}"
            title = f"{title[: match.start()]}{blank}{title[match.start() + len(words) :]}"
            break
    if report := _REPORT_OF_PLAN.search(title):
        return title[: report.end("plan")]
    return title


def with_period(paper: Paper, period: str) -> Paper:
    """Return the paper as one of a period that somebody named."""
    return replace(paper, period=Written(period), year=paper.year or Written(period[:4]))
