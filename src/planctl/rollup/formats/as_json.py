"""The roll-up as JSON, for programs: everything, with exact fractions as texts (`740/9`) beside the printed means.

In: a roll-up. Out: UTF-8 text. Keys are added and never change their meaning while `version` stays.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from planctl.forms.number import rounded
from planctl.rollup.documents import EXCLUDED, NOT_DUE, NOT_EVALUATED, SCORED, UNSCORED
from planctl.rollup.policies import POLICIES
from planctl.rollup.states import STATES
from planctl.rollup.told import of_problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from planctl.rollup.account import Account, Counted, Group, Rollup
    from planctl.rollup.documents import Scale
    from planctl.rollup.ranking import Rank
    from planctl.rollup.states import Standing
    from planctl.rollup.totals import Total

Json = dict[str, Any]

VERSION = 1
OUTCOMES = {
    "scored": SCORED,
    "not_due": NOT_DUE,
    "not_evaluated": NOT_EVALUATED,
    "excluded": EXCLUDED,
    "missing": UNSCORED,
}


def write(rollup: Rollup) -> bytes:
    """Return the roll-up as JSON."""
    told: Json = {
        "version": VERSION,
        "title": rollup.file.title,
        "period": str(rollup.period),
        "compared_with": str(rollup.before),
        "policies": list(POLICIES),
        "organisations": len(rollup.organisations),
        "left_out": [{"name": one.name or None, "line": one.line} for one in rollup.left_out],
        "not_read": list(rollup.unread),
        "states": _states(rollup),
        "scales": [_counted(one, rollup) for one in rollup.scales],
    }
    # Each document by itself, as all of them as values and as texts would be held at once otherwise.
    documents = b", ".join([_told(_standing(one, rollup)) for one in rollup.standings])
    return b'%s, "documents": [%s]}\n' % (_told(told).removesuffix(b"}"), documents)


def _told(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode(errors="backslashreplace")


def _states(rollup: Rollup) -> Json:
    states: Json = {state: rollup.states[state] for state in STATES}
    return {**states, "late": rollup.late, "not_approved": rollup.unapproved}


def _counted(counted: Counted, rollup: Rollup) -> Json:
    evaluations = {name: _account(one, counted.scale, rollup) for name, one in counted.accounts.items()}
    return {**_scale(counted.scale), "evaluations": evaluations}


def _scale(scale: Scale) -> Json:
    return {"scale": scale.name, "title": scale.title, "steps": [step.written for step in scale.steps]}


def _account(account: Account, scale: Scale, rollup: Rollup) -> Json:
    groups = {f"by_{kind}": [_group(one, scale, rollup) for one in of_kind] for kind, of_kind in account.groups.items()}
    return {
        "totals": _totals(account.whole, scale, rollup),
        **groups,
        "by_organisation": [_group(one, scale, rollup) for one in account.organisations],
        "by_period": [_group(one, scale, rollup) for one in account.periods],
        "ranking": {
            "organisations": [{**_named(one.key, rollup), **_rank(one)} for one in account.ranking],
            "provinces": [{"name": one.key, **_rank(one)} for one in account.provinces],
        },
    }


def _group(group: Group, scale: Scale, rollup: Rollup) -> Json:
    name = {"name": group.name} if group.entry < 0 else _named(group.entry, rollup)
    return {**name, "totals": _totals(group.totals, scale, rollup)}


def _named(entry: int, rollup: Rollup) -> Json:
    one = rollup.organisations[entry]
    return {"name": one.name, "province": one.province}


def _totals(totals: Mapping[str, Total], scale: Scale, rollup: Rollup) -> Json:
    return {name: _total(one, scale, rollup.decimals) for name, one in totals.items()}


def _total(total: Total, scale: Scale, decimals: int) -> Json:
    return {
        "organisations": total.organisations,
        "documents": total.documents,
        "items": total.items,
        "counted": total.counted,
        "levels": {step.written: count for step, count in zip(scale.steps, total.levels, strict=True)},
        **{name: total.outcomes[at] for name, at in OUTCOMES.items()},
        "points": str(total.points),
        "pooled": _mean(total.pooled, decimals),
        "mean_of_means": _mean(total.means, decimals),
    }


def _mean(mean: Fraction | None, decimals: int) -> Json | None:
    return None if mean is None else {"printed": f"{rounded(mean, decimals)}", "exact": str(mean)}


def _rank(one: Rank[Any]) -> Json:
    return {
        "rank": one.rank,
        "mean": f"{one.mean}",
        "rank_before": one.before,
        "mean_before": None if one.mean_before is None else f"{one.mean_before}",
        "moved": one.moved,
        "change": None if one.change is None else f"{one.change}",
    }


def _standing(one: Standing, rollup: Rollup) -> Json:
    document = one.document
    return {
        "organisation": rollup.organisations[document.entry].name,
        "province": rollup.organisations[document.entry].province,
        "document": document.id or None,
        "title": document.title or None,
        "form": document.form or None,
        "period": str(document.period) if document.period else None,
        "state": one.state,
        "late": one.is_late,
        "approved": document.approved,
        "draft": document.draft,
        "date": document.date.isoformat() if document.date else None,
        "due": one.due.isoformat() if one.due else None,
        "errors": document.errors,
        "problem": of_problem(one.problem) if one.problem else None,
    }
