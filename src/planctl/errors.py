"""The surroundings are wrong: no project, no permission, no template; one sentence, ready for translation."""

from __future__ import annotations

import errno

from planctl.words import _

CAUSES = {
    errno.EACCES: _("Permission denied"),
    errno.EBUSY: _("Device or resource busy"),
    errno.EDQUOT: _("Disk quota exceeded"),
    errno.EEXIST: _("File exists"),
    errno.EIO: _("Input/output error"),
    errno.EISDIR: _("Is a directory"),
    errno.ELOOP: _("Too many levels of symbolic links"),
    errno.EMFILE: _("Too many open files"),
    errno.ENAMETOOLONG: _("File name too long"),
    errno.ENOENT: _("No such file or directory"),
    errno.ENOSPC: _("No space left on device"),
    errno.ENOTDIR: _("Not a directory"),
    errno.EPERM: _("Operation not permitted"),
    errno.EROFS: _("Read-only file system"),
}
"""What systems say most often of files and disks, by its number, in the words of POSIX."""


def problem_of(error: OSError) -> str:
    """Return why the system refuses, for the blank `{problem}`; `words.said` translates what is known of it."""
    return CAUSES.get(error.errno or 0, error.strerror or str(error))


class PlanctlError(Exception):
    """Something outside the plans keeps planctl from working.

    `message` is an English sentence with blanks in braces and the id of its translation; `values` fill the blanks.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = {name: str(value) for name, value in values.items()}

    def __str__(self) -> str:
        return self.message.format_map(self.values)
