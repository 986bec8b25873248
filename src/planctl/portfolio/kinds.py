"""What a file of a project is, by its content and not its name. In: documents. Out: their kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
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


def named(document: Document, key: str) -> str:
    """Return the text under a key at the top of a file, or "" where there is none."""
    value = document.data.get(key)
    return value.strip() if isinstance(value, str) else ""


def is_copy(document: Document) -> bool:
    """Tell whether a file is a copy of another body's plan, which says where it was taken from."""
    return kind_of(document) == "plan" and isinstance(document.data.get("source"), dict)
