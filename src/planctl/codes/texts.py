"""Codes of findings about what stands in a plan or a narrative rightly written and most likely not meant.

All of them are warnings; planctl.yaml can turn each off or make it an error.
"""

from __future__ import annotations

from planctl.codes.code import Code
from planctl.words import _

CODES: tuple[Code, ...] = (
    Code(
        "pasted-narrative",
        "warning",
        _("“{id}” says what “{first}” says at {place} ({percent} % of the words)"),
        (_("write what was done for this item alone"),),
        _(
            "The same text at two items of one period was mostly pasted. Whoever reads the sheet cannot tell what was done for which of them."
        ),
    ),
    Code(
        "unchanged-narrative",
        "warning",
        _("“{id}” says the same as in {period} ({place})"),
        (_("write what was done since then"),),
        _(
            "Each period reports on its own. A narrative that was carried over whole tells nothing of the new one. Items that had 100 already and keep it may keep their text."
        ),
    ),
    Code(
        "sum-in-text",
        "warning",
        _("the text says “{said}”, and {parts} = {sum}"),
        (_("mend the number that is wrong, or name what else is counted"),),
        _(
            "planctl adds up what a text itself gives as a sum: `14 + 36 = 50`, a list that ends in a total, men and women, counts by level."
        ),
    ),
    Code(
        "unfilled-blank",
        "warning",
        _("a blank was not filled in: “{text}”"),
        (_("write what belongs there; blanks in this text: {count}"), _("write what belongs there")),
        _("Points, commas or crosses that hold the place of a number or word were left over from a draft."),
    ),
    Code(
        "html-tag",
        "warning",
        _("the text holds HTML: {tags}"),
        (_("delete it; a list has `- ` before each line, a paragraph a blank line before it"),),
        _("Tags come along when text is copied from a web page. The sheets print them as they are."),
    ),
    Code(
        "mixed-scripts",
        "warning",
        _("“{word}” mixes Latin and Cyrillic letters; foreign in it: {letters}"),
        (
            _("write “{suggestion}”"),
            _("type the word anew; a foreign word and its suffix are parted by a hyphen"),
        ),
        _(
            "A Latin letter looks like a Cyrillic one and is another to every search and comparison. Keyboards without Ө and Ү bring them in."
        ),
    ),
    Code(
        "year-against-date",
        "warning",
        _("the number {number} begins with the year {year}, and the date is {date}"),
        (_("see in the decision which of the two is right"),),
        _("A decision whose number names a year was made in that year. One of the two is a slip of the pen."),
    ),
    Code(
        "number-sequence",
        "warning",
        _("the number {number} follows {before}"),
        (_("{expected} comes next; see whether something was left out or stands twice"),),
        _(
            "Sections and measures are numbered one after the other. A skipped number makes the reader look for what is not there."
        ),
    ),
    Code(
        "act-without-number",
        "warning",
        _("an act is quoted without its number: “{act}”"),
        (_("write the number before «дугаар» or «дүгээр»"),),
        _("An act can be looked up by its number alone. Drafts leave it out while the act is not registered yet."),
    ),
    Code(
        "no-owner",
        "warning",
        _("nobody is named who reports on “{id}”"),
        (_("write `units: […]` with the unit that reports on it"),),
        _(
            "Other items of the plan have a unit. An item that is nobody's is reported by nobody, and is in no subtotal."
        ),
    ),
    Code(
        "no-date",
        "warning",
        _("“{what}” has no `{key}:`"),
        (_("write `{key}: …` as the others have it"),),
        _("Most decisions of the plan have a date, or most measures a time. This one leaves it out."),
    ),
    Code(
        "empty-phrase",
        "warning",
        _("“{text}” says nothing of what was done"),
        (_("say what was done, with numbers and dates, or say with `state:` why there is nothing to report"),),
        _("A phrase that fits every item shows no result; the superior body cannot evaluate by it."),
    ),
)
