"""Which findings the office accepts, and which entries of accepted.yaml accept nothing any more.

In: all findings of a project, with the portfolio that holds the entries, and the day. Out: `Settled`. An entry holds
for the findings of its code at exactly its address; those of an item are not those of its document.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from planctl.codes import CODES
from planctl.diagnostics import Diagnostic, Severity, finding, in_order
from planctl.findings.addresses import Addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from planctl.portfolio.accepted import Acceptance, Accepted
    from planctl.portfolio.portfolio import Portfolio

Key = tuple[str, str]
"""A code and an address, as an entry names them."""


@dataclass(frozen=True, slots=True)
class AcceptedFinding:
    """A finding that is not reported, and the entry that accepts it."""

    found: Diagnostic
    entry: Acceptance


@dataclass(frozen=True, slots=True)
class Settled:
    """The findings that are reported, those about the entries among them, by place, and those that are accepted."""

    reported: tuple[Diagnostic, ...]
    accepted: tuple[AcceptedFinding, ...] = ()


def is_acceptable(code: str) -> bool:
    """Tell whether findings of a code can be accepted: what is an error by itself cannot."""
    return code in CODES and CODES[code].severity != Severity.ERROR.value


def settled(found: Sequence[Diagnostic], portfolio: Portfolio, *, today: date | None) -> Settled:
    """Return the findings, which are in order, without those accepted on a day; without a day nothing has run out."""
    addresses = Addresses(portfolio)
    keys = [(one.code, str(addresses.of(one))) for one in found]
    hidden = _Hidden(portfolio, found)
    told: list[Diagnostic] = []
    in_force: dict[Key, Accepted] = {}
    for one in _sound(portfolio.accepted, told):
        key = one.entry.code, one.entry.at
        if key not in keys:
            told.extend([] if hidden.may_hide(one.entry.at) else [gone(one)])
        elif today and one.entry.until < today:
            told.append(_told("accepted-has-expired", one, "until", until=one.entry.until))
        else:
            in_force[key] = one
    reported = [one for one, key in zip(found, keys, strict=True) if key not in in_force]
    accepted = [
        AcceptedFinding(one, in_force[key].entry) for one, key in zip(found, keys, strict=True) if key in in_force
    ]
    return Settled(in_order((*reported, *told)), tuple(accepted))


def gone(one: Accepted) -> Diagnostic:
    """Return the finding that an entry accepts nothing any more."""
    return _told("accepted-is-gone", one, "at")


def _sound(every: Iterable[Accepted], told: list[Diagnostic]) -> Iterator[Accepted]:
    """Yield the entries that may accept something, each place of a code once; tell what is wrong with the others."""
    seen: dict[Key, Accepted] = {}
    for one in every:
        code = one.entry.code
        first = seen.setdefault((code, one.entry.at), one)
        if code not in CODES:
            near = get_close_matches(code, CODES, n=1)
            told.append(_told("accepted-code-unknown", one, "code", **({"suggestion": near[0]} if near else {})))
        elif not is_acceptable(code):
            told.append(_told("error-not-acceptable", one, "code"))
        elif first is not one:
            told.append(_told("accepted-twice", one, "code", line=first.place_of("code").line))
        else:
            yield one


def _told(code: str, one: Accepted, key: str, **values: object) -> Diagnostic:
    return finding(code, one.place_of(key), name=one.entry.code, at=one.entry.at, **values)


class _Hidden:
    """What the errors of a project may hide: a file that is not read has no other findings."""

    def __init__(self, portfolio: Portfolio, found: Iterable[Diagnostic]) -> None:
        self._files = _files(portfolio)
        faulty = {one.span.path for one in found if not is_acceptable(one.code)}
        known = frozenset().union(*self._files.values())
        self._faulty = faulty
        self._strangers = {path for path in faulty - known if path.startswith("plans/")}

    def may_hide(self, at: str) -> bool:
        """Tell whether a finding at an address may be there although nobody sees it."""
        document = at.partition("#")[0]
        return bool(self._strangers or self._faulty & (self._files.get(document, frozenset()) | {at}))


def _files(portfolio: Portfolio) -> Mapping[str, frozenset[str]]:
    """Return the files of each document: its plan and its actuals."""
    files: defaultdict[str, set[str]] = defaultdict(set)
    for plan in portfolio.plans.values():
        files[plan.id].add(plan.document.path)
    for actuals in portfolio.actuals:
        files[actuals.plan.id].update(document.path for document in actuals.documents)
    return {id_: frozenset(paths) for id_, paths in files.items()}
