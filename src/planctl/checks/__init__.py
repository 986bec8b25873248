"""The registers of checks: each check is a function that finds one thing, and is named after its code.

In: the portfolio, and what is known of files and templates. Out: findings. To add a check, write it in the module of
its kind and add it to the register below; its sentences stand in `codes/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from planctl.checks import approvals, chain, chain_indicators, entries, indicators, plans, project, texts, values, years
from planctl.codes import CODES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterator, Sequence
    from datetime import date

    from planctl.checks.approvals import Compared
    from planctl.checks.together import Texts
    from planctl.checks.values import Measured
    from planctl.diagnostics import Diagnostic
    from planctl.portfolio.portfolio import Actuals, Plan, Portfolio

Subject = TypeVar("Subject")
Check = TypeVar("Check", bound="Callable[..., Iterator[Diagnostic]]")

PROJECT_CHECKS: tuple[Callable[[Portfolio], Iterator[Diagnostic]], ...] = (
    project.unknown_code,
    project.severity_fixed,
    texts.unchanged_narrative,
    approvals.duplicate_approval,
)

CHAIN_CHECKS: tuple[Callable[[Portfolio], Iterator[Diagnostic]], ...] = (
    chain.chain_cycle,
    chain.not_above,
    chain.nothing_below,
    chain.much_without_below,
    chain.hangs_on_nothing,
    chain.most_hang_on_nothing,
    chain.link_outdated,
    chain_indicators.unknown_indicator_above,
    chain_indicators.targets_fall_short,
    chain_indicators.unit_differs,
    chain_indicators.baseline_differs,
    chain_indicators.values_differ,
)

PLAN_CHECKS: tuple[Callable[[Plan], Iterator[Diagnostic]], ...] = (
    plans.repeated_number,
    plans.year_against_date,
    plans.number_sequence,
    plans.no_owner,
    plans.no_date,
    plans.text_too_long,
    chain.copy_changed,
    indicators.ambiguous_number,
    indicators.indicator_without_id,
    indicators.target_not_measurable,
    indicators.target_needs_baseline,
    indicators.no_baseline,
    indicators.dash_for_baseline,
    indicators.no_unit,
    indicators.year_not_of_plan,
    indicators.no_weight,
    years.years_out_of_order,
    years.target_outside_years,
    years.year_without_target,
    years.parts_and_value,
)

ACTUALS_CHECKS: tuple[Callable[[Actuals, Portfolio], Iterator[Diagnostic]], ...] = (
    entries.no_rubric_version,
    entries.score_not_in_rubric,
    entries.score_of_indicator,
    entries.score_with_state,
    entries.missing_entry,
    entries.score_without_progress,
    entries.progress_without_score,
    entries.superior_without_self,
    entries.unexplained_difference,
    entries.state_without_reason,
    entries.closed_without_act,
    entries.deadline_passed,
    entries.text_too_long,
    texts.empty_phrase,
    texts.pasted_narrative,
    values.unknown_indicator,
    values.not_due_suggested,
    values.not_due_although_begun,
    values.period_not_of_plan,
    years.no_reached_value,
)

VALUE_CHECKS: tuple[Callable[[Measured], Iterator[Diagnostic]], ...] = (
    values.missing_reached,
    values.out_of_scale,
    values.ambiguous_number,
    values.reached_not_a_value,
    values.full_score_short,
    values.score_against_value,
    values.score_given_and_computed,
    values.number_contradicts,
    values.counted_value_fell,
)

APPROVAL_CHECKS: tuple[Callable[[Compared], Iterator[Diagnostic]], ...] = (
    approvals.approved_score_fell,
    approvals.approved_score_changed,
    approvals.approved_text_changed,
    approvals.approved_item_removed,
    approvals.approved_item_added,
    approvals.approved_mean_changed,
    approvals.correction_mismatch,
    approvals.correction_not_in_source,
    approvals.waiver_expired,
    approvals.approval_edited,
)

TEXT_CHECKS: tuple[Callable[[Texts[Any]], Iterator[Diagnostic]], ...] = (
    texts.html_tag,
    texts.unfilled_blank,
    texts.act_without_number,
    texts.mixed_scripts,
    texts.sum_in_text,
)


def check(  # noqa: PLR0913  # what is known beside the portfolio
    portfolio: Portfolio,
    *,
    is_file: Callable[[str], bool],
    templates: Collection[str],
    torn: Collection[str] = (),
    day: date | None = None,
    codes: Container[str] = CODES,
) -> tuple[Diagnostic, ...]:
    """Return what the checks find.

    `is_file` tells whether a path of the project is a file in it; `templates` are the names that can be replaced;
    `torn` are the files that could be read in part only. Waivers run out by the `day`. Of the checks only those are
    made that find one of the `codes`.
    """
    made = _Checks(codes)
    return (
        *made.in_project(portfolio, templates),
        *made.in_plans(portfolio),
        *made.in_actuals(portfolio, is_file),
        *made.in_approvals(portfolio, torn, day),
    )


def codes_of_errors(portfolio: Portfolio) -> frozenset[str]:
    """Return the codes that can be errors in a project, and those whose absence would be one.

    A warning can be made an error, and an entry of accepted.yaml is at fault where nothing is found of its code.
    """
    by_themselves = (code.name for code in CODES.values() if code.severity == "error")
    made = (code for code, weight in portfolio.settings.severities.items() if weight == "error")
    return frozenset((*by_themselves, *made, *(one.entry.code for one in portfolio.accepted)))


class _Checks:
    """The checks of the registers that find one of the wanted codes."""

    def __init__(self, codes: Container[str]) -> None:
        self._codes = codes

    def in_project(self, portfolio: Portfolio, templates: Collection[str]) -> Iterator[Diagnostic]:
        for of_project in self._of(PROJECT_CHECKS):
            yield from of_project(portfolio)
        for of_chain in self._of(CHAIN_CHECKS) if portfolio.has_links else ():
            yield from of_chain(portfolio)
        if self._wants(project.unknown_template):
            yield from project.unknown_template(portfolio, templates)

    def in_plans(self, portfolio: Portfolio) -> Iterator[Diagnostic]:
        of_plans = self._of(PLAN_CHECKS)
        for plan in portfolio.plans.values():
            for of_plan in of_plans:
                yield from of_plan(plan)
            yield from self._in_texts(texts.texts_of_plan, plan)

    def in_actuals(self, portfolio: Portfolio, is_file: Callable[[str], bool]) -> Iterator[Diagnostic]:
        every, of_values = self._of(ACTUALS_CHECKS), self._of(VALUE_CHECKS)
        for actuals in portfolio.actuals:
            for of_actuals in every:
                yield from of_actuals(actuals, portfolio)
            measured = values.Measured(actuals, portfolio)
            for of_value in of_values:
                yield from of_value(measured)
            if self._wants(entries.missing_evidence):
                yield from entries.missing_evidence(actuals, is_file)
            yield from self._in_texts(texts.texts_of_actuals, actuals)

    def in_approvals(self, portfolio: Portfolio, torn: Collection[str], day: date | None) -> Iterator[Diagnostic]:
        """Hold reports against their approvals, but for those of which not everything could be read."""
        of_approvals = self._of(APPROVAL_CHECKS)
        for actuals in portfolio.actuals:
            one = None if actuals.files.intersection(torn) else approvals.compared(actuals, portfolio, day)
            if one:
                for of_approval in of_approvals:
                    yield from of_approval(one)

    def _in_texts(self, every: Callable[[Subject], Texts[Any]], subject: Subject) -> Iterator[Diagnostic]:
        if of_texts := self._of(TEXT_CHECKS):
            together = every(subject)
            for of_text in of_texts:
                yield from of_text(together)

    def _of(self, register: Sequence[Check]) -> tuple[Check, ...]:
        return tuple(filter(self._wants, register))

    def _wants(self, one: Callable[..., Iterator[Diagnostic]]) -> bool:
        return one.__name__.replace("_", "-") in self._codes
