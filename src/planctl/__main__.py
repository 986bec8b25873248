"""The way in: sets the language, runs the command line, and turns what goes wrong into one line and an exit code.

Exit codes: 0 no errors, 1 at least one finding of weight error, 2 usage or surroundings, 3 our bug, 130 interrupted.
"""

from __future__ import annotations

import sys

from planctl import __version__

BUG = 3
INTERRUPTED = 130
SURROUNDINGS = 2


def main() -> None:
    """Run planctl with the arguments of the process and exit."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run planctl and return the exit code."""
    if arguments[:1] == ["--version"]:
        print(f"planctl {__version__}")
        return 0
    from planctl import words  # noqa: PLC0415  # the version is told without them
    from planctl.cli import console, language  # noqa: PLC0415
    from planctl.errors import PlanctlError  # noqa: PLC0415

    console.prepare()
    words.use(language.chosen(arguments))
    try:
        return _commands(language.without(arguments))
    except PlanctlError as error:
        console.problem(error)
        return SURROUNDINGS
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _leave_quietly()
        return 0
    except Exception:  # noqa: BLE001  # the last resort: our own mistake is told as such
        _tell_bug()
        return BUG


def _commands(arguments: list[str]) -> int:
    from planctl import cli  # noqa: PLC0415  # the language must be in use before the commands are known

    try:
        return cli.run(arguments)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)


def _leave_quietly() -> None:
    """Let nothing be flushed into a pipe that the reader has closed."""
    import os  # noqa: PLC0415

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell_bug() -> None:
    import traceback  # noqa: PLC0415

    from planctl.cli import console  # noqa: PLC0415
    from planctl.words import _  # noqa: PLC0415

    traceback.print_exc()
    console.say(_("planctl: this is a mistake in planctl itself; please report it with the lines above"))


if __name__ == "__main__":
    main()
