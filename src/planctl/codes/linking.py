"""Codes of findings that only the whole project shows: ids, references, scores and what belongs together."""

from __future__ import annotations

from planctl.codes.code import Code
from planctl.words import _

CODES: tuple[Code, ...] = (
    Code(
        "unknown-kind",
        "error",
        _("the file is neither a plan nor actuals"),
        (_("a plan begins with `form:`, actuals begin with `actuals:`; move other files out of `plans/`"),),
        _("Every YAML file under `plans/` is read, and says by its keys what it is; its name does not matter."),
    ),
    Code(
        "unknown-form",
        "error",
        _("there is no form “{form}”"),
        (_("did you mean “{suggestion}”?"), _("the forms are: {known}")),
        _("The form says which columns and fields a document has."),
    ),
    Code(
        "duplicate-rubric",
        "error",
        _("the rubric “{id}” also stands in {other}"),
        (_("give one of the two another name"),),
        _("A plan names its scale; two scales of one name could not be told apart."),
    ),
    Code(
        "duplicate-document",
        "error",
        _("the document id “{id}” also stands in {other}"),
        (_("give one of the two another id, and its actuals with it"),),
        _(
            "Document ids are unique in a project, capitals not counting: addresses and the names of built files hang "
            "on them."
        ),
    ),
    Code(
        "duplicate-item",
        "error",
        _("the id “{id}” stands already in line {line}"),
        (_("give one of the two another id"),),
        _("Actuals find their item by its id. The official number is another thing and may be repeated."),
    ),
    Code(
        "repeated-number",
        "warning",
        _("the official number {number} stands already in line {line}"),
        (_("check the number; if the two are one decision, put their clauses together"),),
        _(
            "Two decisions with one number are mostly a slip of the pen. Nothing is counted by the number, so this does no harm."
        ),
    ),
    Code(
        "unknown-unit",
        "error",
        _("planctl.yaml has no unit “{unit}”"),
        (_("did you mean “{suggestion}”?"), _("add it under `units:` in planctl.yaml")),
        _(
            "Units are named once, in planctl.yaml, with their other spellings, so that subtotals never split one unit in two."
        ),
    ),
    Code(
        "unknown-plan",
        "error",
        _("there is no plan “{id}”"),
        (_("did you mean “{suggestion}”?"), _("`actuals:` names the `id:` of a plan in this project")),
        _("A file of actuals reports on one plan, by its id. If the plan has errors of its own, mend those first."),
    ),
    Code(
        "unknown-item",
        "error",
        _("“{document}” has no item “{id}”"),
        (_("did you mean “{suggestion}”?"), _("the entry's key is the `id:` of a clause or measure of the plan")),
        _("What was reported here belongs to no item of the plan and would be lost."),
    ),
    Code(
        "not-to-be-reported",
        "warning",
        _("“{id}” is not to be reported; this entry is shown nowhere"),
        (_("delete the entry, or `reported: false` in {plan}"),),
        _("The plan says `reported: false` of this clause: it stands outside all sheets and counts."),
    ),
    Code(
        "given-twice",
        "error",
        _("“{key}” is also given in {other}"),
        (_("leave it in the file of the body that it belongs to"),),
        _(
            "The two evaluations may stand in two files, each owned by one body. No key may stand in both, or nobody "
            "could say which of them holds."
        ),
    ),
    Code(
        "ambiguous-unit",
        "error",
        _("“{name}” stands for the unit “{unit}” and for “{other}”"),
        (_("leave this spelling to one of the two"),),
        _(
            "A spelling that two units share would send the items of both to one of them, and split the subtotals wrongly."
        ),
    ),
    Code(
        "repeated-level",
        "error",
        _("the value {value} stands twice in this version of the rubric"),
        (_("leave it to one level"),),
        _("Each value belongs to one level; nobody could say otherwise which of the two an item has reached."),
    ),
    Code(
        "overlapping-levels",
        "error",
        _("{value} and {other} overlap in this version of the rubric"),
        (_("part them, such as 31-69 and 70-99; only their ends may be the same"),),
        _(
            "Each score belongs to one level. Of two ranges with the same end the upper one has it; more they cannot share."
        ),
    ),
    Code(
        "level-above-100",
        "error",
        _("{value} goes beyond 100 per cent"),
        (_("the values of a rubric lie between 0 and 100"),),
        _("Scores are percentages of what was planned. What was done beyond it is told in words, and scored 100."),
    ),
    Code(
        "threshold-without-level",
        "error",
        _("the threshold gives {score}, which is no level of the rubric"),
        (_("use one of: {allowed}"),),
        _(
            "What an achievement comes to is a score of the scale: it has its level, its colour and its row in the summary."
        ),
    ),
    Code(
        "unknown-template",
        "error",
        _("there is no template “{name}” to replace"),
        (_("did you mean “{suggestion}”?"), _("`planctl template list` shows the names")),
        _(
            "Under `templates:` the key is the name of a template that planctl has. A misspelt one would be passed over, and the sheets would lack the office's letterhead."
        ),
    ),
    Code(
        "unknown-code",
        "error",
        _("no finding has the code “{name}”"),
        (_("did you mean “{suggestion}”?"), _("the code stands in each finding, before its message")),
        _("Under `severities:` the key is the code of a finding. A misspelt one would change nothing, without a word."),
    ),
    Code(
        "severity-fixed",
        "error",
        _("“{name}” is an error and cannot be made “{severity}”"),
        (_("delete the line, and mend what the finding tells of"),),
        _(
            "Builds rest on errors: a document that has one is not built. Only warnings can be made errors or turned off."
        ),
    ),
    Code(
        "unknown-rubric",
        "error",
        _("there is no rubric “{rubric}”"),
        (_("the rubrics are: {known}"),),
        _("A rubric is a file: planctl brings some, and an office adds its own under `rubrics/`."),
    ),
    Code(
        "no-rubric-version",
        "error",
        _("the rubric “{rubric}” has no version for {period}"),
        (_("name another rubric in the plan, or add a version to the rubric's file"),),
        _("A period is scored by the version of the scale that is in force on its last day."),
    ),
    Code(
        "score-not-in-rubric",
        "error",
        _("{score} is not a level of the rubric"),
        (_("use one of: {allowed}"),),
        _(
            "Scores are chosen by a person from the levels of the plan's scale; anything between has no name and no place in the summary."
        ),
    ),
    Code(
        "score-with-state",
        "error",
        _("“{id}” is {state} and cannot have a score"),
        (_("the state stands at {place}; delete the score, or the state"),),
        _(
            "An item that is not due, not evaluated, postponed, repealed or merged is outside the mean, and so is one that an earlier "
            "period closed. A score would say the opposite."
        ),
    ),
    Code(
        "missing-entry",
        "warning",
        _("nothing is reported of “{id}” for {period}"),
        (_("fill in its entry under `items:`, or say with `state:` why there is nothing to report"),),
        _(
            "The item is to be reported and nothing is said of it. It is counted as missing, not as zero, and the sheets are marked as "
            "drafts until it is there."
        ),
    ),
    Code(
        "score-without-progress",
        "warning",
        _("“{id}” has a score, but nothing says what was done"),
        (_("write it under `progress:`"),),
        _("A score that nothing explains cannot be defended when the superior body asks."),
    ),
    Code(
        "progress-without-score",
        "warning",
        _("“{id}” says what was done, but has no score"),
        (_("write `self:`, or say with `state:` why it cannot be scored"),),
        _("Without a score the item counts as missing and the sheet stays a draft."),
    ),
    Code(
        "superior-without-self",
        "warning",
        _("“{id}” has the superior body's score, but not the office's own"),
        (_("write `self:`"),),
        _("The office evaluates itself first; the superior body evaluates after it."),
    ),
    Code(
        "unexplained-difference",
        "warning",
        _("the two evaluations differ ({own} and {superior}) and nothing says why"),
        (_("write `reason:` beside them"),),
        _("When the superior body scores otherwise than the office did, the report says why."),
    ),
    Code(
        "state-without-reason",
        "warning",
        _("“{id}” is {state}, and nothing says why"),
        (_("write `reason:` beside `state:`"),),
        _("A state takes an item out of the mean. Whoever reads the sheet should see why."),
    ),
    Code(
        "closed-without-act",
        "warning",
        _("“{id}” is closed without its date and act"),
        (_("write `date:` and `act:` beside `state: closed`"),),
        _("An item is removed from control by an act, on a day. Later periods show both instead of a score."),
    ),
    Code(
        "deadline-passed",
        "warning",
        _("the deadline of “{id}” was {deadline}, and it has no score"),
        (_("write `self:`, or say with `state:` why it cannot be scored"),),
        _("The deadline falls before the end of the reported period, so the item is due."),
    ),
    Code(
        "text-too-long",
        "error",
        _("the text has {length} characters, and a cell of Excel holds {most}"),
        (_("shorten it, or put the rest into a file named under `evidence:`"),),
        _("Excel would cut the text without a word."),
    ),
    Code(
        "missing-evidence",
        "error",
        _("the file {file} is not in the project"),
        (_("put it there, as a file and not as a folder; the path counts from the project's folder, with `/`"),),
        _("Evidence that is named must be there, spelt the same, capitals included."),
    ),
)
