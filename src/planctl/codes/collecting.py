"""Codes of what workbooks come back with that cannot be taken over."""

from __future__ import annotations

from planctl.codes.code import Code
from planctl.words import _

_LOCKED = _(
    "A workbook of `planctl collect` asks for what stands in its yellow cells. All else is the plan's own and locked: it "
    "tells which item the answers belong to. Where that was changed, it is not sure any more what was answered, so "
    "nothing of the row is taken."
)
_BY_ADDRESS = _(
    "Each row of a workbook of `planctl collect` has the address of its item in a hidden column. Only by that address are "
    "answers taken over, never by their place in the sheet."
)
_VALUES = _(
    "What does not fit is reported and left out; the other cells of the row are taken. The unit mends the cell and sends "
    "the workbook again: what was taken already stays as it is."
)
_BOTH = _(
    "A workbook remembers what each cell said when it was made. Where the project has changed since and the unit has "
    "answered otherwise, two people mean different things, and planctl does not choose between them."
)
_ASK_AGAIN = _("make a new workbook with `planctl collect out --force`, and have it filled in")
_MEND = _("mend the cell and read the workbook again")
_DECIDE = _("decide what is right, write it into {path}, and tell the unit")

CODES: tuple[Code, ...] = (
    Code(
        "no-collect-workbook",
        "error",
        _("the file is no workbook of `planctl collect out`, or its hidden parts are gone"),
        (_("have the workbook that was sent filled in and saved as .xlsx or .ods"),),
        _(
            "`planctl collect in` reads the workbooks that `planctl collect out` makes: by hidden columns and a hidden "
            "worksheet it knows what each cell belongs to. For other files there is `planctl import`."
        ),
    ),
    Code(
        "collected-other-period",
        "error",
        _("the workbook is of {period}, and {wanted} is being collected; nothing of it was taken"),
        (_("leave --period out to take it over as what it is"),),
        _("Each workbook is made for one period. One from another time may have been sent by mistake."),
    ),
    Code(
        "collected-unknown-item",
        "error",
        _("{address} is not in the project, or is not reported on; nothing of the row was taken"),
        (_ASK_AGAIN,),
        _BY_ADDRESS,
    ),
    Code(
        "collected-row-without-address",
        "error",
        _("the row belongs to no item, as its hidden address is gone; nothing of it was taken"),
        (_("write what it says into the row that the workbook has for the item"),),
        _BY_ADDRESS,
    ),
    Code(
        "collected-duplicate-row",
        "error",
        _("{address} stands a second time here, the first time in {first}; nothing of either row was taken"),
        (_("remove one of the two and read the workbook again"),),
        _BY_ADDRESS,
    ),
    Code(
        "collected-locked-cell",
        "error",
        _("the locked cell “{heading}” was changed; nothing of the row was taken"),
        (_("undo the change; what is wrong in the plan is changed in the plan"),),
        _LOCKED,
    ),
    Code(
        "collected-older-than-plan",
        "error",
        _("the plan says something else of {address} by now; nothing of the row was taken"),
        (_ASK_AGAIN,),
        _(
            "The answer was given to what the plan said when the workbook was made. Since then the item's text, its "
            "indicators, a target or its deadline was changed, and the answer may be another one."
        ),
    ),
    Code(
        "collected-not-in-rubric",
        "error",
        _("“{text}” is not a level; use {choices}"),
        (_MEND,),
        _VALUES,
    ),
    Code(
        "collected-unknown-state",
        "error",
        _("“{text}” is not a state; use {choices}"),
        (_MEND,),
        _VALUES,
    ),
    Code(
        "collected-not-a-number",
        "error",
        _("“{text}” is not a number, and the target is one"),
        (_MEND,),
        _VALUES,
    ),
    Code(
        "collected-formula",
        "error",
        _("the cell holds a formula whose value is not in the file, or an error; nothing was taken from it"),
        (_("write the value in its place and read the workbook again"),),
        _VALUES,
    ),
    Code(
        "collected-too-many-remarks",
        "error",
        _("so many cells hold formulas without a value that they cannot all be told; nothing of the file was taken"),
        (_("open the file in Excel or LibreOffice, save it, and read it again"),),
        _VALUES,
    ),
    Code(
        "collected-conflict",
        "error",
        _("{address} {field}: the project says “{now}” by now, the workbook “{text}”; it was left as it is"),
        (_DECIDE,),
        _BOTH,
    ),
    Code(
        "collected-two-answers",
        "error",
        _("{address} {field}: “{text}” here, “{other}” in {place}; neither was taken"),
        (_DECIDE,),
        _BOTH,
    ),
)
