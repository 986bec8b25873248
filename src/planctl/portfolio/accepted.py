"""accepted.yaml: findings that the office lives with, each with its reason and a day on which that ends.

In: the file. Out: `Accepted` entries with their places. Whether the findings are there is asked in `findings/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field

from planctl.forms.fields import Date, ItemAddress, Strict, Text
from planctl.portfolio.validate import validate
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.diagnostics import Span
    from planctl.portfolio.findings import Findings
    from planctl.source.document import Document


class Acceptance(Strict):
    """A finding that is let be: which, where, why, and until when."""

    code: Text = Field(description=_("The code of the finding, as `planctl check` shows it."))
    at: ItemAddress = Field(
        description=_("Where it is: an item (`document#item`), a document's id, or the path of a file.")
    )
    reason: Text = Field(description=_("Why it is let be, for those who will ask."))
    until: Date = Field(description=_("The last day on which it is let be."))
    by: Text | None = Field(None, description=_("Who decided it."))


class AcceptedFile(Strict):
    """The findings that the office accepts."""

    accepted: tuple[Acceptance, ...] = Field(description=_("The findings, one entry each."))


@dataclass(frozen=True, slots=True)
class Accepted:
    """An entry of the file, and its place in the list."""

    entry: Acceptance
    document: Document
    at: int

    def place_of(self, key: str) -> Span:
        """Return where a key of the entry stands."""
        return self.document.span_of(("accepted", self.at, key))


def accepted_in(document: Document, findings: Findings) -> Iterator[Accepted]:
    """Yield the entries of the file that have no fault; the faults of the others are kept."""
    before = len(findings.met)
    findings.take(validate(AcceptedFile, document), document)
    faulty = {document.loc_at(found.span)[:2] for found in findings.met[before:]}
    listed = document.data.get("accepted")
    for at, node in enumerate(listed if isinstance(listed, list) else ()):
        if ("accepted", at) not in faulty and isinstance(node, dict):
            yield Accepted(Acceptance.model_validate(node), document, at)
