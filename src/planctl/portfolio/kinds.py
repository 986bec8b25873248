"""What a file of a project is, by its content and not its name. In: documents. Out: their kinds and shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from planctl.forms import FORMS
from planctl.forms.actuals import Entry, actuals_model
from planctl.forms.approval import ApprovalFile
from planctl.forms.shape import UNKNOWN, Shape, shape_of
from planctl.portfolio.accepted import AcceptedFile
from planctl.portfolio.rubric import RubricFile
from planctl.portfolio.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planctl.forms.form import Form
    from planctl.source.document import Document

SETTINGS_PATH = "planctl.yaml"
ACCEPTED_PATH = "accepted.yaml"
APPROVALS = "approvals/"

Kind = Literal["settings", "rubric", "plan", "actuals", "approval", "accepted", "unknown"]
ByKind: TypeAlias = "dict[Kind, list[Document]]"


def kind_of(document: Document) -> Kind:  # noqa: PLR0911  # an arm for each kind
    """Return what a file says it is."""
    match document.data:
        case _ if document.path == SETTINGS_PATH:
            return "settings"
        case _ if document.path == ACCEPTED_PATH:
            return "accepted"
        case {"approval": _} if document.path.startswith(APPROVALS):
            return "approval"
        case {"form": _}:
            return "plan"
        case {"actuals": _}:
            return "actuals"
        case {"rubric": _} if document.path.startswith(("rubrics/", "planctl:")):
            return "rubric"
        case _:
            return "unknown"


def shapes(documents: Iterable[Document]) -> Mapping[str, Shape]:
    """Return the shape of each file of a project, by path; that of actuals is up to the form of their plan."""
    every = tuple(documents)
    forms = {named(one, "id"): _form(one) for one in every if kind_of(one) == "plan"}
    return {one.path: _shape(one, forms) for one in every}


def shape_of_new(data: Mapping[str, object], form: str) -> Shape:
    """Return the shape of a file that is to be written of data: a plan of a form, or its actuals."""
    known = FORMS[form]
    return shape_of(known.plan if "form" in data else actuals_model(known.entry))


def named(document: Document, key: str) -> str:
    """Return the text under a key at the top of a file, or "" where there is none."""
    value = document.data.get(key)
    return value.strip() if isinstance(value, str) else ""


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


def is_copy(document: Document) -> bool:
    """Tell whether a file is a copy of another body's plan, which says where it was taken from."""
    return kind_of(document) == "plan" and isinstance(document.data.get("source"), dict)
