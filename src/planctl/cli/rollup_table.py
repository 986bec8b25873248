"""The roll-up for the terminal: how it stands, the totals under each policy, the provinces and the ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from planctl.cli import console
from planctl.cli.evaluations import evaluation_name
from planctl.forms.number import rounded
from planctl.rollup.policies import MAIN, POLICIES
from planctl.words import _, counted, in_mongolian, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal
    from fractions import Fraction

    from planctl.rollup.account import Account, Counted, Rollup
    from planctl.rollup.ranking import Rank
    from planctl.rollup.totals import Total

MOST_RANKED = 10
"""So many of the best and of the last are shown; files have them all."""

MOST_NAMED = 10
"""So many organisations are named in a line; the pages name all."""

WHO_WORDS = {
    "invalid": _("with errors: {names}"),
    "missing": _("missing: {names}"),
    "unreadable": _("cannot be read: {names}"),
}
STATE_WORDS = {
    "valid": (_("{n} report is valid"), _("{n} reports are valid")),
    "invalid": (_("{n} has errors"), _("{n} have errors")),
    "missing": (_("{n} is missing"), _("{n} are missing")),
    "unreadable": (_("{n} cannot be read"), _("{n} cannot be read")),
    "awaited": (_("{n} is not due yet"), _("{n} are not due yet")),
    "nothing": (_("{n} organisation has nothing to report"), _("{n} organisations have nothing to report")),
}


def show(rollup: Rollup, evaluation: str) -> None:
    """Draw the roll-up by one evaluation."""
    screen = console.rich_console()
    if rollup.file.title:
        screen.print(Text(_flat(rollup.file.title), style="bold"))
    screen.print(Text(_states(rollup)))
    for told in _troubles(rollup):
        screen.print(Text(told))
    for one in rollup.scales:
        account = one.accounts[evaluation]
        screen.print()
        screen.print(Text(_titled(one, evaluation), style="bold"))
        screen.print(_totals(rollup, account))
        if account.provinces:
            screen.print()
            screen.print(_provinces(rollup, account))
        if account.ranking:
            screen.print()
            shares = _shares(rollup, one)
            screen.print(_ranking(rollup, account, shares))
            if any(rank.key in shares for rank in account.ranking):
                screen.print(Text(said(_("1/2 beside a name: of two reports that should be there one is valid"))))
            screen.print(Text(_ranked_before(rollup, account)))
            ranked = {rank.key for rank in account.ranking}
            if others := [of.name for entry, of in rollup.organisations.items() if entry not in ranked]:
                screen.print(Text(_named(_("not ranked: {names}"), others)))


def _states(rollup: Rollup) -> str:
    parts = [
        counted(*STATE_WORDS[state], rollup.states[state]).strip() for state in STATE_WORDS if rollup.states[state]
    ]
    parts += [said(_("late: {n}"), {"n": rollup.late})] if rollup.late else []
    parts += [said(_("not approved: {n}"), {"n": rollup.unapproved})] if rollup.unapproved else []
    told = {"period": rollup.period, "before": rollup.before, "told": ", ".join(parts)}
    return said(_("{period}, compared with {before}: {told}"), told)


def _troubles(rollup: Rollup) -> Iterator[str]:
    """Yield who did not report as it should be, and what of the list counts for nothing."""
    for state, message in WHO_WORDS.items():
        if names := _in_state(rollup, state):
            yield _named(message, names)
    if rollup.left_out:
        names = [one.name or said(_("line {n}"), {"n": one.line}) for one in rollup.left_out]
        yield _named(_("left out, as the list has faults: {names}"), names)
    if rollup.unread:
        yield _named(_("not read of the list: {names}"), rollup.unread)


def _in_state(rollup: Rollup, state: str) -> list[str]:
    """Return the organisations with reports in a state, those that have others too with the ids of these."""
    ids: dict[int, list[str]] = {}
    for one in rollup.standings:
        if one.state == state:
            ids.setdefault(one.document.entry, []).append(one.document.id)
    asked = rollup.asked
    names = {entry: rollup.organisations[entry].name for entry in ids}
    return [
        names[at] if len(of_one) == asked[at] else f"{names[at]} ({', '.join(of_one)})" for at, of_one in ids.items()
    ]


def _named(message: str, names: Sequence[str]) -> str:
    """Return a sentence about names, of which the first are told."""
    shown = "; ".join(map(_flat, names[:MOST_NAMED]))
    more = len(names) - MOST_NAMED
    shown += said(_(" and {n} more"), {"n": more}) if more > 0 else ""
    return said(message, {"names": shown})


def _titled(one: Counted, evaluation: str) -> str:
    title = one.scale.title if in_mongolian() else one.scale.title_en
    return f"{title} ({one.scale.name}), {evaluation_name(evaluation)}"


def _drawn(*columns: tuple[str, str]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for words, justify in columns:
        table.add_column(
            said(words) if words else "", justify="right" if justify == "right" else "left", overflow="fold"
        )
    return table


def _totals(rollup: Rollup, account: Account) -> Table:
    table = _drawn(
        (_("counted"), "left"),
        (_("organisations"), "right"),
        (_("reports"), "right"),
        (_("items"), "right"),
        (_("pooled"), "right"),
        (_("mean of means"), "right"),
    )
    for name, policy in POLICIES.items():
        total = account.whole[name]
        table.add_row(Text(said(policy.words)), *_cells(total, rollup.decimals))
    return table


def _cells(total: Total, decimals: int) -> list[Text]:
    counts = (total.organisations, total.documents, total.items)
    return [
        *(Text(str(count) if count else "-") for count in counts),
        Text(_mean(total.pooled, decimals), style="bold"),
        Text(_mean(total.means, decimals)),
    ]


def _mean(mean: Fraction | None, decimals: int) -> str:
    return "-" if mean is None else _number(rounded(mean, decimals))


def _number(number: Decimal) -> str:
    return f"{number}".replace(".", ",")


def _provinces(rollup: Rollup, account: Account) -> Table:
    table = _drawn(
        ("", "right"),
        (_("province"), "left"),
        (_("organisations"), "right"),
        (_("reports"), "right"),
        (_("items"), "right"),
        (_("pooled"), "right"),
        (_("mean of means"), "right"),
        (_("change"), "right"),
    )
    groups = {group.name: group.totals[MAIN] for group in account.groups["province"]}
    for one in account.provinces:
        table.add_row(str(one.rank), Text(_flat(one.key)), *_cells(groups[one.key], rollup.decimals), _change(one))
    ranked = {one.key for one in account.provinces}
    for name, total in groups.items():
        if name not in ranked:
            table.add_row("", Text(_flat(name) or said(_("no province"))), *_cells(total, rollup.decimals), "-")
    return table


def _shares(rollup: Rollup, one: Counted) -> Mapping[int, str]:
    """Return how many of how many reports are there, of organisations of which some are not."""
    lacks = rollup.lacking(one.scale)
    valid = {group.entry: group.totals[MAIN].documents for group in one.accounts["self"].organisations}
    return {at: f"{valid[at]}/{valid[at] + number}" for at, number in lacks.items() if at in valid}


def _ranking(rollup: Rollup, account: Account, shares: Mapping[int, str]) -> Table:
    ranks = account.ranking
    table = _drawn(
        ("", "right"),
        (_("organisation"), "left"),
        (_("province"), "left"),
        (_("mean"), "right"),
        (_("change"), "right"),
        (_("places"), "right"),
    )
    shown = ranks if len(ranks) <= 2 * MOST_RANKED else (*ranks[:MOST_RANKED], None, *ranks[-MOST_RANKED:])
    for one in shown:
        if one is None:
            table.add_row("…", "…")
            continue
        organisation = rollup.organisations[one.key]
        names = (
            Text(f"{_flat(organisation.name)} {shares.get(one.key, '')}".rstrip()),
            Text(_flat(organisation.province)),
        )
        table.add_row(str(one.rank), *names, Text(_number(one.mean), style="bold"), _change(one), _places(one))
    return table


def _ranked_before(rollup: Rollup, account: Account) -> str:
    values = {
        "before": rollup.before,
        "n": sum(one.before is not None for one in account.ranking),
        "whole": len(account.ranking),
    }
    return said(_("ranked for {before} too: {n} of {whole}; changes are from what was counted then"), values)


def _change(one: Rank[Any]) -> str:
    return "-" if one.change is None else _signed(one.change)


def _places(one: Rank[Any]) -> str:
    return "-" if one.moved is None else _signed(one.moved)


def _signed(number: Decimal | int) -> str:
    return f"{number:+}".replace(".", ",").replace("-", "−") if number else "0"


def _flat(name: str | None) -> str:
    return " ".join((name or "").split())
