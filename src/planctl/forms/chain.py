"""How a plan hangs on others: the plans above it, what its parts carry out there, and where a copy was taken from.

In: what a plan says. Out: validated models; `portfolio/chain.py` makes the chain of them.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from planctl.forms.fields import ADDRESS, Date, DocumentId, ItemAddress, Strict, Text
from planctl.words import _


class Link(Strict):
    """What a section or measure carries out above it. Written alone, `national#3.1` stands for `{item: national#3.1}`.

    The fingerprint is that of the words above at the time of linking, so that a later change of them comes up.
    """

    item: ItemAddress = Field(
        description=_("What is carried out: `document#id` of an objective, section or measure above.")
    )
    fingerprint: Text | None = Field(
        None,
        description=_("The digest of the words above when they were last read; `planctl trace --accept` writes it."),
    )


class Source(Strict):
    """Where a copy of another body's plan was taken from. Nothing is reported of a copy."""

    origin: Text = Field(alias="from", description=_("The address or the path that the copy was taken from."))
    digest: Text = Field(
        description=_(
            "`sha256:` of the file without its `source:` block; the finding `copy-changed` tells the current one."
        )
    )
    date: Date | None = Field(None, description=_("The day on which it was taken."))


def _listed(value: Any) -> Any:
    """Return a single value as a list of one."""
    return [value] if isinstance(value, str | dict) else value


def _link(value: Any) -> Any:
    return {"item": value} if isinstance(value, str) else value


CarriesOut = Annotated[
    tuple[Annotated[Link, BeforeValidator(_link)], ...],
    BeforeValidator(_listed),
    Field(default=(), description=_("What it carries out above: `document#id`, one or several.")),
]
"""Links to what stands above, written as texts or as mappings with a fingerprint."""

Above = Annotated[
    tuple[Annotated[DocumentId, ADDRESS], ...],
    BeforeValidator(_listed),
    Field(default=(), description=_("The id of the plan above this one, or several.")),
]
"""The plans that stand directly above."""
