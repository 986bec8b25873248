"""Codes of findings about the office's own templates."""

from __future__ import annotations

from planctl.codes.code import Code
from planctl.words import _

_COMPARE = _("compare it with the template that `planctl template copy` gives")
_SAVE_AGAIN = _("save it again from Word as .docx, or copy a fresh one with `planctl template copy`")
_FILE = _(
    "A Word template must be a .docx file without macros, a password or damage; an HTML template must be "
    "UTF-8 text. planctl opens it for every sheet it builds."
)
_TAG = _(
    "Tags stand in double braces ({{ … }} for a value, {% … %} for a loop or a condition). Each opening tag "
    "needs its closing one, and Word must not have changed the quotation marks inside a tag."
)
PARTS = {
    "draft": _("the mark of a draft"),
    "reference": _("the order and annex at the top right"),
    "title": _("the title"),
    "note": _("the note under the title"),
    "date": _("the date"),
    "place": _("the place"),
    "passages": _("the texts in front of the tables"),
    "table-title": _("the titles of the tables"),
    "sections": _("the section rows"),
    "tally-title": _("the title of the summary"),
    "tally-total": _("the total number of the summary"),
    "tally-levels": _("the levels of the summary"),
    "tally-percents": _("the percentages of the summary"),
    "tally-counts": _("the counts of the summary"),
    "tally-states": _("what the summary counts outside of the levels"),
    "closing": _("the closing sentence"),
    "remarks": _("the remarks"),
    "signatures": _("the signatures"),
    "end-mark": _("the end mark"),
    "annex-headings": _("the headings of the annexes"),
}
"""The parts of a sheet as findings name them."""

_PARTLY = _("a part of it is there, but of the sample it does not show “{example}”")
_OFFICIAL = _(
    "`planctl template check` fills a template with a sample and looks for every part of the official form: titles, "
    "columns, section rows, both evaluations, counts, signatures. A build refuses a template that leaves a value out."
)

CODES: tuple[Code, ...] = (
    Code(
        "template-unreadable",
        "error",
        _("the template cannot be opened as a Word document"),
        (
            _(
                "its part {part} is damaged; save it again from Word as .docx, or copy a fresh one with "
                "`planctl template copy`"
            ),
            _SAVE_AGAIN,
        ),
        _FILE,
    ),
    Code(
        "template-locked",
        "error",
        _("the template is locked with a password"),
        (_("open it in Word, take the password off, and save it"),),
        _FILE,
    ),
    Code(
        "template-not-docx",
        "error",
        _("the template is saved as {kind}, and not as .docx"),
        (_("open it in Word, and save it as “Word Document (.docx)”"),),
        _FILE,
    ),
    Code(
        "template-too-large",
        "error",
        _("the template takes more than {most} MB when it is unpacked"),
        (_("make its pictures smaller"),),
        _FILE,
    ),
    Code(
        "template-broken-tag",
        "error",
        _("a tag of the template cannot be carried out, in the paragraph “{paragraph}”"),
        (_COMPARE,),
        _TAG,
    ),
    Code(
        "template-unfinished-tag",
        "error",
        _("a tag of the template does not begin and end in one paragraph: “{paragraph}”"),
        (_("type the whole tag in one paragraph; its braces stand in pairs, with nothing between them"),),
        _TAG,
    ),
    Code(
        "template-unclosed-tag",
        "error",
        _("a loop or a condition of the template is opened and never closed: “{paragraph}”"),
        (_("put a tag with the word {end} where it is to end"),),
        _TAG,
    ),
    Code(
        "template-crossing-tags",
        "error",
        _("a loop or a condition of the template begins in one paragraph or cell and ends in another"),
        (_("give its tags paragraphs or rows of their own, as the template of `planctl template copy` does"),),
        _TAG,
    ),
    Code(
        "template-nested-too-deep",
        "error",
        _("loops, conditions or brackets of the template stand too deep inside each other"),
        (_COMPARE,),
        _TAG,
    ),
    Code(
        "template-unknown-word",
        "error",
        _("“{word}” is no tag and no filter, or it closes what was never opened, in the paragraph “{paragraph}”"),
        (_COMPARE,),
        _TAG,
    ),
    Code(
        "template-unknown-field",
        "error",
        _("the template asks for “{name}”, which does not exist, in the paragraph “{paragraph}”"),
        (_("the fields of this sheet stand in the README, under “Templates”"),),
        _("A template can show only what the sheet holds. A misspelt name would otherwise print nothing at all."),
    ),
    Code(
        "template-forbidden-tag",
        "error",
        _("a tag of the template does more than show values, in the paragraph “{paragraph}”"),
        (_("remove the tag; compare the template with the one that `planctl template copy` gives"),),
        _(
            "A template comes from outside, so its tags can read the values of the sheet and nothing else: no names "
            "that begin with an underscore, no changes, no calls into the program."
        ),
    ),
    Code(
        "template-loses-value",
        "error",
        _("“{value}” ({address}) is in the plan but not in the built document"),
        (_("the template must show every value; compare it with the one that `planctl template copy` gives"),),
        _(
            "After building, planctl looks in the document for every value of the sheet. A template that leaves one "
            "out would make a report from which a clause or a score silently disappeared."
        ),
    ),
    Code(
        "template-hides-part",
        "error",
        _("the template does not show {part}"),
        (
            _PARTLY,
            _("put {tag} where it is to stand; compare the template with the one that `planctl template copy` gives"),
        ),
        _OFFICIAL,
    ),
    Code(
        "template-hides-column",
        "error",
        _("the template does not show the column “{column}” ({table})"),
        (_PARTLY, _("put {tag} into its cell of the repeated row"), _COMPARE),
        _OFFICIAL,
    ),
    Code(
        "template-hides-table",
        "error",
        _("the template does not show the table “{table}” at all"),
        (_COMPARE,),
        _OFFICIAL,
    ),
    Code(
        "template-hides-heading",
        "warning",
        _("the heading “{heading}” ({table}) stands nowhere in the template"),
        (_("the official form words it so; turn the warning off under `severities:` where the office has its own"),),
        _(
            "The headings of the columns are those of the official form. An office may word them itself, so a build does not "
            "refuse the template."
        ),
    ),
    Code(
        "template-no-anchor",
        "warning",
        _("{count} rows of the built document carry no bookmark of their item"),
        (_("put {tag} into a cell of the repeated row"),),
        _(
            "Each row of a built Word table carries an invisible bookmark that leads back to its item, so that an "
            "edited Word file can later be read back. The tag stands in the number cell of the default template."
        ),
    ),
)
