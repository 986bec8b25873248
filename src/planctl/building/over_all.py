"""The sheets over all plans, which need all scorecards of a period. In: the parcels. Out: what stands, or an `Answer`.

Where they do not stand the whole project is loaded at once, so that memory grows with it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planctl.building.asking import Answer
from planctl.building.sheets import made_of
from planctl.forms.period import period_of
from planctl.making import Making, subjects
from planctl.parcels.parting import is_shared
from planctl.pipeline import load_for_errors
from planctl.refusal import refused
from planctl.report import OFFICE_REPORTS
from planctl.report.office import DOCUMENT
from planctl.survey.grounds import Grounds
from planctl.survey.reading import Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planctl.building.lying import Lying, Standing
    from planctl.building.order import Order
    from planctl.refusal import Part
    from planctl.survey.survey import Surveyed


@dataclass(frozen=True, slots=True)
class OverAll:
    """The periods over which sheets are wanted, on the grounds of every file: all of them stand, or none is taken."""

    grounds: Grounds
    topics: tuple[Topic, ...]
    standing: tuple[Standing, ...]

    @property
    def is_due(self) -> bool:
        """Tell whether they have to be made."""
        return len(self.standing) < len(self.topics)


def look_over_all(
    parcels: Iterable[Surveyed], left_out: Mapping[Part, frozenset[str]], order: Order, lying: Lying
) -> OverAll:
    """Return what the sheets over all plans come to; `left_out` are the documents that are refused."""
    if not order.choice.is_whole or not _names(order):
        return OverAll(Grounds({}, {}, None), (), ())
    grounds = _grounds(order, left_out)
    periods = {topic.period for one in parcels for topic in one.reading.topics if topic.period}
    wanted = sorted(period for period in periods if order.choice.period in {None, period_of(period)})
    topics = tuple(Topic(DOCUMENT, period, ()) for period in wanted)
    standing = tuple(lying.standing(grounds.key, topic) for topic in topics)
    return OverAll(grounds, topics, () if any(one.left for one in standing) else standing)


def answer_over_all(wanted: OverAll, order: Order, lying: Lying) -> Answer:
    """Return what is made of the whole project.

    Its files are read a second time for it: where one is another by then, that is not sure to be what the grounds say.
    """
    project = load_for_errors(order.survey.root, today=order.survey.today)
    choice = replace(order.choice, sheets=_names(order))
    names: Mapping[str, None] = dict.fromkeys(choice.sheets)
    chosen = [(subject, names) for subject in subjects(project, refused(project), choice) if subject.office]
    contents: dict[str, bytes] = {}
    standing = lying.of_parts({topic.part for topic in wanted.topics})
    making = Making(project, order.facts)
    values = made_of(chosen, making, choice.formats, standing=standing, contents=contents)
    topics = tuple((topic, choice.sheets) for topic in wanted.topics)
    return Answer(topics, wanted.grounds, values, contents, is_sure=order.survey.is_as_found())


def _names(order: Order) -> tuple[str, ...]:
    return tuple(name for name in order.choice.sheets if name in OFFICE_REPORTS)


def _grounds(order: Order, left_out: Mapping[Part, frozenset[str]]) -> Grounds:
    """Return what the sheets over all plans rest on: every file, and which documents are left out."""
    grounds = order.survey.grounds(path for path in order.survey.paths if not is_shared(path))
    told = json.dumps(sorted((part, sorted(files)) for part, files in left_out.items()))
    return replace(grounds, files={**grounds.files, "": hashlib.sha256(told.encode()).hexdigest()})
