"""The way back of a programme of several years: from a paper to its texts, objectives, measures and indicators."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from planctl.forms.drafting import NOTHING, Cells, Drafting, bare_number, lines_under_titles, units_of
from planctl.forms.drafts.programme_texts import drafted_texts
from planctl.forms.drafts.yearly import drafted as drafted_yearly
from planctl.forms.paper import Line
from planctl.forms.programme import MEASURES
from planctl.forms.yearly import is_target

if TYPE_CHECKING:
    from planctl.forms.form import Loc
    from planctl.forms.paper import Draft, Paper, PaperPassage, SectionLine


def draft(paper: Paper) -> Draft:
    """Return the programme that a paper holds: its texts, objectives over measures, and indicators by year.

    A paper without a table of measures has them in numbered paragraphs: `3.1` an objective, `3.1.2` a measure.
    """
    drafting = Drafting(paper)
    objectives: list[dict[str, Any]] = []
    indicators: list[dict[str, Any]] = []
    drafting.plan |= {"years": _years(paper), "objectives": objectives, "indicators": indicators}
    left = drafted_texts(drafting, paper.passages)
    for table in paper.tables:
        for titles, lines in lines_under_titles(table):
            if table.layout == MEASURES:
                _draft_objective(drafting, objectives, titles, lines)
                continue
            for one in titles:
                drafting.leave(one.title)
            for line in lines:
                loc: Loc = ("indicators", len(indicators))
                year = str(paper.year or paper.period or "")[:4] or drafting.plan["years"]["last"]
                indicators.append(drafted_yearly(drafting, line, loc, str(len(indicators) + 1), year))
    for passage in left:
        if objectives or not _draft_measures(drafting, objectives, passage):
            drafting.leave(passage.title)
            drafting.leave(passage.text)
    if not indicators:
        del drafting.plan["indicators"]
    return drafting.draft()


_YEARS = re.compile(r"(?P<first>(?:19|20)\d\d)\s*(?:он\w*)?\s*[-–—]\s*(?P<last>(?:19|20)\d\d)")
_OBJECTIVE = re.compile(
    r"(?:зорилт\s+)?(?P<number>[0-9]+(?:\.[0-9]+)*)(?:\s*[.:)]\s+|\s+(?=\D))(?P<title>\S.*)", re.IGNORECASE | re.DOTALL
)
_EXPECTED = re.compile(r"(?:хүрэх|хүлээгдэж буй)\s+үр\s+дүн\s*[:.]?\s*(?P<expected>.+)", re.IGNORECASE | re.DOTALL)


def _years(paper: Paper) -> dict[str, str]:
    """Return the years that the text names, else those of the targets, else that of the paper."""
    texts = [one.text.text for one in paper.passages if "хугацаа" in one.title.text.casefold()]
    texts += [paper.title.text if paper.title else ""]
    named = next((match for text in texts if (match := _YEARS.search(text))), None)
    keys = {key for table in paper.tables for line in table.lines if isinstance(line, Line) for key in line.cells}
    of_targets = sorted(key[-4:] for key in keys if is_target(key))
    only = str(paper.year or paper.period or "")[:4]
    first, last = (
        (named["first"], named["last"]) if named else (min(of_targets, default=only), max(of_targets, default=only))
    )
    years = {"first": first, "last": last}
    return years | ({"baseline": paper.baseline_year.text} if paper.baseline_year else {})


def _draft_objective(
    drafting: Drafting, objectives: list[dict[str, Any]], titles: tuple[SectionLine, ...], lines: tuple[Line, ...]
) -> None:
    loc: Loc = ("objectives", len(objectives))
    objective = _objective(titles[-1].title.text if titles else "", len(objectives) + 1)
    objectives.append(objective)
    for title in titles[:-1]:
        drafting.leave(title.title)
    if titles:
        drafting.note((*loc, "title"), titles[-1].title)
    for at, line in enumerate(lines):
        cells, within = Cells(line), (*loc, "measures", at)
        expected = cells.take("expected")
        if expected and expected.text.strip() not in {*NOTHING, objective.get("expected", "")}:
            told = "\n\n".join(part for part in (objective.get("expected"), expected.text.strip()) if part)
            drafting.put(objective, loc, "expected", expected, told)
        objective["measures"].append(_measure(drafting, line, cells, within, objective["number"]))


def _objective(text: str, place: int) -> dict[str, Any]:
    match = _OBJECTIVE.fullmatch(text.strip())
    number, title = (match["number"], match["title"]) if match else (str(place), text)
    return {"number": number, "title": title.strip() or "-", "measures": []}


def _measure(drafting: Drafting, line: Line, cells: Cells, loc: Loc, above: str) -> dict[str, Any]:
    measure: dict[str, Any] = {}
    number, written, units = cells.take("number"), cells.take("measure"), cells.take("units")
    counted = {"", f"{above}.{int(loc[-1]) + 1}"}
    if bare_number(number) in counted:
        drafting.count(number)
    else:
        drafting.put(measure, loc, "number", number, bare_number(number))
    measure["text"] = written.text.strip() if written else "-"
    if written:
        drafting.note((*loc, "text"), written)
    drafting.put(measure, loc, "units", units, units_of(units))
    drafting.report(loc, cells)
    drafting.keep_the_rest(measure, loc, line, cells)
    return measure


def _draft_measures(drafting: Drafting, objectives: list[dict[str, Any]], passage: PaperPassage) -> bool:
    """Read objectives and measures out of numbered paragraphs; tell whether there are any."""
    begun = len(objectives)
    for paragraph in (passage.title.text, *passage.text.text.split("\n")):
        text = paragraph.strip().removeprefix("- ")
        match = _OBJECTIVE.fullmatch(text)
        current = objectives[-1] if len(objectives) > begun else None
        loc: Loc = ("objectives", len(objectives) - 1)
        if current is not None and (expected := _EXPECTED.fullmatch(text)):
            drafting.put(current, loc, "expected", passage.text, expected["expected"].strip())
        elif match and current is not None and match["number"].startswith(f"{current['number']}."):
            within: Loc = (*loc, "measures", len(current["measures"]))
            current["measures"].append({"number": match["number"], "text": match["title"].strip()})
            drafting.note((*within, "text"), passage.text)
            drafting.report(within, Cells(Line({}, passage.text.place)))
        elif match and "." in match["number"]:
            objectives.append(_objective(text, len(objectives) + 1))
            drafting.note(("objectives", len(objectives) - 1, "title"), passage.text)
        elif current is not None and text:
            key = "expected" if current.get("expected") else "title"
            current[key] = f"{current[key]}\n\n{text}" if key == "expected" else f"{current[key]} {text}"
    return len(objectives) > begun
