"""Codes of findings about the chain of plans: what stands above a plan, and what its parts carry out there."""

from __future__ import annotations

from planctl.codes.code import Code
from planctl.words import _

CODES: tuple[Code, ...] = (
    Code(
        "unknown-above",
        "error",
        _("“{named}” is not in this project"),
        (
            _("did you mean “{suggestion}”?"),
            _("name a plan of this project by its `id:`, or an objective, section or measure of it as `document#id`"),
        ),
        _(
            "Each plan names the plan above it, and its parts what they carry out there. A name that leads nowhere would "
            "break the chain without a word. Plans of other bodies belong into the project too, as files of their own."
        ),
    ),
    Code(
        "link-without-id",
        "error",
        _("“{named}” names no part of a plan"),
        (_("write `document#id`: the id of the objective, section or measure that is carried out"),),
        _("`above:` names whole plans; `carries_out:` names what is carried out there, by document and id."),
    ),
    Code(
        "chain-cycle",
        "error",
        _("the chain comes back to itself: {way}"),
        (_("take out the link that leads downwards"),),
        _(
            "The chain of plans leads upwards, from an office's measures to the long-term vision. A plan or an objective "
            "cannot stand above itself."
        ),
    ),
    Code(
        "not-above",
        "warning",
        _("“{document}” is not named above this plan"),
        (_("add it to `above:` of the plan, or to that of a plan above it"),),
        _(
            "What a measure carries out stands in a plan above its own: the next one or a further one. Otherwise the link "
            "is mostly a slip."
        ),
    ),
    Code(
        "nothing-below",
        "warning",
        _("nothing below carries out “{what}”"),
        (_("let an objective or measure below name it under `carries_out:`, or ask who is to carry it out"),),
        _(
            "An objective that no plan below takes up will not be carried out by anybody. It is told of plans that another "
            "plan of the project names above it."
        ),
    ),
    Code(
        "much-without-below",
        "warning",
        _("nothing below carries out {count} of {all} objectives of “{document}”"),
        (_("`planctl trace --matrix {document} {below}` shows them"),),
        _(
            "Where most of a plan's objectives have nothing below, the plans below cover only a part of it, as one county's do "
            "of a national plan. That is told once for a plan."
        ),
    ),
    Code(
        "hangs-on-nothing",
        "warning",
        _("“{what}” carries out nothing that stands above"),
        (_("write `carries_out:` beside it, or beside the section it stands in"),),
        _(
            "The plan names a plan above it, and this part hangs on nothing there. Either the link is missing, or it is done "
            "for no objective of the chain."
        ),
    ),
    Code(
        "most-hang-on-nothing",
        "warning",
        _("{count} of {all} measures name nothing that they carry out above"),
        (_("write `carries_out:` beside the measures, or beside the sections they stand in"),),
        _(
            "A plan that names a plan above it says of its parts what they carry out there. That is told once for a plan."
        ),
    ),
    Code(
        "targets-fall-short",
        "warning",
        _("the targets below come to {sum} {unit}, and “{above}” asks for {target} ({parts})"),
        (_("raise targets below, or find who carries out the rest"),),
        _(
            "Targets of one indicator that are counted add up: what all plans below aim at together is at least the target "
            "above. Shares and averages don't add up and are not held against each other, and neither is a copy of another "
            "body's plan, which others carry out too."
        ),
    ),
    Code(
        "unit-differs",
        "warning",
        _("the unit is “{unit}”, and that of the same indicator at {place} is “{other}”"),
        (_("bring the two together"),),
        _("One indicator has one unit in the whole chain, or its values can neither be compared nor added up."),
    ),
    Code(
        "unknown-indicator-above",
        "warning",
        _("nothing that is carried out here has an indicator “{named}”"),
        (_("did you mean “{suggestion}”?"), _("`above:` of an indicator is the id or the name of one above")),
        _(
            "An indicator counts towards the one of the same name above, or towards the one that its `above:` names. That one "
            "must belong to what the measure, or its section, carries out."
        ),
    ),
    Code(
        "baseline-differs",
        "warning",
        _("the baseline is {baseline}, and that of the same indicator at {place} is {other}"),
        (_("bring the two together"),),
        _("A plan that takes over an indicator with its whole target starts from the same baseline."),
    ),
    Code(
        "values-differ",
        "warning",
        _("“{indicator}” is reported as {reached}, and as {other} at {place}"),
        (_("find out which is right; both bodies report the same indicator for the same period"),),
        _(
            "Two bodies that answer for one indicator with the same target report the same value. Whoever reads both "
            "reports would otherwise believe neither."
        ),
    ),
    Code(
        "link-outdated",
        "warning",
        _("“{named}” has changed since this link was made: {text}"),
        (_("read it again; if the link still holds, `planctl trace --accept {address}`"),),
        _(
            "The fingerprint of a link is that of the words above when somebody last read them. They say something else "
            "now, so what is done below may no longer carry them out."
        ),
    ),
    Code(
        "copy-changed",
        "warning",
        _("the content of this copy is no longer that of its digest"),
        (_("take the copy from {origin} once more; if it is right as it is, write `digest: {digest}`"),),
        _(
            "A copy of another body's plan is what that body approved. Its digest is that of the file without the "
            "`source:` block: sha256 over its UTF-8 text, lines ended by a line feed, blank lines at the end left out."
        ),
    ),
)
