"""The only printer. Results go to standard output, everything else to standard error.

What programs read is UTF-8; what people read is in the letters of their terminal, with stand-ins for those it lacks.
"""

from __future__ import annotations

import codecs
import os
import sys
from functools import partial
from typing import TYPE_CHECKING

from planctl.cli.readers import survive_leaving
from planctl.words import _, counted, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from typing import TextIO

    from rich.console import Console

    from planctl.diagnostics import Diagnostic
    from planctl.errors import PlanctlError


_STAND_INS = str.maketrans("ӨөҮү–—…“”«»„₮№•×→█░│─", 'ЄєЇї--."""""TN*x>#.|-')
"""What old Cyrillic code pages (cp1251, cp866) are given for letters they lack.

Before Unicode, offices wrote Є and Ї for Ө and Ү.
"""


def _stand_in(error: UnicodeError, encoding: str) -> tuple[str, int]:
    """Replace what an encoding lacks; the error itself names those of code pages all `charmap`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end].translate(_STAND_INS)
    kept = (sign if _fits(sign, encoding) else "?" for sign in text)
    return "".join(kept), error.end


def _fits(sign: str, encoding: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def prepare() -> None:
    """Make both streams survive every terminal, and readers that leave."""
    survive_leaving()
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            name = f"planctl-{stream.encoding}"
            codecs.register_error(name, partial(_stand_in, encoding=stream.encoding))
            reconfigure(errors=name)


def text(words: str) -> None:
    """Write a result that a person reads, in the letters that the terminal or the pipe is set to."""
    sys.stdout.write(words)


def data(text: str) -> None:
    """Write a result that a program reads: as UTF-8 with LF unless a person is looking at it in a terminal."""
    if sys.stdout.isatty() or not hasattr(sys.stdout, "buffer"):
        sys.stdout.write(text)
    else:
        sys.stdout.flush()
        # In JSON a backslash is right for the bytes of a file's name that are no letters.
        sys.stdout.buffer.write(text.encode(errors="backslashreplace"))
    sys.stdout.flush()


def say(message: str, **values: object) -> None:
    """Tell the user something beside the results."""
    print(said(message, values), file=sys.stderr)  # noqa: T201  # the only printer


def say_counted(one: str, many: str, number: int, **values: object) -> None:
    """Tell the user of so many; `{n}` in the sentence is the number."""
    print(counted(one, many, number, **values), file=sys.stderr)  # noqa: T201  # the only printer


def stderr() -> TextIO:
    """Return where everything but data goes."""
    return sys.stderr


def problem(error: PlanctlError, *, others: int = 0) -> None:
    """Tell what is wrong with the surroundings, in one line; so many `others` have the same cause."""
    told = said(error.message, error.values)
    if others:
        told += counted(_(" (… and {n} other)"), _(" (… and {n} others)"), others)
    print(f"planctl: {told}", file=sys.stderr)  # noqa: T201  # the only printer


def message_of(found: Diagnostic) -> str:
    """Return what is wrong, in the language in use."""
    from planctl.codes import CODES  # noqa: PLC0415  # the help needs none of it

    return said(CODES[found.code].message, dict(found.values))


def hint_of(found: Diagnostic) -> str:
    """Return the first hint whose blanks can all be filled."""
    from planctl.codes import CODES  # noqa: PLC0415  # likewise

    values = {name: value for name, value in found.values if value}
    for hint in CODES[found.code].hints:
        try:
            return said(hint, values)
        except KeyError:
            continue
    return ""


def findings(found: Iterable[Diagnostic], shown: PathNames, *, to: TextIO | None = None) -> None:
    """Print findings a line each, with the fix below."""
    from planctl.findings.told import SEVERITIES  # noqa: PLC0415  # likewise

    out = to or sys.stdout
    for one in found:
        where = f"{shown.of(one.span.path)}{one.span.position}"
        severity = said(SEVERITIES[one.severity])
        print(f"{where}: {severity}: {one.code}: {_one_line(message_of(one))}", file=out)
        if hint := hint_of(one):
            print(f"    {_one_line(hint)}", file=out)


def _one_line(text: str) -> str:
    return " ".join(text.split())


class PathNames:
    """How paths of the project are shown: from the folder one stands in where that is above them, always with "/"."""

    def __init__(self, root: Path) -> None:
        try:
            below = root.resolve().relative_to(os.getcwd()).as_posix()  # noqa: PTH109  # resolved on every system
        except (ValueError, OSError):
            below = "."
        self._prefix = "" if below == "." else f"{below}/"

    def of(self, path: str) -> str:
        """Return a path of the project as it is shown; those of planctl's own files stay as they are."""
        return path if path.startswith("planctl:") else self._prefix + path


def summary(found: Sequence[Diagnostic]) -> None:
    """Tell how many findings there were."""
    errors = sum(one.is_error for one in found)
    say_counted(_("{n} error"), _("{n} errors"), errors)
    say_counted(_("{n} warning"), _("{n} warnings"), len(found) - errors)


def rich_console() -> Console:
    """Return the console for tables on standard output; its width is 80 where there is no terminal."""
    from rich.console import Console  # noqa: PLC0415  # only commands that draw tables pay for it

    class Screen(Console):
        def on_broken_pipe(self) -> None:
            """Leave a closed pipe to the way in, where rich would end the process with 1."""
            raise BrokenPipeError

    screen = Screen(file=sys.stdout, markup=False, highlight=False, emoji=False, soft_wrap=False)
    if screen.legacy_windows:
        from planctl.cli import again  # noqa: PLC0415  # only on old Windows

        again.give_up()  # colours do not go through the stream there
    return screen
