"""Codes of accepted.yaml: of entries that accept what is not there, not any more, or not to be accepted."""

from __future__ import annotations

from planctl.codes.code import Code
from planctl.words import _

CODES: tuple[Code, ...] = (
    Code(
        "accepted-is-gone",
        "error",
        _("nothing of the code “{name}” is found at {at} any more"),
        (_("delete this entry of accepted.yaml; if the place has another id now, correct `at:`"),),
        _(
            "An entry that accepts nothing would accept the next fault of its kind unseen. What `severities:` turns off "
            "needs no entry either."
        ),
    ),
    Code(
        "accepted-has-expired",
        "error",
        _("“{name}” at {at} was accepted until {until}"),
        (_("mend what it found, or accept it anew: planctl accept {name} {at} --reason … --until …"),),
        _("What is accepted ends on a day, so that somebody looks at it again. The finding itself is shown again too."),
    ),
    Code(
        "accepted-twice",
        "error",
        _("“{name}” at {at} is accepted in line {line} already"),
        (_("keep one of the two entries"),),
        _("Two entries may name two reasons and two days, and nobody could say which of them holds."),
    ),
    Code(
        "accepted-code-unknown",
        "error",
        _("there is no code “{name}”"),
        (_("did you mean “{suggestion}”?"), _("`planctl check` shows the code of every finding")),
        _("An entry names the code of the finding that it accepts. One that names none accepts nothing."),
    ),
    Code(
        "error-not-acceptable",
        "error",
        _("“{name}” is an error, which cannot be accepted"),
        (_("mend what it found, and delete this entry"),),
        _(
            "Only warnings can be accepted, also those that `severities:` makes errors. What is an error by itself keeps "
            "a file from being read or a sheet from being right, and no reason changes that."
        ),
    ),
)
