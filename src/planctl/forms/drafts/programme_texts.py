"""The way back of a programme's texts: from the passages around a paper's tables to the fields that they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from planctl.forms.citing import citation_of
from planctl.forms.drafting import NOTHING, listed
from planctl.forms.programme import Rhythm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from planctl.forms.drafting import Drafting
    from planctl.forms.paper import PaperPassage

_TITLES = (
    ("approved_by", re.compile(r"баталсан\s+(?:шийдвэр|тогтоол)", re.IGNORECASE)),
    ("grounds", re.compile(r"үндэслэл", re.IGNORECASE)),
    ("funding", re.compile(r"санхүүж|эх\s+үүсвэр", re.IGNORECASE)),
    ("implementing", re.compile(r"хэрэгжүүлэгч|хэрэгжүүлэх\s+байгууллага", re.IGNORECASE)),
    ("reporting", re.compile(r"тайлагн|тайлан", re.IGNORECASE)),
    ("oversight", re.compile(r"хяналт", re.IGNORECASE)),
    ("years", re.compile(r"хугацаа", re.IGNORECASE)),
    ("outcomes", re.compile(r"үр\s+дүн", re.IGNORECASE)),
    ("purpose", re.compile(r"зорилго", re.IGNORECASE)),
)
_PUBLIC = re.compile(r",?\s*нийтэд\s+ил\s+тод", re.IGNORECASE)
_RHYTHM_WORDS = (
    (Rhythm.QUARTER, re.compile(r"улир", re.IGNORECASE)),
    (Rhythm.HALF_YEAR, re.compile(r"хагас", re.IGNORECASE)),
    (Rhythm.YEAR, re.compile(r"жил", re.IGNORECASE)),
)


def drafted_texts(drafting: Drafting, passages: Iterable[PaperPassage]) -> tuple[PaperPassage, ...]:
    """Set the fields whose titles say what they are; return the passages that are none of these."""
    left = []
    for passage in passages:
        key = next((key for key, title in _TITLES if title.search(passage.title.text)), "")
        value = _READERS[key](passage.text.text.strip()) if key else None
        if not value or (key in drafting.plan and key != "years"):
            left.append(passage)
        elif key != "years":
            drafting.put(drafting.plan, (), key, passage.text, value)
    return tuple(left)


def _items(text: str) -> list[str]:
    return [one for one in listed(text) if one not in NOTHING]


def _reporting(text: str) -> list[dict[str, str]]:
    """Return to whom and how often, a line each; a line that names no rhythm makes the whole a text."""
    told: list[dict[str, str]] = []
    for line in _items(text):
        to, _colon, words = _PUBLIC.sub("", line).rpartition(":")
        every = next((rhythm for rhythm, pattern in _RHYTHM_WORDS if pattern.search(words)), None)
        if every is None or not to.strip():
            return []
        told.append({"to": to.strip(), "every": every.value} | ({"public": "true"} if _PUBLIC.search(line) else {}))
    return told


def _approval(text: str) -> dict[str, str]:
    body, comma, rest = text.partition(", ")
    act, _comma, rest = rest.partition(", ")
    if not comma:
        return {}
    cited = citation_of(rest)
    told = {"body": body, "act": act, "number": cited.number, "date": cited.date, "title": cited.title}
    return {key: value for key, value in told.items() if value}


_READERS: dict[str, Callable[[str], Any]] = {
    "approved_by": _approval,
    "grounds": str,
    "purpose": str,
    "years": str,
    "oversight": str,
    "funding": lambda text: [{"source": one} for one in _items(text)],
    "implementing": _items,
    "outcomes": _items,
    "reporting": _reporting,
}
