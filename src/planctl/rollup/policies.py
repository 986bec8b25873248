"""The register of policies: which documents a total takes, and what becomes of those that are not as they should be.

None of them is the right one, so totals stand side by side under all of them. To add one, add its line to POLICIES.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from planctl.rollup.states import Standing


@dataclass(frozen=True, slots=True)
class Policy:
    """A way of choosing documents. Where it `counts_zeros`, what has no score counts as 0 in points and means.

    `words` are said in the terminal; `heading` stands in the official tables.
    """

    name: str
    words: str
    heading: str
    takes: Callable[[Standing], bool]
    counts_zeros: bool = False


POLICIES: dict[str, Policy] = {
    policy.name: policy
    for policy in (
        Policy("valid", _("all valid reports"), "Хүчинтэй бүх тайлан", lambda one: one.is_valid),
        Policy("approved", _("approved only"), "Зөвхөн батлагдсан", lambda one: one.is_valid and one.document.approved),
        Policy("on-time", _("in time only"), "Зөвхөн хугацаандаа ирсэн", lambda one: one.is_valid and not one.is_late),
        Policy(
            "zero",
            _("missing as 0"),
            "Ирээгүй, алдаатайг 0 гэвэл",
            lambda one: one.is_valid or one.is_owed,
            counts_zeros=True,
        ),
    )
}
"""The first is the one that rankings and tables go by."""

MAIN = "valid"
