"""What the head and the signatures of a paper say otherwise than the plan's own sheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from planctl.authoring.drafted import signatory, title_of
from planctl.authoring.merging import same
from planctl.authoring.patching import Set
from planctl.authoring.updating.edits import Edit, place_of
from planctl.source.document import value_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.authoring.updating.sides import Held
    from planctl.forms.paper import Paper, Written
    from planctl.source.document import Document


def head_edits(new: Paper, base: Paper, held: Held, *, is_ours: bool) -> Iterator[Edit]:
    """Yield what the head and the signatures of a paper change; its title only where planctl built the paper."""
    plan = held.plan.document
    into = held.actuals.documents[0] if held.actuals else plan
    told: list[tuple[Document, str, Any, Any, Written | None]] = []
    if is_ours and new.title and base.title and _letters(str(new.title)) != _letters(str(base.title)):
        told.append((plan, "title", title_of(base), title_of(new), new.title))
    if new.reference:
        told.append((plan, "reference", str(base.reference or ""), new.reference.text, new.reference))
    for key, one, ours in (("date", new.date, base.date), ("place", new.place, base.place)):
        if one and held.actuals:
            told.append((into, key, str(ours or ""), one.text, one))
    if new.signatories:
        signed, before = ([signatory(one) for one in paper.signatories] for paper in (new, base))
        told.append((into, "signatories", before, _as_spelt(signed, before), new.signatories[0].name))
    for document, key, old, value, written in told:
        stands = value_at(document, (key,))
        if not _is_said(old, value) and not same(stands, value):
            yield Edit(document.path, Set((key,), value), held.plan.id, key, stands, value, place_of(written))


def _as_spelt(signed: list[dict[str, str]], before: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return who signs, each text that a sheet shows in capitals as the plan spells it."""
    plain = {(key, _letters(text)): text for one in before for key, text in one.items()}
    return [{key: plain.get((key, _letters(text)), text) for key, text in one.items()} for one in signed]


def _is_said(old: Any, new: Any) -> bool:
    """Tell whether two texts, or lists of those who sign, differ in nothing but capitals and signs."""
    return _letters(old) == _letters(new)


def _letters(value: Any) -> str:
    if isinstance(value, list):
        return "/".join(_letters(text) for one in value for text in one.values())
    return re.sub(r"[\W_]+", "", str(value)).casefold()
