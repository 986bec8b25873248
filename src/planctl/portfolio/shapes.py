"""What shape a file of a project has, by what it says it is. In: documents. Out: shapes, for whoever writes files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.forms import FORMS
from planctl.forms.actuals import Entry, actuals_model
from planctl.forms.approval import ApprovalFile
from planctl.forms.shape import UNKNOWN, Shape, shape_of
from planctl.portfolio.accepted import AcceptedFile
from planctl.portfolio.kinds import kind_of, named
from planctl.portfolio.rubric import RubricFile
from planctl.portfolio.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planctl.forms.form import Form
    from planctl.source.document import Document


def shapes(documents: Iterable[Document]) -> Mapping[str, Shape]:
    """Return the shape of each file of a project, by path; that of actuals is up to the form of their plan."""
    every = tuple(documents)
    forms = {named(one, "id"): _form(one) for one in every if kind_of(one) == "plan"}
    return {one.path: _shape(one, forms) for one in every}


def shape_of_new(data: Mapping[str, object], form: str) -> Shape:
    """Return the shape of a file that is to be written of data: a plan of a form, or its actuals."""
    known = FORMS[form]
    return shape_of(known.plan if "form" in data else actuals_model(known.entry))


def _form(document: Document) -> Form | None:
    return FORMS.get(named(document, "form"))


def _shape(document: Document, forms: Mapping[str, Form | None]) -> Shape:  # noqa: PLR0911  # an arm for each kind
    match kind_of(document):
        case "settings":
            return shape_of(Settings)
        case "rubric":
            return shape_of(RubricFile)
        case "plan":
            form = _form(document)
            return shape_of(form.plan) if form else UNKNOWN
        case "actuals":
            plan = forms.get(named(document, "actuals"))
            return shape_of(actuals_model(plan.entry if plan else Entry))
        case "approval":
            return shape_of(ApprovalFile)
        case "accepted":
            return shape_of(AcceptedFile)
        case "unknown":
            return UNKNOWN
