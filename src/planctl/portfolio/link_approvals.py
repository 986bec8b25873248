"""The approvals of a project. In: their files. Out: each by the document and period that it is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.forms.fields import PLACEHOLDER
from planctl.portfolio.validate import validate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planctl.forms.period import Period
    from planctl.portfolio.approval import Approval
    from planctl.portfolio.findings import Findings
    from planctl.portfolio.kinds import ByKind
    from planctl.portfolio.portfolio import Portfolio
    from planctl.source.document import Document


def approvals_in(documents: Sequence[Document], findings: Findings) -> Iterator[Approval]:
    """Yield the approvals that are to be had; one whose file has faults is not sound."""
    from planctl.forms.approval import ApprovalFile  # noqa: PLC0415  # few projects have any
    from planctl.portfolio.approval import Approval  # noqa: PLC0415  # likewise

    for document in documents:
        model = findings.take(validate(ApprovalFile, document), document)
        if model and not model.approval.startswith(PLACEHOLDER):
            yield Approval(document, model, is_sound=document.path not in findings.faulty)


def approvals_without_report(portfolio: Portfolio, kinds: ByKind, findings: Findings) -> None:
    """Report approvals of what is not there, unless a file with faults, or one that could not be read, may be it."""
    parts = [(actuals.plan.id, actuals.period) for actuals in portfolio.actuals]
    for one in portfolio.approvals:
        document, period = one.model.approval, one.model.period
        is_torn = any(document in source.text for source in findings.unread)
        is_faulty = findings.explain(document, (*kinds["plan"], *kinds["actuals"]))
        if one.is_sound and (document, period) not in parts and not is_torn and not is_faulty:
            known = ", ".join(str(when) for id_, when in parts if id_ == document)
            span = one.document.span_of(("period" if document in portfolio.plans else "approval",))
            values = {"document": document, "period": period} | ({"known": known} if known else {})
            findings.add("approval-without-report", span, **values)


def by_part(approvals: Sequence[Approval]) -> Mapping[tuple[str, Period], Approval]:
    """Return the approvals by document and period; of two the first."""
    return {(one.model.approval, one.model.period): one for one in reversed(approvals)}
