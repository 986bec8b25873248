"""The texts of a programme around its tables: grounds, purpose, sources of funds, who oversees, who is reported to.

In: a programme. Out: `Passage`s, as a paper shows them; and the way back.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from planctl.forms.form import Passage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from planctl.forms.programme import Programme, Reporting


class Rhythm(StrEnum):
    """How often the programme is reported."""

    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"


_RHYTHMS = {Rhythm.QUARTER: "улирал бүр", Rhythm.HALF_YEAR: "хагас жил бүр", Rhythm.YEAR: "жил бүр"}


def passages(plan: Programme, named: Callable[[str], str]) -> tuple[Passage, ...]:
    """Return the texts of the programme that are there, in the order of the official paper."""
    texts = (
        ("approved_by", "Баталсан шийдвэр", str(plan.approved_by or "")),
        ("grounds", "Нийтлэг үндэслэл", plan.grounds or ""),
        ("purpose", "Зорилго", plan.purpose or ""),
        ("years", "Хэрэгжүүлэх хугацаа", f"{plan.years} он"),
        ("funding", "Санхүүжилтийн эх үүсвэр", _list(map(str, plan.funding))),
        ("implementing", "Хэрэгжүүлэх байгууллага", _list(map(named, plan.implementing))),
        ("oversight", "Хяналт", plan.oversight or ""),
        ("outcomes", "Хүлээгдэж буй үр дүн", _list(plan.outcomes)),
        ("reporting", "Хэрэгжилтийг тайлагнах", _list(map(_report, plan.reporting))),
    )
    return tuple(Passage(title, text, (key,)) for key, title, text in texts if text)


def _report(one: Reporting) -> str:
    return f"{one.to}: {_RHYTHMS[one.every]}{', нийтэд ил тод' if one.public else ''}"


def _list(texts: Iterable[str]) -> str:
    return "\n".join(f"- {' '.join(text.splitlines())}" for text in texts)
