"""Codes of remarks on office files that plans are made of."""

from __future__ import annotations

from planctl.codes.code import Code
from planctl.words import _

_LOOK = _("look at the place in the file, and whether what was read is meant")
_AS_SEEN = _(
    "planctl reads an office file as a person would who has accepted all changes and shown all that is hidden. "
    "Whatever a reader of the printed page would not have seen is said, so that nobody is surprised by it."
)
_VALUES = _(
    "A spreadsheet keeps for every formula the value that was last worked out. planctl takes that value and works out "
    "nothing itself; a file that a program other than Excel or LibreOffice has written may hold the formula alone."
)
_SAFE = _(
    "A file from elsewhere can hold programs, other files, and addresses of files and pictures elsewhere. planctl reads "
    "the text and the tables of the file itself: it runs nothing, opens nothing inside, and fetches nothing."
)

CODES: tuple[Code, ...] = (
    Code(
        "tracked-changes-accepted",
        "warning",
        _("the file holds tracked changes: {added} added, {removed} removed; it was read as if all were accepted"),
        (_("to read it otherwise, accept or reject the changes in Word, save, and read it again"),),
        _AS_SEEN,
    ),
    Code("hidden-text-read", "warning", _("hidden text was read: “{text}”"), (_LOOK,), _AS_SEEN),
    Code("hidden-rows-read", "warning", _("hidden rows were read: {rows}"), (_LOOK,), _AS_SEEN),
    Code("hidden-columns-read", "warning", _("hidden columns were read: {columns}"), (_LOOK,), _AS_SEEN),
    Code("hidden-sheet-read", "warning", _("the worksheet is hidden; it was read"), (_LOOK,), _AS_SEEN),
    Code(
        "formula-without-value",
        "warning",
        _("the formula ={formula} has no value in the file; the cell was read as empty"),
        (_("open the file in Excel or LibreOffice, save it, and read it again"),),
        _VALUES,
    ),
    Code(
        "date-for-number",
        "warning",
        _("the cell holds a date where a number stands; it was read as {text}"),
        (_("compare with the paper; to keep the number as it is, make the cell text in Excel and write it again"),),
        _(
            "Excel makes a date of a number such as 3/2 as soon as it is typed, and shows it as a day and a month. planctl "
            "takes it back to the two numbers, in the order in which the cell shows them."
        ),
    ),
    Code(
        "error-in-cell",
        "warning",
        _("the cell shows {error}"),
        (_("mend the formula in the file, or write the value in its place"),),
        _VALUES,
    ),
    Code(
        "external-link-not-followed",
        "warning",
        _("the file points to “{target}”, which was not opened"),
        (_("if it holds something that counts, copy it into the file"),),
        _SAFE,
    ),
    Code(
        "macros-not-read",
        "warning",
        _("the file holds macros; they were neither read nor run"),
        (_("nothing needs to be done: the tables were read"),),
        _SAFE,
    ),
    Code(
        "embedded-not-read",
        "warning",
        _("the file holds another one or a drawing, {part}, which was not opened"),
        (_("if it holds something that counts, copy it as text into the file"),),
        _SAFE,
    ),
    Code(
        "other-than-its-ending",
        "warning",
        _("the file is named {ending}, and is {kind}; it was read as what it is"),
        (_("name it with the ending .{kind}"),),
        _(
            "What a file is shows in its content. An ending that says something else keeps other programs from opening it."
        ),
    ),
    Code(
        "encoding-guessed",
        "warning",
        _("the text is not UTF-8; it was read as {encoding}"),
        (_("look at the letters ө and ү in what was read; in Excel, save it as “CSV UTF-8” or as .xlsx"),),
        _(
            "A text file does not say which encoding its letters are written in. planctl takes the one in which the "
            "words read as words."
        ),
    ),
    Code(
        "letters-lost-in-file",
        "warning",
        _(
            "question marks stand in {count} places where letters were: ө and ү seem to have been lost when it was saved"
        ),
        (_("save the file again from its original, as “CSV UTF-8” or as .xlsx"),),
        _(
            "Old encodings of Cyrillic have no ө and no ү. A program that saves in one of them writes question marks in "
            "their places, and no one can tell any more which letter each was."
        ),
    ),
    Code(
        "nested-table-as-text",
        "warning",
        _("a table inside the cell was read as text"),
        (_("if it is a table of its own, copy it out of the cell"),),
        _(
            "A cell of a plan holds text. Of a table inside a cell each row becomes a paragraph, its cells parted by “ | ”."
        ),
    ),
)
