"""What changed in the report of one period. In: the actuals in two states. Out: their changes, item by item."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from planctl.changes import weakening
from planctl.changes.change import Change, Kind
from planctl.changes.fields import BODIES, kind_of
from planctl.changes.trees import Difference, of_value, written
from planctl.changes.words import words_that_came
from planctl.forms.actuals import actuals_model
from planctl.forms.meaning import meaning_of
from planctl.forms.quantity import printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planctl.changes.change import Weakening
    from planctl.portfolio.actuals import Actuals
    from planctl.source.document import Document, Node

_IDENTITY = {"actuals", "period", "items"}

Given = dict[str, tuple["Node", "Document"]]
"""What the files of a period say under each key, and which of them does."""


@dataclass(frozen=True)
class ReportPair:
    """A plan's report of a period in two states. `renamed` are the new ids of items, by their old ones.

    Of a report that is only in one state the other side is None.
    """

    before: Actuals | None
    after: Actuals | None
    document: str
    renamed: Mapping[str, str]

    @property
    def period(self) -> str:
        """The period, as written."""
        one = self.after or self.before
        return str(one.period) if one else ""

    @cached_property
    def _files(self) -> tuple[tuple[Document, ...], tuple[Document, ...]]:
        return tuple(side.documents if side else () for side in (self.before, self.after))  # type: ignore[return-value]  # two

    @property
    def is_untouched(self) -> bool:
        """Tell whether the files say the same to the letter."""
        before, after = (sorted(file.text for file in side) for side in self._files)
        return before == after and not self.renamed

    def changes(self) -> Iterator[Change]:
        """Yield what changed: the files, their heads, and the items in the order of the report."""
        yield from self._of_files()
        if self.is_untouched:
            return
        before, after = map(_head, self._files)
        for found in self._differences(before, after, ()):
            yield self._change(found, "", (before, after))
        yield from self._of_items()

    def _of_files(self) -> Iterator[Change]:
        before, after = self._files
        if not before or not after:
            for file in after:
                yield Change(Kind.ADDED, self.document, period=self.period, after=file.path, is_at=file.span_of(()))
            for file in before:
                yield Change(
                    Kind.REMOVED,
                    self.document,
                    period=self.period,
                    before=file.path,
                    weakens=weakening.of_report(_plain(entry) for entry in _entries((file,)).values()),
                    was_at=file.span_of(()),
                )
            return
        for one, other in _renamed_files(before, after):
            yield Change(
                Kind.RENAMED,
                self.document,
                period=self.period,
                field="file",
                before=one.path,
                after=other.path,
                was_at=one.span_of(()),
                is_at=other.span_of(()),
            )

    def _of_items(self) -> Iterator[Change]:
        before, after = (_entries(files) for files in self._files)
        # A report that still says the old id speaks of it, and of no item any more.
        renamed = {old: new for old, new in self.renamed.items() if old not in after}
        if renamed:
            before = {renamed.get(id_, id_): entry for id_, entry in before.items()}
        earlier = {new: old for old, new in renamed.items()}
        for id_ in dict.fromkeys((*after, *before)):
            one, other = before.get(id_, {}), after.get(id_, {})
            if _plain(one) != _plain(other):
                yield from self._of_item(id_, one, other, was=earlier.get(id_, id_))

    def _of_item(self, id_: str, one: Given, other: Given, *, was: str) -> Iterator[Change]:
        found = list(self._differences(one, other, ("items", id_), was=("items", was)))
        changes = [self._change(each, id_, (one, other)) for each in found]
        if not self.before or not self.after:
            yield from changes
            return
        grounds = any(_is_ground(change) for change in changes)
        outside = weakening.of_entry(_plain(one), _plain(other))
        for change, each in zip(changes, found, strict=True):
            weakens = _weakens(change, each, has_grounds=grounds, outside=outside)
            yield replace(change, weakens=weakens) if weakens else change

    def _differences(
        self, before: Given, after: Given, now: tuple[str, ...], *, was: tuple[str, ...] = ()
    ) -> Iterator[Difference]:
        side = self.after or self.before
        if side is None:
            return
        meaning = meaning_of(actuals_model(side.plan.form.entry))
        for step in now:
            meaning = meaning.below(step)
        for key in dict.fromkeys((*before, *after)):
            one, other = (given[key][0] if key in given else None for given in (before, after))
            found = of_value(one, other, meaning.below(key), was=(*(was or now), key), now=(*now, key))
            yield from (each for each in found if not _reads_alike(each))

    def _change(self, found: Difference, item: str, given: tuple[Given, Given]) -> Change:
        within = found.loc[2:] if item else found.loc
        keys = [step for step in within if isinstance(step, str)]
        key = str(within[0])
        kind = Kind.STATE if item and key in {"date", "act"} else kind_of(keys)
        return Change(
            kind,
            self.document,
            item,
            self.period,
            field=".".join(map(str, within)),
            before=written(found.before),
            after=written(found.after),
            evaluation=BODIES.get(key) if item else None,
            was_at=given[0][key][1].span_of(found.was) if key in given[0] else None,
            is_at=given[1][key][1].span_of(found.now) if key in given[1] else None,
        )


def _weakens(change: Change, found: Difference, *, has_grounds: bool, outside: Weakening | None) -> Weakening | None:
    match change.kind:
        case Kind.SCORE if outside and found.after is None:
            return None
        case Kind.SCORE:
            return weakening.of_score(change.before, change.after, has_grounds=has_grounds)
        case Kind.STATE if change.field == "state":
            return outside
        case Kind.EVIDENCE if len(found.loc) <= 4:  # noqa: PLR2004  # items, id, evidence, its place
            return weakening.of_evidence(found.before, found.after)
        case _:
            return None


def _is_ground(change: Change) -> bool:
    """Tell whether a change is something new that a better score may rest on."""
    if change.kind is Kind.PROGRESS:
        return bool(words_that_came(change.before or "", change.after or ""))
    return change.kind in {Kind.REACHED, Kind.EVIDENCE} and change.after is not None


def _reads_alike(found: Difference) -> bool:
    """Tell whether a value only looks different: `1 000` and `1000`, or other spaces within a line."""
    before, after = found.before, found.after
    if not isinstance(before, str) or not isinstance(after, str):
        return False
    if kind_of(found.keys) is Kind.REACHED and printed(before.strip()) == printed(after.strip()):
        return True
    return "\n" not in before.strip() and before.split() == after.split()


def _head(files: Iterable[Document]) -> Given:
    head: Given = {}
    for file in files:
        for key, value in file.data.items():
            if key not in _IDENTITY and value is not None:
                head.setdefault(key, (value, file))
    return head


def _entries(files: Iterable[Document]) -> dict[str, Given]:
    """Return what is said of each item, a key counting from the first file that has it."""
    entries: dict[str, Given] = {}
    for file in files:
        items = file.data.get("items")
        for id_, entry in items.items() if isinstance(items, dict) else ():
            given = entries.setdefault(id_, {})
            for key, value in entry.items() if isinstance(entry, dict) else ():
                if value is not None:
                    given.setdefault(key, (value, file))
    return entries


def _plain(given: Given) -> dict[str, Node]:
    return {key: value for key, (value, _file) in given.items()}


def _renamed_files(before: Sequence[Document], after: Sequence[Document]) -> list[tuple[Document, Document]]:
    """Return the files that are called otherwise now: by the same text, or the only one of each."""
    gone = [one for one in before if one.path not in {other.path for other in after}]
    new = [one for one in after if one.path not in {other.path for other in before}]
    by_text = {one.text: one for one in new}
    pairs = [(one, by_text[one.text]) for one in gone if one.text in by_text]
    if not pairs and len(gone) == len(new) == 1:
        return [(gone[0], new[0])]
    return pairs
