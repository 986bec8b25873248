"""The sheets over all plans, made of what each parcel tells. In: the parcels. Out: what stands, or an `Answer`.

What a parcel tells is kept as its account, so that a changed document is read by itself, and no other one again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planctl.building.asking import Answer
from planctl.building.sheets import made_of
from planctl.forms.period import period_of
from planctl.garbage import collector_off
from planctl.making import Making
from planctl.parcels.parting import is_shared
from planctl.report import OFFICE_REPORTS
from planctl.report.account import Account, joined
from planctl.report.office import DOCUMENT
from planctl.subjects import offices
from planctl.survey.grounds import Grounds
from planctl.survey.reading import Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planctl.building.lying import Lying, Standing
    from planctl.building.order import Order
    from planctl.refusal import Part
    from planctl.survey.survey import Surveyed


@dataclass(frozen=True, slots=True)
class OverAll:
    """The periods over which sheets are wanted, on the grounds of every file: all of them stand, or none is taken.

    `left_out` are the documents and periods that are refused. Where sheets have to be made, `known` are the accounts of
    parcels, by their keys, as far as earlier builds left them.
    """

    grounds: Grounds
    topics: tuple[Topic, ...]
    standing: tuple[Standing, ...]
    left_out: Mapping[Part, frozenset[str]]
    known: Mapping[str, Account]

    @property
    def is_due(self) -> bool:
        """Tell whether they have to be made."""
        return len(self.standing) < len(self.topics)

    def unaccounted(self, parcels: Iterable[Surveyed]) -> frozenset[str]:
        """Return the keys of the parcels whose accounts are wanted and not known."""
        return frozenset(one.key for one in parcels) - self.known.keys() if self.is_due else frozenset()


@collector_off()
def look_over_all(
    parcels: Sequence[Surveyed], left_out: Mapping[Part, frozenset[str]], order: Order, lying: Lying
) -> OverAll:
    """Return what the sheets over all plans come to."""
    if not order.choice.is_whole or not _names(order):
        return OverAll(Grounds({}, {}, None), (), (), left_out, {})
    grounds = _grounds(order, left_out)
    periods = {topic.period for one in parcels for topic in one.reading.topics if topic.period}
    wanted = sorted(period for period in periods if order.choice.period in {None, period_of(period)})
    topics = tuple(Topic(DOCUMENT, period, ()) for period in wanted)
    standing = tuple(lying.standing(grounds.key, topic) for topic in topics)
    if not any(one.left for one in standing):
        return OverAll(grounds, topics, standing, left_out, {})
    known = ((one.key, lying.account(one.key)) for one in parcels)
    return OverAll(grounds, topics, (), left_out, {key: account for key, account in known if account})


def answer_over_all(
    wanted: OverAll, parcels: Iterable[Surveyed], fresh: Mapping[str, str], order: Order, lying: Lying
) -> Answer:
    """Return what is made of the accounts of all parcels: those that were known, and `fresh` ones.

    Where a file was another one when it was read for them, the grounds are not sure to be what the sheets rest on.
    """
    names: Mapping[str, None] = dict.fromkeys(_names(order))
    periods = {topic.period for topic in wanted.topics}
    with collector_off():
        account = joined(wanted.known.get(one.key) or _account(fresh[one.key]) for one in parcels)
        chosen = [(one, names) for one in offices(account, wanted.left_out) if one.period in periods]
    contents: dict[str, bytes] = {}
    standing = lying.of_parts({topic.part for topic in wanted.topics})
    making = Making(order.survey.common, order.facts, digests=account.digests)
    values = made_of(chosen, making, order.choice.formats, standing=standing, contents=contents)
    is_sure = order.survey.is_as_found() and _grounds(order, wanted.left_out) == wanted.grounds
    topics = tuple((topic, tuple(names)) for topic in wanted.topics)
    return Answer(topics, wanted.grounds, values, contents, is_sure=is_sure)


def _account(text: str) -> Account:
    return Account.of_plain(json.loads(text))


def _names(order: Order) -> tuple[str, ...]:
    return tuple(name for name in order.choice.sheets if name in OFFICE_REPORTS)


def _grounds(order: Order, left_out: Mapping[Part, frozenset[str]]) -> Grounds:
    """Return what the sheets over all plans rest on: every file, and which documents are left out."""
    grounds = order.survey.grounds(path for path in order.survey.paths if not is_shared(path))
    told = json.dumps(sorted((part, sorted(files)) for part, files in left_out.items()))
    return replace(grounds, files={**grounds.files, "": hashlib.sha256(told.encode()).hexdigest()})
