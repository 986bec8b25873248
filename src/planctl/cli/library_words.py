"""The words that the command-line library itself says, so that the catalogues have them too."""

from __future__ import annotations

from planctl.words import _

LIBRARY_WORDS = (
    _("(deprecated) "),
    _("(dynamic)"),
    _("Aborted!"),
    _("Aborted."),
    _("Arguments"),
    _("Commands"),
    _("Error"),
    _("Missing command."),
    _("No such command {name!r}."),
    _("Options"),
    _("Show this message and exit."),
    _("Try [blue]'{command_path} {help_option}'[/] for help."),
    _("[default: {}]"),
    _("[env var: {}]"),
    _("[required]"),
    _("default: {default}"),
    _("env var: {var}"),
    _("required"),
)
