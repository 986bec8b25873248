"""The open fields of a row: how the YAML's values stand in cells.

In: documents of actuals. Out: the text of each open cell, by key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from planctl.forms.actuals import STATE_LABELS, State
from planctl.forms.fields import as_score
from planctl.forms.number import plain
from planctl.source.document import value_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planctl.forms.form import Item
    from planctl.portfolio.actuals import Actuals
    from planctl.source.document import Document

PROGRESS, REACHED, SELF, STATE, REASON, EVIDENCE = "progress", "reached", "self", "state", "reason", "evidence"
OPEN = (PROGRESS, REACHED, SELF, STATE, REASON, EVIDENCE)

HEADINGS: Mapping[str, str] = {
    PROGRESS: "Хэрэгжилтийн явц",
    REACHED: "Хүрсэн түвшин",
    SELF: "Өөрийн үнэлгээ, хувь",
    STATE: "Төлөв",
    REASON: "Шалтгаан, тайлбар",
    EVIDENCE: "Нотлох баримт",
}
TITLE_SIGN = " — "


def told(actuals: Actuals | None, item: Item) -> dict[tuple[str, str], str]:
    """Return what the files of a period say of an item, by field and indicator ("" for all else); "" is nothing.

    It is what stands in the files, also where it does not fit: the unit may be the one to mend it.
    """
    documents = actuals.documents if actuals else ()
    cells = {
        (PROGRESS, ""): _text(raw(documents, item.id, PROGRESS)),
        (STATE, ""): state_label(_text(raw(documents, item.id, STATE))),
        (REASON, ""): _text(raw(documents, item.id, REASON)),
        (EVIDENCE, ""): "\n".join(evidence_lines(raw(documents, item.id, EVIDENCE))),
    }
    if not item.is_indicator:
        cells[SELF, ""] = score_text(_text(raw(documents, item.id, SELF)))
    reached = raw(documents, item.id, REACHED)
    for at, indicator in enumerate(item.indicators):
        cells[REACHED, indicator.id or ""] = _reached(reached, indicator.id or "", is_first=at == 0)
    return cells


def raw(documents: Sequence[Document], id_: str, key: str) -> object:
    """Return what the first file that has it says under a key of an item."""
    values = (value_at(document, ("items", id_, key)) for document in documents)
    return next((value for value in values if value is not None), None)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _reached(value: object, indicator: str, *, is_first: bool) -> str:
    if isinstance(value, dict):
        return _text(value.get(indicator))
    return _text(value) if is_first else ""


def score_text(text: str) -> str:
    """Return a score as a plain number, and anything else as it is."""
    try:
        return plain(as_score(text)) if text else ""
    except PydanticCustomError:
        return text


def state_label(text: str) -> str:
    """Return the Mongolian words of a state, and anything else as it is."""
    word = text.replace("_", "-")
    return STATE_LABELS[State(word)] if word in set(State) else text


def evidence_lines(value: object) -> list[str]:
    """Return a line for each proof."""
    return [line for one in value if (line := evidence_line(one))] if isinstance(value, list) else []


def evidence_line(proof: Any) -> str:
    """Return a proof in a line: its file, address or document, and its title."""
    if not isinstance(proof, dict):
        return _text(proof)
    paper = proof.get("document")
    named = [_text(paper.get(key)) for key in ("number", "title", "date")] if isinstance(paper, dict) else []
    place = _text(proof.get("file")) or _text(proof.get("url")) or ", ".join(part for part in named if part)
    return " ".join(TITLE_SIGN.join(part for part in (place, _text(proof.get("title"))) if part).split())
