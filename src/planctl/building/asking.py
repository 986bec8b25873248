"""What is asked of those who make the sheets, and what they answer. In: what is due. Out: `Answer`s, task by task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planctl.report import OFFICE_REPORTS
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
    """What was made of plans and periods on some grounds, as `sheets.made_of` tells it, and the contents by path.

    It is not `sure` where the grounds may have been others by the time that they were looked at.
    """

    topics: tuple[Topic, ...]
    grounds: Grounds
    values: Mapping[str, Any]
    contents: Mapping[str, bytes]
    is_sure: bool = True


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
                Answer(one.topics, on, values, contents)
                for one, values, on in zip(groups[at], parts, grounds.pop(at), strict=True)
            )

    def _content(self, group: Sequence[Due]) -> tuple[bytes, list[Grounds]]:
        """Return the content of a task and the grounds of each of its parcels."""
        survey, choice = self.order.survey, self.order.choice
        templates, files = self.templates.packed(survey.common.portfolio.settings.templates.values())
        asked = [
            (
                one.surveyed.parcel,
                {
                    "known": one.surveyed.reading.asked,
                    "wanted": [topic.part for topic in one.topics],
                    "standing": self.lying.of_parts({topic.part for topic in one.topics}),
                },
            )
            for one in group
        ]
        return survey.content(
            asked,
            files,
            templates=templates,
            formats=choice.formats,
            sheets=[name for name in choice.sheets if name not in OFFICE_REPORTS],
            period=str(choice.period or ""),
            as_of=self.order.as_of,
        )
