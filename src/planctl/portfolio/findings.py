"""What linking finds on its way, and which faults explain others. In: findings and documents. Out: `Findings`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar

from planctl.diagnostics import Diagnostic, Span, finding
from planctl.portfolio.settings import folded
from planctl.portfolio.validate import words_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planctl.source.document import Document, SourceText

T = TypeVar("T")

MOST_SLIPS = 20
"""So many unknown names of one file may be slips of the pen; more of them are of another plan, and nothing is near.

To hold every name of a long file against every item of a long plan would take minutes.
"""


@dataclass(slots=True)
class Findings:
    """The findings met on the way; the only thing in linking that grows.

    `faulty` are the files of which not everything could be taken over, `unread` those of which nothing could.
    """

    met: list[Diagnostic] = field(default_factory=list)
    faulty: set[str] = field(default_factory=set)
    unread: tuple[SourceText, ...] = ()
    _words: dict[str, frozenset[str]] = field(default_factory=dict)

    def add(self, code: str, span: Span, **values: object) -> None:
        """Keep one finding."""
        self.met.append(finding(code, span, **values))

    def take(self, result: tuple[T | None, Iterable[Diagnostic]], document: Document) -> T | None:
        """Keep what was found in validating a document, and pass on its value."""
        value, findings = result
        before = len(self.met)
        self.met.extend(findings)
        if len(self.met) > before:
            self.faulty.add(document.path)
        return value

    def explain(self, word: str, documents: Iterable[Document]) -> bool:
        """Tell whether a word stands in one of these files that is faulty: then that fault is why nobody knows it."""
        return any(one.path in self.faulty and folded(word) in self._words_of(one) for one in documents)

    def may_hide(self, id_: str, documents: Iterable[Document]) -> bool:
        """Tell whether one of these files may be the plan that nobody knows, because of its own faults."""
        suspects = tuple(documents)
        nameless = any(one.path in self.faulty and not isinstance(one.data.get("id"), str) for one in suspects)
        as_id = re.compile(rf"^id:[ \t]*[\"']?{re.escape(id_)}[\"']?[ \t]*$", re.MULTILINE)
        is_torn = any(as_id.search(source.text) for source in self.unread)
        return nameless or is_torn or self.explain(id_, suspects)

    def _words_of(self, document: Document) -> frozenset[str]:
        if document.path not in self._words:
            self._words[document.path] = frozenset(map(folded, words_in(document.data)))
        return self._words[document.path]


def near(word: Any, known: Iterable[str]) -> dict[str, str]:
    """Return the known word nearest to one as the value of `suggestion`, or nothing."""
    found = get_close_matches(str(word), tuple(known), n=1, cutoff=0.5)
    return {"suggestion": found[0]} if found else {}
