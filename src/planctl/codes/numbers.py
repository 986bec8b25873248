"""Codes of findings about indicators: what they measure, what was reached, and the scores given for it."""

from __future__ import annotations

from planctl.codes.code import Code
from planctl.words import _

CODES: tuple[Code, ...] = (
    Code(
        "ambiguous-number",
        "warning",
        _("“{text}” may be {thousands} or {decimals}"),
        (_("write {thousands} without a sign inside, or the decimals with a zero more: {longer}"),),
        _(
            "A comma or point before three digits may part thousands or decimals, and officials write both. planctl "
            "does not guess: until the number is clear nothing is worked out from it."
        ),
    ),
    Code(
        "indicator-without-id",
        "error",
        _("the indicator needs an id of its own, since the measure has {count}"),
        (_("add `id:` to each of them, different within the measure"),),
        _("Reached values find their indicator by its id. A measure with a single indicator needs none."),
    ),
    Code(
        "unknown-indicator",
        "error",
        _("“{id}” has no indicator “{indicator}”"),
        (_("its indicators are: {known}"), _("the plan gives it no indicator; tell the value in `progress:`")),
        _(
            "A reached value belongs to an indicator of the plan, or it would be lost. The one indicator of a measure "
            "takes the value itself, `reached: 25`; several take one each, `reached: {{people: 25, days: 3}}`."
        ),
    ),
    Code(
        "reached-needs-ids",
        "error",
        _("“{id}” has {count} indicators, and `reached:` holds one value"),
        (_("write each under its id: `reached: {{{example}}}`"),),
        _("Of several indicators nobody could say which one the value belongs to."),
    ),
    Code(
        "missing-reached",
        "warning",
        _("“{id}” has a score, and no reached value for “{indicator}”"),
        (_("write it as `reached:`; if nothing was reached, `-`"),),
        _("The target can be measured, so a reader asks what was reached. Without it the score rests on words alone."),
    ),
    Code(
        "out-of-scale",
        "warning",
        _("the reached value {reached} is more than {times} times the target {target}"),
        (_("see whether thousands or the unit {unit} were mixed up"), _("see whether thousands were mixed up")),
        _("A value a thousand times its target is mostly a slip between a unit and its thousands, and scores 100."),
    ),
    Code(
        "target-not-measurable",
        "warning",
        _("“{indicator}” has no target that can be measured"),
        (_("write a number, a share, a date, or yes or no as `target:`, and the words as `target_text:`"),),
        _(
            "Whether such a target was met is a matter of opinion. What can be held against a reached value is a "
            "number (`1000 гаруй`, `3-аас доошгүй`), a share (`95,5 хувь`), a change (`+20%`), a date, or yes or no."
        ),
    ),
    Code(
        "target-needs-baseline",
        "warning",
        _("the target “{target}” counts from a baseline, and there is none"),
        (_("write the number of the last year as `baseline:`"),),
        _("A growth of 20 per cent is a number only where it is known from what."),
    ),
    Code(
        "no-baseline",
        "warning",
        _("“{indicator}” has no baseline"),
        (_("write the last year's value as `baseline:`, or `severities: {{no-baseline: off}}` in planctl.yaml"),),
        _(
            "Without a baseline nobody can tell whether the target is ambitious. New services have none; say so in words."
        ),
    ),
    Code(
        "dash-for-baseline",
        "warning",
        _("{count} of {all} indicators have “-” for a baseline"),
        (_("look for last year's values, beginning here; where a thing is new, say so as `baseline_text:`"),),
        _(
            "A dash says that nobody knows where a measure starts. That is told once for a plan, since half of real "
            "plans are like that."
        ),
        is_of_document=True,
    ),
    Code(
        "no-unit",
        "warning",
        _("“{indicator}” has no unit"),
        (_("write `unit:`, such as `хүн`, `сая төгрөг` or `хувь`"),),
        _("Without a unit, 300 may be tögrög or thousands of them, and values cannot be compared."),
    ),
    Code(
        "year-not-of-plan",
        "warning",
        _("“{text}” names the year {year}, the plan is for {plan_year}"),
        (_("check whether it was left from an earlier plan"),),
        _("Targets and dates of a year's plan lie in its year. A year that is not the plan's is mostly a copied line."),
    ),
    Code(
        "period-not-of-plan",
        "warning",
        _("the period {period} is not in the plan's year {plan_year}"),
        (_("check `period:` here and `year:` of the plan"),),
        _("A plan of measures is for one year; its actuals report on that year."),
    ),
    Code(
        "no-weight",
        "warning",
        _("“{id}” has no weight in a weighted plan and counts as 1"),
        (_("add `weight:`, or take `weighted: true` out of the plan"),),
        _("In a weighted plan items count by their weight; one that was forgotten counts as much as the weight 1."),
    ),
    Code(
        "years-out-of-order",
        "error",
        _("the programme runs from {first} to {last}, with baselines of {baseline}"),
        (_("write the years in their order; at least one of them comes after that of the baselines"),),
        _("A programme has a target for each year after the baselines, up to its last one."),
    ),
    Code(
        "target-outside-years",
        "error",
        _("there is a target for {year}, and the years with targets are {first} to {last}"),
        (_("correct the year, or `years:` of the programme"),),
        _("The table of indicators has a column for each of the programme's years; another year would not be shown."),
    ),
    Code(
        "year-without-target",
        "warning",
        _("“{id}” has no target for {years}"),
        (_("write it under `targets:`"),),
        _("What was reached in a year is held against the target of that year; without one nothing is worked out."),
    ),
    Code(
        "parts-and-value",
        "error",
        _("“{id}” has several values, so `{key}:` belongs to each of them"),
        (_("move `{key}:` into the entries of `parts:`"),),
        _("An indicator of two values in one («6/70») has a unit, a baseline and targets for each of them."),
    ),
    Code(
        "score-of-indicator",
        "error",
        _("“{id}” is an indicator: it is measured, and not scored"),
        (_("take the score out, and write the value as `reached:`"),),
        _("The indicators of a programme are held against their targets; scores belong to its measures."),
    ),
    Code(
        "no-reached-value",
        "warning",
        _("“{id}” is told of without its reached value ({missing})"),
        (_("write the value as `reached:`, of several values each under its id"),),
        _("An indicator without its value leaves a gap in the table and in the charts of the years."),
    ),
    Code(
        "reached-not-a-value",
        "warning",
        _("“{text}” cannot be held against the target “{target}”"),
        (_("write the value alone as `reached:` and the words in `progress:`"),),
        _("The reached value is compared with the target: a number with a number, a date with a date, yes with no."),
    ),
    Code(
        "full-score-short",
        "warning",
        _("100 is given where {formula} is {achievement} %"),
        (_("check the score or the reached value, or say in `progress:` why it is full"),),
        _(
            "A full score for less than 95 per cent of the target is the commonest inflation in real reports: 100 with "
            "4 of 9 built. A person gives the score; this only names both numbers."
        ),
    ),
    Code(
        "score-against-value",
        "warning",
        _("the score {given} is more than one level from {computed}, which {formula} comes to ({achievement} %)"),
        (_("check the score or the reached value, or say in `progress:` what the number does not show"),),
        _(
            "A person gives the score; what the reached value comes to is only a suggestion, by the thresholds of the "
            "scale. A wide gap is worth a second look."
        ),
    ),
    Code(
        "score-given-and-computed",
        "error",
        _("the plan is computed: the reached values come to {computed}, and {given} is given"),
        (_("take `self:` out here, or `scoring: computed` out of the plan"),),
        _("In a computed plan the score follows from the reached values; two scores of one item cannot both count."),
    ),
    Code(
        "not-due-suggested",
        "warning",
        _("“{id}” begins on {begins}, after the last day of {period}"),
        (_("if nothing is to be reported yet, write `state: not-due` and a `reason:`"),),
        _(
            "A measure is to be reported from the start of its span. planctl never sets the state itself: what counts "
            "is the last day of the reported period, never the date on the report."
        ),
    ),
    Code(
        "not-due-although-begun",
        "warning",
        _("“{id}” is marked as not due, but began on {begins}, within {period} or before"),
        (_("report on it, or correct its time in the plan"),),
        _("A measure for the quarters I to IV is reported at half-year too: it is due from the start of its span."),
    ),
    Code(
        "counted-value-fell",
        "warning",
        _("{now} is less than the {before} that {period} reported, and the value counts up"),
        (_("tell the whole since the year began, or give the indicator `value: point`"),),
        _(
            "A value of the kind `year` counts from the year's beginning, one of the kind `cumulative` from the plan's; "
            "neither can fall. Reporting only what was added is how annual and cumulative values get mixed."
        ),
    ),
    Code(
        "number-contradicts",
        "warning",
        _("the text speaks of {told} {unit}, the reached value is {reached}"),
        (_("bring the two together"),),
        _("The narrative and the reached value say how many, and they say different things."),
    ),
)
