"""An entry into accepted.yaml: the file comes out in canonical form, with all that it said and all its remarks.

In: the file as it was read, or nothing, and the entry. Out: its new text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.authoring.formatting import written
from planctl.authoring.parts import Collection, File, Part, Remark, Scalar, remarks_in, taken_apart
from planctl.forms.shape import shape_of
from planctl.portfolio.accepted import AcceptedFile
from planctl.portfolio.kinds import ACCEPTED_PATH
from planctl.source.document import SourceText
from planctl.source.reader import events, read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from planctl.source.document import Document


class UnprovenError(Exception):
    """The new text would say something else than what the old one said, and the entry."""


def with_entry(document: Document | None, entry: Mapping[str, str], *, head: str) -> str:
    """Return the file's text with an entry; one of the same code and place takes over the new values.

    A new file begins with the remark `head`.
    """
    file = taken_apart(document.text, events) if document else _new(head)
    _put(_list(file), entry)
    text = written(file, shape_of(AcceptedFile))
    expected = _expected(document, entry)
    again, _findings = read(SourceText(ACCEPTED_PATH, text))
    before = remarks_in(taken_apart(document.text, events)) if document else [f"# {head}"]
    if again is None or again.data != expected or remarks_in(taken_apart(text, events)) != before:
        raise UnprovenError(text)
    return text


def _new(head: str) -> File:
    top = Collection(is_mapping=True, is_in_row=False)
    top.parts.append(Part(Scalar("accepted"), Collection(is_mapping=False, is_in_row=False)))
    return File([Remark(f"# {head}", 0)], has_gap_below_head=True, top=top)


def _list(file: File) -> Collection:
    """Return the list of entries, which stands under its key."""
    part = next(one for one in file.top.parts if one.key and one.key.text == "accepted")
    if not isinstance(part.node, Collection):
        part.node = Collection(is_mapping=False, is_in_row=False)
    part.node.is_in_row = False
    return part.node


def _put(entries: Collection, entry: Mapping[str, str]) -> None:
    for part in entries.parts:
        if isinstance(part.node, Collection) and _same(_values(part.node), entry):
            _renew(part.node, entry)
            return
    new = Collection(is_mapping=True, is_in_row=False)
    new.parts.extend(Part(Scalar(key), Scalar(value)) for key, value in entry.items())
    is_after_gap = any(part.is_after_gap for part in entries.parts)
    entries.parts.append(Part(None, new, is_after_gap=is_after_gap))


def _values(node: Collection) -> Mapping[str, str]:
    return {
        part.key.text: part.node.text
        for part in node.parts
        if part.key and part.key.text and isinstance(part.node, Scalar) and part.node.text
    }


def _same(one: Mapping[str, Any], other: Mapping[str, str]) -> bool:
    return all(str(one.get(key, "")).strip() == other[key] for key in ("code", "at"))


def _renew(node: Collection, entry: Mapping[str, str]) -> None:
    """Give an entry its new values; the remarks beside them stay."""
    by_key = {part.key.text: part for part in node.parts if part.key}
    for key, value in entry.items():
        if key in by_key:
            by_key[key].node = Scalar(value)
        else:
            node.parts.append(Part(Scalar(key), Scalar(value)))


def _expected(document: Document | None, entry: Mapping[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = dict(document.data) if document else {}
    listed = data.get("accepted")
    every = [dict(one) if isinstance(one, dict) else one for one in listed] if isinstance(listed, list) else []
    for one in every:
        if isinstance(one, dict) and _same(one, entry):
            one.update(entry)
            break
    else:
        every.append(dict(entry))
    return {**data, "accepted": every}
