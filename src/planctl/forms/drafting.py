"""From the cells of a paper to the fields of a plan and of its actuals: what the drafts of all forms have in common.

In: `Line`s, by the keys of a form's columns. Out: a `Draft`. Texts are kept as they are written; a cell that says
something else than its column asks for stays as it is, and `check` finds it at its place.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from planctl.forms.actuals import STATE_LABELS
from planctl.forms.paper import Draft, Line, SectionLine, Written
from planctl.forms.quantity import quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planctl.forms.paper import Loc, Paper, PaperTable

NOTHING = frozenset({"", "-", "–", "—", "−", "--", "---", "...", "…", "байхгүй"})
"""What a cell says that has nothing to say."""

LABELS = {
    "number": "№",
    "decision": "Шийдвэр",
    "decision_date": "Огноо",
    "objective": "Зорилт",
    "measure": "Арга хэмжээ",
    "clause": "Заалт",
    "basis": "Үндэслэл",
    "period": "Хугацаа",
    "budget": "Төсөв",
    "indicator": "Шалгуур үзүүлэлт",
    "unit": "Хэмжих нэгж",
    "baseline": "Суурь түвшин",
    "target": "Зорилтот түвшин",
    "expected": "Хүрэх үр дүн",
    "reached": "Хүрсэн түвшин",
    "achievement": "Гүйцэтгэл",
    "units": "Хариуцагч",
    "weight": "Жин",
    "evidence": "Нотлох баримт",
    "reason": "Тайлбар",
}
"""How a column is called that a form has no field for: under this name it becomes an office's own field."""

_SCORE = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,6})?)\s*(?:%|хувь\w*)?\s*\.?", re.IGNORECASE)
_STATES = {
    **{label.casefold(): state.value for state, label in STATE_LABELS.items()},
    "хэрэгжих хугацаа болоогүй": "not-due",
    "хэрэгжүүлэх хугацаа болоогүй": "not-due",
    "хугацаа нь болоогүй": "not-due",
    "үнэлэх боломжгүй": "not-evaluated",
    "үнэлэгдээгүй": "not-evaluated",
    "хойшилсон": "postponed",
    "хойшлуулсан": "postponed",
    "хүчингүй": "repealed",
    "нэгтгэгдсэн": "merged",
    "хяналтаас хасагдсан": "closed",
}
_STATE_LINE = re.compile(
    rf"(?P<state>{'|'.join(map(re.escape, STATE_LABELS.values()))})"
    r"(?::\s*(?:(?P<date>\d{4}-\d{2}-\d{2}))?(?:,?\s*(?P<act>\S.*))?)?",
    re.IGNORECASE,
)
_REASON = re.compile(r"(?:Тайлбар|Шалтгаан)\s*:\s*(?P<reason>.+)", re.DOTALL)
_REACHED = re.compile(r"Хүрсэн түвшин\s*:\s*(?P<reached>.+)", re.DOTALL)
_NUMBERED = re.compile(r"\s*(?P<number>[0-9]{1,2})[.)]\s*(?P<text>.*)")
_BULLET = re.compile(r"\s*[-•]\s+(?P<text>.*)")
_COUNTED = ("нэг", "хоёр", "гурав", "дөрөв", "тав", "зургаа", "долоо", "найм", "ес", "арав", "арван нэг", "арван хоёр")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ORDINAL = re.compile(
    rf"(?P<number>[0-9]+(?:\.[0-9]+)*|(?:{'|'.join((*reversed(_COUNTED), *_ROMAN))})(?=[.)]))"
    r"(?:\s*[.):]\s+|\s*[.):]?\s*(?=[^0-9\s.]))(?P<text>[^\s.].*)",
    re.DOTALL | re.IGNORECASE,
)
_PARTS_OF_UNITS = re.compile(r"\s*(?:[\n;]|,(?=\s|\D))\s*")
_UNIT_OF_VALUE = re.compile(r"[-+−]?[0-9][0-9.,'\s\u00a0]*\s(?P<unit>(?![0-9])\S{2,}(?:\s\S+){0,2})")
LONGEST_UNIT = 30
LONGEST_VALUE = 40


class Drafting:
    """A draft in the making; it notes where each value came from, and which cells of a line nobody has asked for."""

    def __init__(self, paper: Paper) -> None:
        self.plan: dict[str, Any] = {}
        self._keeps_extra_in_plan = paper.kind == "plan"
        self._entries: dict[Loc, dict[str, Any]] = {}
        self._origins: dict[Loc, Written] = {}
        self._counted: list[Written] = []
        self._left: list[Written] = []

    def put(self, into: dict[str, Any], loc: Loc, key: str, written: Written | None, value: Any = None) -> None:
        """Set a key, and note its origin; nothing is set where the paper says nothing."""
        wanted = value if value is not None else written.text.strip() if written else ""
        if written is not None and wanted not in ("", [], {}):
            into[key] = wanted
            self._origins[(*loc, key)] = written

    def note(self, loc: Loc, written: Written) -> None:
        """Note where a value without a key of its own came from, such as an entry of a list."""
        self._origins[loc] = written

    def repeat(self, loc: Loc, written: Written) -> None:
        """Note that a cell says once more what a value says."""
        first = self._origins.setdefault(loc, written)
        if first is not written:
            self._origins[loc] = replace(first, also=(*first.also, written.place, *written.also))

    def count(self, written: Written | None) -> None:
        """Note a cell that the form counts by itself."""
        if written is not None:
            self._counted.append(written)

    def has_counted(self, written: Written) -> bool:
        """Tell whether a cell was counted last: one that is merged over several rows is met in each of them."""
        return any(one.place == written.place for one in self._counted[-2:])

    def leave(self, written: Written | None) -> None:
        """Note what found no place."""
        if written is not None and written.text.strip() not in NOTHING:
            self._left.append(written)

    def report(self, loc: Loc, cells: Cells, indicators: tuple[str, ...] = ()) -> dict[str, Any]:
        """Set down what was done about an item, and return its entry.

        `indicators` are the ids of the item's indicators, of which each may have a reached value of its own.
        """
        entry: dict[str, Any] = {}
        self._entries[loc] = entry
        if self._keeps_extra_in_plan:
            return entry
        at: Loc = ("items", *loc)
        progress, reached = cells.take("progress"), cells.take("reached")
        if both := cells.take("reached_progress"):
            reached, progress = _parted(both)
        parts = _told(progress.text) if progress else {}
        self.put(entry, at, "progress", progress, parts.get("progress", ""))
        if reached:
            self.put(entry, at, "reached", reached, _reached(reached.text.strip(), indicators))
        self._evaluate(entry, at, cells, parts)
        self.count(cells.take("achievement"))
        reason = cells.take("reason")
        for key in ("reason", "date", "act"):
            if key == "reason" and reason and reason.text.strip() not in NOTHING:
                told = dict.fromkeys(part for part in (parts.get("reason"), reason.text.strip()) if part)
                parts["reason"] = "\n\n".join(told)
            if parts.get(key) and (origin := reason if key == "reason" and reason else progress):
                self.put(entry, at, key, origin, parts[key])
        if (evidence := cells.take("evidence")) and evidence.text.strip() not in NOTHING:
            titles = [line.strip() for line in evidence.text.split("\n") if line.strip()]
            self.put(entry, at, "evidence", evidence, [{"document": {"title": title}} for title in titles])
        return entry

    def _evaluate(self, entry: dict[str, Any], at: Loc, cells: Cells, told: dict[str, str]) -> None:
        """Set the scores and the state: words in the place of a score say a state."""
        state = told.get("state")
        written = {key: one for key in ("self", "superior") if (one := cells.take(key)) is not None}
        read = {key: score_of(one.text) for key, one in written.items()}
        said = {key: words for key, (_score, words) in read.items() if words}
        has_score = any(score for score, _words in read.values())
        for key, one in written.items():
            score, words = read[key]
            if words and has_score and words != "closed":
                score = one.text.strip()
            self.put(entry, at, key, one, score)
        if said and (not has_score or "closed" in said.values()):
            state = next(iter(said.values()))
            self.put(entry, at, "state", written[next(iter(said))], state)
            for key in list(said)[1:]:
                self.repeat((*at, "state"), written[key])
            if told.get("state") and (also := cells.seen("progress") or cells.seen("reached_progress")):
                self.repeat((*at, "state"), also)
        elif state:
            self.put(entry, at, "state", cells.seen("progress") or cells.seen("reached_progress"), state)

    def keep_the_rest(self, item: dict[str, Any], loc: Loc, line: Line, cells: Cells) -> None:
        """Put what the form has no field for among the office's own fields: of the plan, or of the report's entry."""
        mine = {LABELS.get(key, key): one for key, one in cells.rest()} | dict(line.extra)
        kept = {name.strip(): one for name, one in mine.items() if one.text.strip() and name.strip()}
        if not kept:
            return
        into, at = (item, loc) if self._keeps_extra_in_plan else (self._entries[loc], ("items", *loc))
        into["extra"] = {name: one.text.strip() for name, one in kept.items()}
        for name, one in kept.items():
            self._origins[(*at, "extra", name)] = one

    def draft(self) -> Draft:
        """Return what came out."""
        return Draft(self.plan, self._entries, self._origins, tuple(self._counted), tuple(self._left))


class Cells:
    """The cells of a line; each is taken once, and the `rest` is what nobody took."""

    def __init__(self, line: Line) -> None:
        self._all = dict(line.cells)
        self._left = dict(line.cells)

    def take(self, *keys: str) -> Written | None:
        """Return the first of these cells that says anything, and take it."""
        for key in keys:
            if (found := self._left.pop(key, None)) is not None and found.text.strip():
                return found
        return None

    def seen(self, key: str) -> Written | None:
        """Return a cell, taken or not."""
        return self._all.get(key)

    def rest(self) -> Iterator[tuple[str, Written]]:
        """Yield the key and text of the cells that nobody took and that say something."""
        return ((key, one) for key, one in self._left.items() if one.text.strip() not in NOTHING)


def score_of(text: str) -> tuple[str, str]:
    """Return what stands in a cell of scores: the score without its sign, and the state that words in its place say.

    `100%`, `90 хувь` and `82,5` are scores; anything else is returned as written, for `check` to find.
    """
    written = " ".join(text.split())
    if written.casefold() in NOTHING:
        return "", ""
    if state := _STATES.get(written.casefold().rstrip(".")):
        return "", state
    match = _SCORE.fullmatch(written)
    return (match[1] if match else written), ""


def _parted(both: Written) -> tuple[Written | None, Written | None]:
    """Part a cell for the reached value and the narrative: the value is named, or is all that the cell says."""
    paragraphs = both.text.strip().split("\n\n")
    if match := _REACHED.fullmatch(paragraphs[0]):
        values = [match["reached"].strip()]
        rest = paragraphs[1:]
        while values[0].startswith("1)") and rest and rest[0].startswith(f"{len(values) + 1})"):
            values.append(rest.pop(0))
        return Written("\n".join(values), both.place), Written("\n\n".join(rest), both.place)
    whole = both.text.strip()
    said = quantity(whole)
    is_value = said.kind not in {"text", "none"} or (said.kind == "text" and _UNIT_OF_VALUE.fullmatch(whole))
    if len(whole) <= LONGEST_VALUE and is_value and not whole.endswith("."):
        return both, None
    return None, both


def _told(progress: str) -> dict[str, str]:
    """Part a narrative from the lines below it that say the item's state and the reason."""
    if progress.strip() in NOTHING:
        return {}
    told: dict[str, str] = {}
    paragraphs = progress.strip().split("\n\n")
    if match := _REASON.fullmatch(paragraphs[-1]):
        told["reason"] = match["reason"].strip()
        paragraphs.pop()
    if paragraphs and (match := _STATE_LINE.fullmatch(paragraphs[-1])):
        told["state"] = _STATES[match["state"].casefold()]
        told |= {key: match[key].strip() for key in ("date", "act") if match[key]}
        paragraphs.pop()
    return told | {"progress": "\n\n".join(paragraphs).strip()}


def _reached(text: str, indicators: tuple[str, ...]) -> str | dict[str, str]:
    """Return the reached value, or those of several indicators under their ids where the cell numbers as many."""
    several = (values for values in (listed(text), re.split(r"\s*/\s*", text)) if len(values) == len(indicators))
    if len(indicators) < 2 or (values := next(several, None)) is None:  # noqa: PLR2004 -- one is alone
        return text
    return {id_: value for id_, value in zip(indicators, values, strict=True) if value not in NOTHING}


def listed(text: str) -> list[str]:
    """Return what a cell lists, numbered, with bullets, or a line each; one text where it lists nothing."""
    lines = [line for line in text.strip().split("\n") if line.strip()]
    numbered = [_NUMBERED.fullmatch(line) for line in lines]
    if all(numbered) and [int(one["number"]) for one in numbered if one] == list(range(1, len(lines) + 1)):
        return [one["text"].strip() for one in numbered if one]
    bullets = [_BULLET.fullmatch(line) for line in lines]
    if all(bullets):
        return [one["text"].strip() for one in bullets if one]
    return [line.strip() for line in lines]


def parted_number(title: str) -> tuple[str, str]:
    """Return the official number of a title in digits, and its words: `1`, `Удирдлага`; "" where it has none.

    «НЭГ.» and «I.» are 1 as well.
    """
    match = _ORDINAL.fullmatch(title.strip())
    if not match:
        return "", title.strip()
    written = match["number"].casefold()
    spelt = next((names.index(written) + 1 for names in (_COUNTED, _ROMAN) if written in names), written)
    again, text = parted_number(match["text"])
    return str(spelt), text if again == str(spelt) else match["text"].strip()


def bare_number(written: Written | None) -> str:
    """Return a number without the point or bracket behind it."""
    return written.text.strip().rstrip(".)").strip() if written else ""


def units_of(written: Written | None) -> list[str]:
    """Return the units that a cell names, one after the other."""
    if written is None or written.text.strip() in NOTHING:
        return []
    parts = (name for line in listed(written.text) for name in _PARTS_OF_UNITS.split(line))
    names = (" ".join(name.split()).removeprefix("- ").strip() for name in parts)
    return list(dict.fromkeys(name.rstrip(".") if name.count(".") == 1 else name for name in names if name))


def indicators_of(cells: Cells) -> tuple[list[dict[str, Any]], dict[str, Written]]:
    """Return the indicators that the cells of a measure tell of, and the cell behind each of their keys.

    Several are told apart where the cells list as many names, baselines and targets; the unit is parted from a value
    that it follows, and kept in the value as well.
    """
    written = {key: one for key in ("indicator", "unit", "baseline", "target") if (one := cells.take(key)) is not None}
    if all(one.text.strip() in NOTHING for one in written.values()):
        return [], {}
    lists = {key: listed(one.text) for key, one in written.items()}
    count = max(map(len, lists.values()))
    told_alike = count > 1 and all(
        len(values) == count or (key == "baseline" and values[0] in NOTHING)
        for key, values in lists.items()
        if key != "unit"
    )
    if not (told_alike and "indicator" in written):
        return [_indicator({key: one.text.strip() for key, one in written.items()})], written
    several = []
    for at in range(count):
        values = {key: (texts[at] if len(texts) == count else texts[0]) for key, texts in lists.items()}
        several.append({"id": f"{at + 1}", **_indicator(values)})
    return several, written


def _indicator(values: dict[str, str]) -> dict[str, Any]:
    """Return an indicator; a baseline "-" is kept, for it says that there is none."""
    indicator: dict[str, Any] = {"name": values.get("indicator") or "-"}
    amounts = [values[key] for key in ("baseline", "target") if values.get(key, "") not in NOTHING]
    unit = values.get("unit", "")
    if unit := unit if unit not in NOTHING else _unit_of(amounts):
        indicator["unit"] = unit
    kept = {"baseline": {""}, "target": NOTHING}
    return indicator | {key: values[key] for key, nothing in kept.items() if values.get(key, "") not in nothing}


def _unit_of(values: Iterable[str]) -> str:
    """Return the unit that follows the numbers, where it is one and makes them measurable: «45 сургалт»."""
    matches = [_UNIT_OF_VALUE.fullmatch(value) for value in values if quantity(value).kind == "text"]
    units = {match["unit"] for match in matches if match}
    if len(units) != 1 or not all(matches):
        return ""
    unit = units.pop()
    told = all(quantity(value, unit).is_measurable for value in values)
    return unit if told and len(unit) <= LONGEST_UNIT else ""


def lines_under_titles(table: PaperTable) -> Iterator[tuple[tuple[SectionLine, ...], tuple[Line, ...]]]:
    """Yield the lines of a table, each run under the section rows above it, the outermost first."""
    titles: tuple[SectionLine, ...] = ()
    lines: list[Line] = []
    for line in table.lines:
        if isinstance(line, Line):
            lines.append(line)
            continue
        if lines or (titles and titles[-1].level >= line.level):
            yield titles, tuple(lines)
            lines = []
        titles = (*(one for one in titles if one.level < line.level), line)
    if lines or titles:
        yield titles, tuple(lines)
