"""The command line: one module for each command, from options through the pipeline to an exit code.

To add a command, write its module and add its line to COMMANDS or GROUPS. Of all commands only the one that is called
is imported: the others stand in the help by their words here, or every start would wait for the libraries of all.
"""

from __future__ import annotations

from keyword import iskeyword

from planctl.words import _

COMMANDS: tuple[tuple[str, str], ...] = (
    ("init", _("Make a new project in a folder.")),
    ("new", _("Begin a plan of any form, a scale, or a list of organisations.")),
    ("import", _("Make plans of Word, Excel and CSV files.")),
    ("check", _("Find everything that is wrong in plans and actuals.")),
    ("accept", _("Let a finding be, with a reason and until a day.")),
    ("score", _("Show the scores of every plan and period.")),
    ("rollup", _("Bring many organisations together: totals, levels, means, ranking.")),
    ("fmt", _("Write the YAML files in one form, with all their remarks.")),
    ("rename", _("Change the id of an item or a document everywhere.")),
    ("explain", _("Say how a score came about, or what a finding's code means.")),
    ("trace", _("Show what stands above and below in the chain of plans.")),
    ("build", _("Build the sheets in Word, Excel and HTML.")),
    ("diff", _("Show what changed, and what that did to the scores.")),
    ("verify", _("Make the sheets of a build again and compare them.")),
    ("approve", _("Record a report as it was approved, with the act.")),
    ("correct", _("Record what was corrected in an approved report.")),
    ("waive", _("Let something differ from what was approved, for some time.")),
    ("carry-over", _("Put what a plan left undone into the next plan.")),
    ("log", _("Show one item's history in git, score by score.")),
    ("git-setup", _("Let git show plans and office files as people read them.")),
    ("schema", _("Show what a file takes as JSON Schema, for editors.")),
    ("doctor", _("Show the versions and the surroundings that planctl works with.")),
)
GROUPS: tuple[tuple[str, str], ...] = (
    ("actuals", _("Begin the report of a period.")),
    ("collect", _("Collect from the units what they did.")),
    ("template", _("See, copy and check the templates of the sheets.")),
)

REPEATED = frozenset({"build", "check", "rollup", "score"})
"""The commands of which an answer is kept, to be written again while nothing has changed."""


def module_of(name: str) -> str:
    """Return the name of the module of a command or a group: that of the command, as Python can write it."""
    word = name.replace("-", "_")
    return f"{__name__}.{word}_" if iskeyword(word) else f"{__name__}.{word}"
