"""The note below an approved report: what was corrected since, from what to what, why and by which act.

In: a plan and period. Out: lines for the remarks of its sheets, none where nothing was corrected.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from planctl.forms.approval import What
from planctl.forms.fields import as_score
from planctl.forms.number import rounded
from planctl.report.cells import ordinal_of, percent, subject

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from planctl.forms.approval import Correction
    from planctl.portfolio.actuals import Actuals

ALL = frozenset(What)

_OF_ITEM = {
    What.SELF: "өөрийн үнэлгээ",
    What.SUPERIOR: "дээд шатны байгууллагын үнэлгээ",
    What.PLAN: "төлөвлөгөөний агуулга",
    What.REPORT: "хэрэгжилтийн тайлан",
}
_OF_WHOLE = {
    What.SELF: "өөрийн үнэлгээний дундаж",
    What.SUPERIOR: "дээд шатны байгууллагын үнэлгээний дундаж",
    What.PLAN: "төлөвлөгөөний бүтэц, толгой хэсэг",
    What.REPORT: "тайлангийн толгой хэсэг",
}
_WHOLE = "Тайлан бүхэлдээ"
_TEXTS = frozenset({What.PLAN, What.REPORT})
_STATES = {
    "not-due": "хугацаа болоогүй",
    "not-evaluated": "үнэлээгүй",
    "excluded": "хасагдсан",
    "missing": "үнэлгээгүй",
}


def corrections(actuals: Actuals, *, of: Collection[What] = ALL) -> Iterator[str]:
    """Yield what was corrected of these in the order in which it was made, with the approving act first."""
    if (approval := actuals.approval) is None:
        return
    made = [one for one in approval.model.corrections if one.what in of]
    if made:
        yield f"Батлагдсан тайланд дараах засварыг оруулав (баталсан шийдвэр: {approval.model.act}):"
    for at, one in enumerate(made, start=1):
        why = f"Шалтгаан: {one.reason.rstrip('.')}. Үндэслэл: {one.act}."
        yield f"Засвар {at}. {_item(actuals, one)}: {_change(actuals, one)}. {why}"


def _item(actuals: Actuals, one: Correction) -> str:
    if one.item is None:
        return _WHOLE
    item = actuals.plan.all_items.get(one.item)
    if item is None:
        return one.item
    words = " ".join((item.text or subject(actuals.plan, item).partition("\n")[0]).split())
    ordinal = ordinal_of(actuals.plan, item)
    return ", ".join(part for part in (ordinal and f"Д/д {ordinal}", words.rstrip(".")) if part)


def _change(actuals: Actuals, one: Correction) -> str:
    """Return `өөрийн үнэлгээ 100% → 90%`; of a text that it is another."""
    name = (_OF_ITEM if one.item else _OF_WHOLE)[one.what]
    if one.old is None:
        return f"{name} нэмэгдсэн" if one.what in _TEXTS else f"{name} – → {_result(actuals, one, one.new)}"
    if one.new is None:
        return f"{name} хасагдсан" if one.what in _TEXTS else f"{name} {_result(actuals, one, one.old)} → –"
    if one.what in _TEXTS:
        return f"{name} өөрчлөгдсөн"
    return f"{name} {_result(actuals, one, one.old)} → {_result(actuals, one, one.new)}"


def _result(actuals: Actuals, one: Correction, text: str | None) -> str:
    """Return a score, a mean or a state as sheets print it; anything else as it is written."""
    written = text or "–"
    try:
        if one.item is None:
            above, _slash, below = written.partition("/")
            return percent(rounded(Fraction(above) / Fraction(below or "1"), actuals.plan.decimals))
        return percent(as_score(written))
    except (ValueError, ZeroDivisionError):
        return _STATES.get(written, written)
