"""What is asked of those who make the sheets, and what they answer. In: what is due. Out: `Answer`s, task by task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planctl.survey.survey import name_of
from planctl.work import Task
from planctl.work.packing import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from planctl.building.due import Due
    from planctl.building.lying import Lying
    from planctl.building.order import Order
    from planctl.building.templates import OwnTemplates
    from planctl.survey.grounds import Grounds
    from planctl.survey.reading import Topic
    from planctl.survey.survey import Hands

COST = 10
"""How many times as long as reading and checking it the sheets of a document take, in Word, Excel and HTML."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was made of sheets of plans and periods on some grounds, as `sheets.made_of` tells it, and the contents.

    Those are by path. It is not `sure` where the grounds may have been others by the time that they were looked at.
    `account` is what a parcel told for the sheets over all plans, if that was wanted; `asked_of` is the key that the
    parcel had when it was asked.
    """

    topics: tuple[tuple[Topic, tuple[str, ...]], ...]
    grounds: Grounds
    values: Mapping[str, Any]
    contents: Mapping[str, bytes]
    is_sure: bool = True
    account: str | None = None
    asked_of: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """How an order is asked for, of what lies in the folder and with the office's own templates."""

    order: Order
    lying: Lying
    templates: OwnTemplates

    def answers(
        self, due: Sequence[Due], hands: Hands, progress: Callable[[int, int], None]
    ) -> Iterator[tuple[Answer, ...]]:
        """Yield what comes back, a task's answers at a time."""
        if not due:
            return
        size = hands.in_a_task(len(due))
        groups = [due[at : at + size] for at in range(0, len(due), size)]
        grounds: dict[int, list[Grounds]] = {}
        through = 0

        def done(documents: int) -> None:
            nonlocal through
            through += documents
            progress(through, len(due))

        def tasks() -> Iterator[Task]:
            for at, group in enumerate(groups):
                content, grounds[at] = self._content(group)
                yield Task("build", content, len(group), name_of([one.surveyed.parcel for one in group]))

        progress(0, len(due))
        for at, result in hands.executor(len(due), COST).results(tasks(), done):
            parts, contents = unpacked(result)
            yield tuple(
                Answer(one.topics, on, values, contents, account=values["account"], asked_of=one.surveyed.key)
                for one, values, on in zip(groups[at], parts, grounds.pop(at), strict=True)
            )

    def _content(self, group: Sequence[Due], *, relies_on_record: bool = True) -> tuple[bytes, list[Grounds]]:
        """Return the content of a task and the grounds of each of its parcels.

        A file may be another by now than when it was looked at; then nothing is taken from the record.
        """
        survey = self.order.survey
        templates, files = self.templates.packed(survey.common.portfolio.settings.templates.values())
        asked = [(one.surveyed.parcel, self._of_parcel(one, relies_on_record=relies_on_record)) for one in group]
        content, grounds = survey.content(
            asked, files, templates=templates, formats=self.order.choice.formats, as_of=self.order.as_of
        )
        is_as_seen = all(on.key == one.surveyed.key for one, on in zip(group, grounds, strict=True))
        if relies_on_record and not is_as_seen:
            return self._content(group, relies_on_record=False)
        return content, grounds

    def _of_parcel(self, due: Due, *, relies_on_record: bool) -> dict[str, Any]:
        """Return what is told of a parcel: which sheets are wanted, and what each is known to show."""
        key = due.surveyed.key if relies_on_record else ""
        return {
            "known": due.surveyed.reading.asked,
            "wanted": [
                [*topic.part, {name: self.lying.shown(key, topic, name) for name in names}]
                for topic, names in due.topics
            ],
            "standing": self.lying.of_parts({topic.part for topic, _names in due.topics}),
            "is_accounted": due.is_accounted,
        }
