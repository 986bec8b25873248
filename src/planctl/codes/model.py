"""Codes of findings about values that do not fit a form's fields."""

from __future__ import annotations

from planctl.codes.code import Code
from planctl.words import _

_SCHEMA = _("The README lists the keys of every file and what each of them takes.")

CODES: tuple[Code, ...] = (
    Code(
        "missing-key",
        "error",
        _("the key “{key}” is missing"),
        (_("add a line `{key}: …`"),),
        _("A file of this kind needs this key. The README lists the keys of every file and what each of them takes."),
    ),
    Code(
        "unknown-key",
        "error",
        _("“{key}” is not a key of this place"),
        (
            _("did you mean “{suggestion}”?"),
            _('the comma before “{after}” ended the value inside the braces; write the value in quotes, such as "9,2"'),
            _("delete “{surplus}”: a list of organisations has no fields of its own"),
            _("an office's own fields stand under `extra:`, as `extra: {{{key}: …}}`"),
        ),
        _(
            "planctl refuses keys that it does not know, because a misspelt key would otherwise be lost without a "
            "word. Fields of your own are welcome under `extra:`."
        ),
    ),
    Code(
        "empty-value",
        "error",
        _("“{key}” has no value"),
        (_("write the value after `{key}:`"),),
        _("The key is there but nothing follows it. Keys that may be left out can simply be deleted."),
    ),
    Code(
        "expected-text",
        "error",
        _("“{key}” takes a text, not a list or further keys"),
        (_("write the text after `{key}:` on the same line, or below `{key}: |` and indented"),),
        _SCHEMA,
    ),
    Code(
        "expected-list",
        "error",
        _("“{key}” takes a list"),
        (_("write `{key}: [{text}]`, or one entry a line, each after `- `"),),
        _SCHEMA,
    ),
    Code(
        "expected-mapping",
        "error",
        _("“{key}” takes further keys below it"),
        (_("put the keys on the following lines, indented by two spaces more than `{key}:`"),),
        _SCHEMA,
    ),
    Code(
        "unexpected-value",
        "error",
        _("“{text}” is not a value of “{key}”"),
        (_("it takes {expected}"),),
        _SCHEMA,
    ),
    Code(
        "expected-flag",
        "error",
        _("“{key}” is either true or false, not “{text}”"),
        (_("write `{key}: true` or `{key}: false`"),),
        _SCHEMA,
    ),
    Code(
        "not-a-year",
        "error",
        _("“{text}” is not a year"),
        (_("write it with four digits, such as 2025"),),
        _SCHEMA,
    ),
    Code(
        "not-a-count",
        "error",
        _("“{key}” takes a whole number, not “{text}”"),
        (_("write it in digits: 0, 1, 2 …"),),
        _SCHEMA,
    ),
    Code(
        "not-a-weight",
        "error",
        _("“{text}” is not a weight"),
        (_("write a number above 0, such as 0,5 or 20"),),
        _("Weights count in relation to each other: 1 and 3 say the same as 25 and 75."),
    ),
    Code(
        "not-a-timing",
        "error",
        _("“{text}” is not a time to carry a measure out"),
        (_("write quarters (`I-IV`, `I, II улирал`), months (`3-7 сар`), a date, `Сар бүр` or `Тухай бүр`"),),
        _(
            "planctl reads when a measure begins and ends, to know what is due in a period; it prints it as it is "
            "written."
        ),
    ),
    Code(
        "not-a-date",
        "error",
        _("“{text}” is not a date"),
        (_("write `{key}: {suggestion}`"), _("write year, month and day as 2023-12-25")),
        _(
            "Dates are written year-month-day with two digits for month and day, so that no one has to guess which is which."
        ),
    ),
    Code(
        "impossible-date",
        "error",
        _("the calendar has no {text}"),
        (_("check the day and the month"),),
        _("The date is written rightly but there is no such day."),
    ),
    Code(
        "not-a-score",
        "error",
        _("“{text}” is not a score"),
        (
            _("did you mean “{suggestion}”?"),
            _("write a number of per cent, such as 70; leave the value empty where there is no score yet"),
        ),
        _(
            "A score is a number of per cent (a sign `%` behind it does no harm). Where there is none because the item is not due or "
            "could not be evaluated, say so with `state:`."
        ),
    ),
    Code(
        "not-a-period",
        "error",
        _("“{text}” is not a period"),
        (_("write 2023 for a year, 2023-H1 for its first half, 2023-Q3 for its third quarter"),),
        _("A file of actuals reports on one year, half-year or quarter."),
    ),
    Code(
        "bad-document-id",
        "error",
        _("“{text}” cannot be the id of a document"),
        (_("use letters, digits, `_`, `-` and `.`, up to 60, beginning with a letter or digit"),),
        _(
            "The id of a document names the built files too, and must be a possible file name on every system; "
            "`office` stands for all plans together."
        ),
    ),
    Code(
        "bad-item-id",
        "error",
        _("“{text}” cannot be an id"),
        (_("use up to 80 characters without spaces and `#`"),),
        _("An item's address is `document#item`; a space or a second # in it could not be told apart."),
    ),
    Code(
        "unknown-state",
        "error",
        _("“{text}” is not a state"),
        (_("did you mean “{suggestion}”?"), _("use one of: {choices}")),
        _(
            "States say why an item has no score: not-due, not-evaluated, postponed, repealed, merged; or that it was removed from "
            "control: closed."
        ),
    ),
    Code(
        "evidence-kind",
        "error",
        _("one piece of evidence names either a file, a url or a document"),
        (_("write `- file: …`, `- url: …` or `- document:` with title, number and date below it"),),
        _(
            "Each entry under `evidence:` stands for one thing that can be looked up. Several things are several entries."
        ),
    ),
)
