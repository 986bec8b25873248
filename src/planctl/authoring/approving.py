"""The files of approvals/: an approval begun, and corrections and waivers put into it.

In: a scorecard and an act; or an approval and what is added. Out: the new text, in which all else stays as it is.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from planctl.authoring.formatting import formatted
from planctl.authoring.patching import Insert, Set, patched
from planctl.authoring.rewriting import document
from planctl.authoring.written import Block, Row, read_as
from planctl.forms.approval import ApprovalFile, What
from planctl.forms.number import plain
from planctl.forms.shape import shape_of
from planctl.portfolio.approval import WHOLE, items_in, seal
from planctl.scoring.record import differences, facts_of, mean_of
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planctl.forms.acts import Act
    from planctl.portfolio.approval import Approval, Facts, Key
    from planctl.scoring.record import Difference
    from planctl.scoring.scorecard import EvaluationCard, Scorecard

_SCORES = (What.SELF, What.SUPERIOR)


def approval_of(card: Scorecard, act: Act) -> dict[str, Any]:
    """Return the tree of the file that approves a report."""
    ids = card.actuals.plan.items
    facts = facts_of(card, ids=ids, with_superior=card.superior is not None)
    tree: dict[str, Any] = {
        "approval": card.actuals.plan.id,
        "period": str(card.actuals.period),
        "act": tree_of(act),
        "digest": "-",
        "evaluations": {one.evaluation: _counts(one) for one in card.evaluations},
        "plan": facts[WHOLE, What.PLAN],
        "report": facts[WHOLE, What.REPORT],
        "items": {id_: Row(_of_item(facts, id_)) for id_ in ids},
    }
    return tree | {"digest": seal(ApprovalFile.model_validate(read_as(tree)))}


def tree_of(act: Act) -> dict[str, str]:
    """Return an act as it is written."""
    return {key: str(value) for key, value in act.model_dump(exclude_none=True).items()}


def _counts(card: EvaluationCard) -> dict[str, Any]:
    total = card.total
    outcomes = {one.value.replace("_", "-"): str(count) for one, count in total.outcomes.items() if count}
    scored = outcomes.pop("scored", "0")
    levels = {plain(value): str(count) for value, count in total.levels.items() if count}
    told: dict[str, Any] = {"items": str(total.items), "scored": scored}
    told |= {key: Row(row) for key, row in (("outcomes", outcomes), ("levels", levels)) if row}
    return told | ({"mean": mean} if (mean := mean_of(total)) else {})


def _of_item(facts: Facts, id_: str) -> dict[str, str]:
    return {what.value: facts[id_, what] for what in What if (id_, what) in facts}


def approval_text(tree: Mapping[str, Any]) -> str:
    """Return a new file of approvals/."""
    remark = said(
        _("Written by `planctl approve`; `planctl correct` and `planctl waive` add to it, nothing else changes.")
    )
    return document(tree, remarks=(remark,))


# What is added


@dataclass(frozen=True, slots=True)
class Addition:
    """Entries at the end of a list of an approval."""

    key: Literal["corrections", "waivers"]
    entries: tuple[Mapping[str, Any], ...]


def added(text: str, approval: Approval, addition: Addition) -> tuple[str, Any]:
    """Return the text of an approval's file with the entries in it, and the tree that it is to be read as.

    A text in the form of `planctl fmt` stays in it.
    """
    blocks: Sequence[Block] = [Block(entry) for entry in addition.entries]
    tree: Any = deepcopy(approval.document.data)
    loc = (addition.key,)
    changes = [Insert(loc, block) for block in blocks] if tree.get(addition.key) else [Set(loc, list(blocks))]
    tree.setdefault(addition.key, []).extend(read_as(list(blocks)))
    path, shape = approval.document.path, shape_of(ApprovalFile)
    new = patched(text.encode(), changes, path=path, shape=shape).decode()
    return (_formatted(new) if _formatted(text) == text else new), tree


def _formatted(text: str) -> str:
    return formatted(text, shape_of(ApprovalFile))


def correction(one: Difference, *, reason: str, act: Act) -> dict[str, Any]:
    """Return the entry that corrects a difference."""
    told = {"item": one.item or None, "what": one.what.value, "old": one.old, "new": one.new, "reason": reason}
    return {key: value for key, value in told.items() if value is not None} | {"act": tree_of(act)}


def to_correct(card: Scorecard, approval: Approval, item: str) -> tuple[Difference, ...]:
    """Return what differs from the approval: of an item with what that makes of the document, or ("") all there is.

    A mean is corrected with the last score that differs, the plan's sections with the last item.
    """
    standing = approval.standing
    every = _differences(card, approval, standing)
    if item == WHOLE:
        return _with_sections(card, approval, every)
    own = tuple(one for one in every if one.item == item)
    return (*own, *_made_of_it(card, approval, own)) if own else ()


def _with_sections(card: Scorecard, approval: Approval, every: tuple[Difference, ...]) -> tuple[Difference, ...]:
    """Return all differences, those of the document as they are once the items are corrected."""
    items = tuple(one for one in every if one.item != WHOLE)
    rest = _differences(card, approval, _corrected(approval.standing, items))
    return (*items, *(one for one in rest if one.item == WHOLE))


def _made_of_it(card: Scorecard, approval: Approval, own: tuple[Difference, ...]) -> Iterator[Difference]:
    rest = _differences(card, approval, _corrected(approval.standing, own))
    open_ = {one.what for one in rest if one.item != WHOLE}
    touched = {one.what for one in own if one.what in _SCORES}
    touched |= {one.what for one in own if one.what is What.PLAN and (one.old is None or one.new is None)}
    yield from (one for one in rest if one.item == WHOLE and one.what in touched - open_)


def _differences(card: Scorecard, approval: Approval, standing: Facts) -> tuple[Difference, ...]:
    now = facts_of(card, ids=items_in(standing), with_superior=approval.covers_superior)
    return differences(standing, now)


def _corrected(standing: Mapping[Key, str], corrected: Sequence[Difference]) -> dict[Key, str]:
    told = dict(standing)
    for one in corrected:
        if one.new is None:
            told.pop(one.key, None)
        else:
            told[one.key] = one.new
    return told
