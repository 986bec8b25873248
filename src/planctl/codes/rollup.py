"""Codes of lists of organisations that are brought together."""

from __future__ import annotations

from planctl.codes.code import Code
from planctl.words import _

CODES: tuple[Code, ...] = (
    Code(
        "organisation-without-place",
        "error",
        _("“{name}” has no place, or two: it takes either `path:` or `git:`; it is left out"),
        (_("name the project's folder as `path:`, or the repository under `git:`"),),
        _("`planctl rollup` reads each organisation's project from one place, a folder or a revision in git."),
    ),
    Code(
        "duplicate-organisation",
        "error",
        _("“{name}” stands in line {line} already; this one is left out"),
        (_("delete one of the two, or correct its name or its province"),),
        _("An organisation that is listed twice would be counted twice in every total and mean."),
    ),
    Code(
        "same-project-twice",
        "error",
        _("this project is that of the organisation in line {line}; this one is left out"),
        (_("correct `path:` or `git:`, or delete one of the two"),),
        _("Two organisations with the same project would have it counted twice in every total and mean."),
    ),
    Code(
        "address-not-allowed",
        "error",
        _("“{address}” is no address that planctl fetches from; the organisation is left out"),
        (_("an address begins with https://, ssh:// or file://, or is like git@host:folder"),),
        _(
            "A list comes from others, and git knows addresses that run programs. So only https, ssh and file are taken, "
            "none of which carries a repository without protection over a network."
        ),
    ),
    Code(
        "organisation-unreadable",
        "warning",
        _("“{name}” cannot be read: {reason}"),
        (
            _("correct `path: {path}`: it leads from the list's own folder to the one that holds planctl.yaml"),
            _("correct `git:`; what was never fetched is fetched where `--offline` is left out"),
        ),
        _(
            "Of an organisation whose project is not found, or is none, nothing is known but what was expected of it. It "
            "stands as unreadable in every count, and as 0 where missing reports are counted so."
        ),
    ),
    Code(
        "expected-of-nobody",
        "warning",
        _("“{name}” is the name of no form, and no plan that was read has this id"),
        (
            _("did you mean “{suggestion}”?"),
            _("name a form, such as resolutions or action-plan, or the id of a plan"),
        ),
        _(
            "What `expects:` names is missing wherever it is not found. A misspelt name would have it missing everywhere, "
            "and count as 0 for every organisation where missing reports do."
        ),
    ),
    Code(
        "province-spelt-differently",
        "warning",
        _("the province “{name}” is counted by itself"),
        (_("did you mean “{suggestion}”?"),),
        _(
            "Provinces are told apart by their names. Two spellings that differ in letters that look alike, such as Ө and "
            "О, or in a hyphen, would each have a line of their own."
        ),
    ),
)
