"""The way back of indicators with a target for each of several years.

In: a line of a paper. Out: the indicator that it holds, as a programme writes it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from planctl.forms.drafting import NOTHING, Cells, bare_number, units_of
from planctl.forms.indicators import ValueKind
from planctl.forms.yearly import BETWEEN, KINDS, TARGET_OF, is_target

if TYPE_CHECKING:
    from planctl.forms.drafting import Drafting
    from planctl.forms.form import Loc
    from planctl.forms.paper import Line, Written

_TOLD = re.compile(r"\n+\s*\((?P<told>[^()]+)\)\s*\Z")
_ONE_OF_SEVERAL = re.compile(r"\s*/\s*")
_AMOUNT = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


def drafted(drafting: Drafting, line: Line, loc: Loc, expected: str, year: str) -> dict[str, Any]:
    """Return the indicator that a line of a paper holds, and set down what it reached.

    `expected` is the number that comes next; `year` that of a target whose heading names none.
    """
    cells, indicator = Cells(line), dict[str, Any]()
    number = cells.take("number")
    if bare_number(number) in {"", expected}:
        drafting.count(number)
    else:
        drafting.put(indicator, loc, "number", number, bare_number(number))
    written = cells.take("indicator", "measure")
    name, kind, parts = _name(written.text.strip() if written else "-")
    indicator["name"] = name
    if written:
        drafting.note((*loc, "name"), written)
        drafting.put(indicator, loc, "value", written, kind)
    values = {"unit": cells.take("unit"), "baseline": cells.take("baseline")} | {
        key.removeprefix(TARGET_OF): cells.take(key) for key in tuple(line.cells) if is_target(key)
    }
    if target := cells.take("target"):
        values[year] = target
    told = {key: one for key, one in values.items() if one and one.text.strip() not in NOTHING}
    _put_values(drafting, indicator, loc, told, parts)
    units = cells.take("units")
    drafting.put(indicator, loc, "units", units, units_of(units))
    drafting.report(loc, cells, tuple(part["id"] for part in indicator.get("parts", ())))
    drafting.keep_the_rest(indicator, loc, line, cells)
    return indicator


def _name(text: str) -> tuple[str, str, list[str]]:
    """Return the name of an indicator, and what the brackets below it say: what a value counts, names of its parts."""
    match = _TOLD.search(text)
    kinds = {words: kind.value for kind, words in KINDS.items()}
    *names, last = match["told"].split("; ") if match else [""]
    if not match or last not in kinds:
        return text, "", []
    kind = "" if kinds[last] == ValueKind.YEAR else kinds[last]
    return text[: match.start()].strip(), kind, names[0].split(f" {BETWEEN} ") if names else []


def _put_values(
    drafting: Drafting, indicator: dict[str, Any], loc: Loc, told: dict[str, Written], names: list[str]
) -> None:
    """Set the unit, the baseline and the targets that the cells tell, apart for each part where they hold several."""
    unit = told.pop("unit", None)
    several = _several({key: one.text.strip() for key, one in told.items()}, names)
    if not several:
        drafting.put(indicator, loc, "unit", unit)
        if "baseline" in told:
            drafting.put(indicator, loc, "baseline", told["baseline"])
        indicator["targets"] = {key: one.text.strip() for key, one in told.items() if key != "baseline"}
    else:
        units = _ONE_OF_SEVERAL.split(unit.text.strip()) if unit else []
        indicator["parts"] = [
            {"id": f"{at + 1}", "name": name}
            | ({"unit": units[at]} if len(units) == len(several) and units[at] not in NOTHING else {})
            | ({"baseline": values["baseline"]} if "baseline" in values else {})
            | {"targets": {key: value for key, value in values.items() if key != "baseline"}}
            for at, (name, values) in enumerate(several)
        ]
        if unit and len(units) != len(several):
            drafting.put(indicator, loc, "unit", unit)
        elif unit:
            drafting.note((*loc, "parts", 0, "unit"), unit)
    for key, one in told.items():
        drafting.note((*loc, "baseline") if key == "baseline" else (*loc, "targets", key), one)


def _several(values: dict[str, str], names: list[str]) -> list[tuple[str, dict[str, str]]]:
    """Return the parts of an indicator whose every cell holds as many values: «6/70», or numbers in the same words."""
    apart = {key: _ONE_OF_SEVERAL.split(value) for key, value in values.items()}
    counts = set(map(len, apart.values()))
    if len(counts) == 1 and (count := counts.pop()) > 1:
        named = names if len(names) == count else [f"{at + 1}" for at in range(count)]
        return [
            (name, {key: parts[at] for key, parts in apart.items() if parts[at] not in NOTHING})
            for at, name in enumerate(named)
        ]
    shapes = {" ".join(_AMOUNT.sub("#", value).split()) for value in values.values()}
    if len(shapes) != 1 or len(values) < 2 or (shape := shapes.pop()).count("#") < 2:  # noqa: PLR2004 -- one is alone
        return []
    words = [part.strip(" ,;.-") for part in shape.split("#")]
    if words[0] or not all(words[1:]):
        return []
    amounts = {key: _AMOUNT.findall(value) for key, value in values.items()}
    return [(name, {key: numbers[at] for key, numbers in amounts.items()}) for at, name in enumerate(words[1:])]
