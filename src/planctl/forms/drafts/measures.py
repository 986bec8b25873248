"""The way back of measures («арга хэмжээ»), for the forms that have them.

In: a line of a paper. Out: the measure that it holds, as a plan writes it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from planctl.forms.citing import only_day
from planctl.forms.drafting import NOTHING, Cells, bare_number, indicators_of, units_of
from planctl.forms.measures import Funding

if TYPE_CHECKING:
    from planctl.forms.drafting import Drafting
    from planctl.forms.form import Loc
    from planctl.forms.measures import Numbers
    from planctl.forms.paper import Line, Written

_NUMBER_IN_FRONT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3})+)\.?\s+(?=[^\W\d])")
_BASIS = re.compile(r"\n+\s*Үндэслэл\s*:\s*(?P<basis>.+)\Z", re.DOTALL)
_FUNDING = re.compile(
    r"(?P<source>[^0-9\n]*[^0-9\s:–-])[\s:–-]+(?P<amount>[0-9][0-9.,'\s\u00a0]*?)(?:\s+(?P<unit>[^0-9\n]+))?"
)
_BETWEEN_FUNDS = re.compile(r"\s*(?:[;\n]|,\s)\s*")


def drafted(drafting: Drafting, line: Line, loc: Loc, expected: Numbers) -> dict[str, Any]:
    """Return the measure that a line of a paper holds, and set down what was done about it.

    A number is kept only where it is not the one that comes next.
    """
    cells, measure = Cells(line), dict[str, Any]()
    number, next_number = cells.take("number"), expected.peek()
    written = cells.take("measure", "clause", "objective")
    text = written.text.strip() if written else "-"
    if number is None and written and (match := _NUMBER_IN_FRONT.match(text)):
        number, text = replace(written, text=match[1]), text[match.end() :]
    if bare_number(number) in {"", next_number}:
        drafting.count(number)
    else:
        drafting.put(measure, loc, "number", number, bare_number(number))
    expected.next(bare_number(number) or None)
    basis = _BASIS.search(text)
    measure["text"] = (text[: basis.start()] if basis else text).strip()
    if written:
        drafting.note((*loc, "text"), written)
    named = cells.take("basis")
    if basis:
        drafting.put(measure, loc, "basis", written, basis["basis"].strip())
    elif named and named.text.strip() not in NOTHING:
        drafting.put(measure, loc, "basis", named)
    _drafted_plan(drafting, measure, loc, cells)
    ids = tuple(one["id"] for one in measure.get("indicators", ()) if "id" in one)
    drafting.report(loc, cells, ids)
    drafting.keep_the_rest(measure, loc, line, cells)
    return measure


def _drafted_plan(drafting: Drafting, measure: dict[str, Any], loc: Loc, cells: Cells) -> None:
    period, budget = cells.take("period"), cells.take("budget")
    if period and period.text.strip() not in NOTHING:
        drafting.put(measure, loc, "period", period, only_day(period.text) or " ".join(period.text.split()))
    if budget and budget.text.strip() not in NOTHING:
        drafting.put(measure, loc, "budget", budget, _funding(budget.text.strip()))
    indicators, written = indicators_of(cells)
    for at, indicator in enumerate(indicators):
        for key, origin in {**written, "name": written.get("indicator")}.items():
            if key in indicator and origin:
                drafting.note((*loc, "indicators", at, key), origin)
    if indicators:
        measure["indicators"] = indicators
        drafting.note((*loc, "indicators"), next(iter(written.values())))
    units: Written | None = cells.take("units")
    drafting.put(measure, loc, "units", units, units_of(units))
    weight = cells.take("weight")
    if weight and weight.text.strip() not in NOTHING:
        drafting.put(measure, loc, "weight", weight)


def _funding(text: str) -> list[dict[str, str]]:
    """Return the sources of a cell with their amounts, where they print as the cell has them."""
    parts = [part for part in _BETWEEN_FUNDS.split(text) if part]
    return [_source(part) for part in parts]


def _source(text: str) -> dict[str, str]:
    if not (match := _FUNDING.fullmatch(text)):
        return {"source": text}
    found = {key: value.strip() for key, value in match.groupdict().items() if value}
    reads_back = " ".join(str(Funding.model_validate(found)).split()) == " ".join(text.split())
    return found if reads_back else {"source": text}
