"""Codes of findings about the office's own templates."""

from __future__ import annotations

from planctl.codes.code import Code
from planctl.words import _

CODES: tuple[Code, ...] = (
    Code(
        "template-unreadable",
        "error",
        _("the template cannot be opened: {problem}"),
        (_("save it again from Word as .docx, or copy a fresh one with `planctl template copy`"),),
        _(
            "A Word template must be a .docx file without macros, a password or damage; an HTML template must be "
            "UTF-8 text. planctl opens it for every sheet it builds."
        ),
    ),
    Code(
        "template-broken-tag",
        "error",
        _("a tag of the template cannot be read ({problem}), in the paragraph “{paragraph}”"),
        (_("compare it with the template that `planctl template copy` gives"),),
        _(
            "Tags stand in double braces ({{ … }} for a value, {% … %} for a loop or a condition). Each opening tag "
            "needs its closing one, and Word must not have changed the quotation marks inside a tag."
        ),
    ),
    Code(
        "template-unknown-field",
        "error",
        _("the template asks for a field that does not exist ({problem}), in the paragraph “{paragraph}”"),
        (_("the fields of this sheet stand in the README, under “Templates”"),),
        _("A template can show only what the sheet holds. A misspelt name would otherwise print nothing at all."),
    ),
    Code(
        "template-forbidden-tag",
        "error",
        _("a tag of the template does more than show values ({problem}), in the paragraph “{paragraph}”"),
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
