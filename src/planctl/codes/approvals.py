"""Codes of findings about approved reports: what is no longer as it was approved, and faults of the approvals."""

from __future__ import annotations

from planctl.codes.code import Code
from planctl.words import _

_HOW = _("`planctl correct {address} --period {period} --reason … --act …` records it where an act allows it")

CODES: tuple[Code, ...] = (
    Code(
        "approved-score-fell",
        "error",
        _("the score of “{id}” ({evaluation}) fell: {old} was approved, {new} stands here"),
        (_HOW,),
        _(
            "The report of this period was approved with a higher score. Put the score back, or record the correction "
            "with the act that it rests on; the report prints it. `planctl waive` gives leave for some time."
        ),
    ),
    Code(
        "approved-score-changed",
        "error",
        _("the score of “{id}” ({evaluation}) is not the approved one: {old} was approved, {new} stands here"),
        (_HOW,),
        _(
            "The report of this period was approved with another score, or with none. Put it back, or record the "
            "correction with the act that it rests on; the report prints it. `planctl waive` gives leave for some time."
        ),
    ),
    Code(
        "approved-text-changed",
        "error",
        _("“{id}” no longer says what was approved: its digest was {old}, now it is {new}"),
        (_HOW,),
        _(
            "What the plan or the report says of this was approved in other words; formatting, remarks and the order "
            "of keys do not count. Put the words back (git has them), or record the correction with the act that it "
            "rests on."
        ),
    ),
    Code(
        "approved-item-removed",
        "error",
        _("“{id}” was approved and is no longer there"),
        (_HOW,),
        _(
            "An item of the approved report is no longer in the plan, or is no longer reported. Put it back, or record "
            "the correction with the act that it rests on."
        ),
    ),
    Code(
        "approved-item-added",
        "error",
        _("“{id}” is not among what was approved for {period}"),
        (_HOW,),
        _(
            "The report of this period was approved without this item, which now stands in its table and its counts. "
            "Put it into a plan of its own time, or record the correction with the act that it rests on."
        ),
    ),
    Code(
        "approved-mean-changed",
        "error",
        _("the mean of “{id}” ({evaluation}) is not the approved one: {old} was approved, it comes to {new} now"),
        (_HOW,),
        _(
            "All scores are those that were approved and the mean is another: the scale, the weights or the way of "
            "making the mean changed."
        ),
    ),
    Code(
        "correction-mismatch",
        "error",
        _("this correction says that {old} was approved; what stood then is {recorded}"),
        (_("write {recorded}, or take the correction out and record it with `planctl correct`"),),
        _("A correction begins with what was approved, or with what the correction before it left."),
    ),
    Code(
        "correction-not-in-source",
        "error",
        _("“{id}” was corrected to {old} and {new} stands here"),
        (_HOW,),
        _(
            "A correction of the approved report names what stands there now. Put that into the file, or record a "
            "further correction."
        ),
    ),
    Code(
        "waiver-expired",
        "error",
        _("this waiver ended on {until}"),
        (_("record a correction, put back what was approved, or take the waiver out"),),
        _("A waiver gives leave to differ from what was approved until a day; that day has passed."),
    ),
    Code(
        "approval-edited",
        "error",
        _("what was approved is not as `planctl approve` wrote it"),
        (_("put the file back as it was (git has it); what changed afterwards belongs under `corrections:`"),),
        _(
            "The digest in the file holds the act, the scores and the digests of what was approved. Only corrections "
            "and waivers are added to it later."
        ),
    ),
    Code(
        "approval-without-report",
        "error",
        _("there is no report of “{document}” for {period} that this could be the approval of"),
        (_("the periods of “{document}” are: {known}"), _("put the report back, or delete this file")),
        _("An approval belongs to the actuals of one plan and period; their file is gone or names something else."),
    ),
    Code(
        "duplicate-approval",
        "error",
        _("the approval of “{document}” for {period} also stands in {other}"),
        (_("keep the one that is right"),),
        _("Of two approvals of the same report nobody could say which holds."),
    ),
)
