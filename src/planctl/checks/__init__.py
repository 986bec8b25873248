"""The registers of checks: each check is a function that finds one thing, and is named after its code.

In: the portfolio, and what is known of files and templates. Out: findings. To add a check, write it in the module of
its kind and add it to the register below; its sentences stand in `codes/`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from planctl.codes import CODES

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterator
    from datetime import date

    from planctl.checks.approvals import Compared
    from planctl.checks.together import Texts
    from planctl.checks.values import Measured
    from planctl.diagnostics import Diagnostic
    from planctl.portfolio.actuals import Actuals
    from planctl.portfolio.plan import Plan
    from planctl.portfolio.portfolio import Portfolio

Check = TypeVar("Check", bound=Callable[..., "Iterator[Diagnostic]"])


class Register(Generic[Check]):
    """Checks by name: of each the file here and the function in it, which is imported when it is asked for.

    Most checks find no errors, and many commands ask for nothing else.
    """

    def __init__(self, *names: str) -> None:
        self._names = names

    def __iter__(self) -> Iterator[Check]:
        return map(_check, self._names)

    def of(self, codes: Container[str]) -> tuple[Check, ...]:
        """Return the checks that find one of the codes."""
        return tuple(_check(name) for name in self._names if _code_of(name) in codes)


@cache
def _check(name: str) -> Any:
    module, _dot, function = name.partition(".")
    return getattr(import_module(f"{__name__}.{module}"), function)


def _code_of(name: str) -> str:
    return name.partition(".")[2].replace("_", "-")


PROJECT_CHECKS: Register[Callable[[Portfolio], Iterator[Diagnostic]]] = Register(
    "project.unknown_code",
    "project.severity_fixed",
    "project.duplicate_approval",
    "texts.unchanged_narrative",
)

TEMPLATE_CHECKS: Register[Callable[[Portfolio, Collection[str]], Iterator[Diagnostic]]] = Register(
    "project.unknown_template"
)
"""Of projects with templates of their own; they are told which names can be replaced."""

CHAIN_CHECKS: Register[Callable[[Portfolio], Iterator[Diagnostic]]] = Register(
    "chain.chain_cycle",
    "chain.not_above",
    "chain.nothing_below",
    "chain.much_without_below",
    "chain.hangs_on_nothing",
    "chain.most_hang_on_nothing",
    "chain.link_outdated",
    "chain_indicators.unknown_indicator_above",
    "chain_indicators.targets_fall_short",
    "chain_indicators.unit_differs",
    "chain_indicators.baseline_differs",
    "chain_indicators.values_differ",
)

PLAN_CHECKS: Register[Callable[[Plan], Iterator[Diagnostic]]] = Register(
    "plans.repeated_number",
    "plans.year_against_date",
    "plans.number_sequence",
    "plans.no_owner",
    "plans.no_date",
    "plans.text_too_long",
    "chain.copy_changed",
    "indicators.ambiguous_number",
    "indicators.year_not_of_plan",
    "indicators.no_weight",
    "years.years_out_of_order",
    "years.target_outside_years",
    "years.year_without_target",
    "years.parts_and_value",
)

INDICATOR_CHECKS: Register[Callable[[Plan], Iterator[Diagnostic]]] = Register(
    "indicators.indicator_without_id",
    "indicators.target_not_measurable",
    "indicators.target_needs_baseline",
    "indicators.no_baseline",
    "indicators.dash_for_baseline",
    "indicators.no_unit",
)
"""Of plans with indicators."""

ACTUALS_CHECKS: Register[Callable[[Actuals, Portfolio], Iterator[Diagnostic]]] = Register(
    "entries.no_rubric_version",
    "entries.score_not_in_rubric",
    "entries.score_of_indicator",
    "entries.score_with_state",
    "entries.missing_entry",
    "entries.score_without_progress",
    "entries.progress_without_score",
    "entries.superior_without_self",
    "entries.unexplained_difference",
    "entries.state_without_reason",
    "entries.closed_without_act",
    "entries.deadline_passed",
    "entries.text_too_long",
    "texts.empty_phrase",
    "texts.pasted_narrative",
    "values.not_due_suggested",
    "values.not_due_although_begun",
    "values.period_not_of_plan",
    "years.no_reached_value",
)

EVIDENCE_CHECKS: Register[Callable[[Actuals, Callable[[str], bool]], Iterator[Diagnostic]]] = Register(
    "entries.missing_evidence"
)
"""They are told which paths are files."""

VALUE_CHECKS: Register[Callable[[Measured], Iterator[Diagnostic]]] = Register(
    "values.unknown_indicator",
    "values.missing_reached",
    "values.out_of_scale",
    "values.ambiguous_number",
    "values.reached_not_a_value",
    "values.full_score_short",
    "values.score_against_value",
    "values.score_given_and_computed",
    "values.number_contradicts",
    "values.counted_value_fell",
)
"""Of reports in which something is measured."""

APPROVAL_CHECKS: Register[Callable[[Compared], Iterator[Diagnostic]]] = Register(
    "approvals.approved_score_fell",
    "approvals.approved_score_changed",
    "approvals.approved_text_changed",
    "approvals.approved_item_removed",
    "approvals.approved_item_added",
    "approvals.approved_mean_changed",
    "approvals.correction_mismatch",
    "approvals.correction_not_in_source",
    "approvals.waiver_expired",
    "approvals.approval_edited",
)

TEXT_CHECKS: Register[Callable[[Texts[Any]], Iterator[Diagnostic]]] = Register(
    "texts.html_tag",
    "texts.unfilled_blank",
    "texts.act_without_number",
    "texts.mixed_scripts",
    "texts.sum_in_text",
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
        for of_project in PROJECT_CHECKS.of(self._codes):
            yield from of_project(portfolio)
        for of_chain in CHAIN_CHECKS.of(self._codes) if portfolio.has_links else ():
            yield from of_chain(portfolio)
        for of_templates in TEMPLATE_CHECKS.of(self._codes) if portfolio.settings.templates else ():
            yield from of_templates(portfolio, templates)

    def in_plans(self, portfolio: Portfolio) -> Iterator[Diagnostic]:
        of_plans = PLAN_CHECKS.of(self._codes)
        for plan in portfolio.plans.values():
            for of_plan in of_plans:
                yield from of_plan(plan)
            for of_indicators in INDICATOR_CHECKS.of(self._codes) if plan.measured else ():
                yield from of_indicators(plan)
            yield from self._in_texts(plan)

    def in_actuals(self, portfolio: Portfolio, is_file: Callable[[str], bool]) -> Iterator[Diagnostic]:
        every, of_files = ACTUALS_CHECKS.of(self._codes), EVIDENCE_CHECKS.of(self._codes)
        for actuals in portfolio.actuals:
            for of_actuals in every:
                yield from of_actuals(actuals, portfolio)
            yield from self._in_values(actuals, portfolio)
            for of_evidence in of_files:
                yield from of_evidence(actuals, is_file)
            yield from self._in_texts(actuals)

    def in_approvals(self, portfolio: Portfolio, torn: Collection[str], day: date | None) -> Iterator[Diagnostic]:
        """Hold reports against their approvals, but for those of which not everything could be read."""
        for actuals in portfolio.actuals:
            if actuals.approval is None or actuals.files.intersection(torn):
                continue
            from planctl.checks.approvals import compared  # noqa: PLC0415  # few projects have approvals

            if one := compared(actuals, portfolio, day):
                for of_approval in APPROVAL_CHECKS.of(self._codes):
                    yield from of_approval(one)

    def _in_values(self, actuals: Actuals, portfolio: Portfolio) -> Iterator[Diagnostic]:
        if not actuals.measured or not (of_values := VALUE_CHECKS.of(self._codes)):
            return
        from planctl.checks.values import Measured  # noqa: PLC0415  # many reports measure nothing

        measured = Measured(actuals, portfolio)
        for of_value in of_values:
            yield from of_value(measured)

    def _in_texts(self, one: Plan | Actuals) -> Iterator[Diagnostic]:
        if not (of_texts := TEXT_CHECKS.of(self._codes)):
            return
        from planctl.checks.texts import texts_of  # noqa: PLC0415  # where errors alone are asked for, no text is read

        together = texts_of(one)
        for of_text in of_texts:
            yield from of_text(together)
