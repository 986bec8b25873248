"""The way in: sets the language, runs the command line, and turns what goes wrong into one line and an exit code.

Exit codes: 0 no errors, 1 at least one finding of weight error, 2 usage or surroundings, 3 our bug, 130 interrupted,
141 cut short because nobody reads any more.
"""

from __future__ import annotations

import sys

from planctl import __version__

BUG = 3
CUT_SHORT = 141
"""What shells show of programs that a closed pipe ends: 128 and the number of SIGPIPE, on Windows too."""
INTERRUPTED = 130
SURROUNDINGS = 2


def main() -> None:
    """Run planctl with the arguments of the process and exit."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run planctl and return the exit code."""
    try:
        if arguments[:1] == ["--version"]:
            return _version()
        if arguments[:1] == ["git-text"] and len(arguments) > 1:
            return _text_for_git(arguments[-1])
        return _commands(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception:  # noqa: BLE001  # the last resort: our own mistake is told as such
        _tell_bug()
        return BUG


def _version() -> int:
    """Write the version, at once and without the commands."""
    try:
        print(f"planctl {__version__}", flush=True)  # noqa: T201  # the printer's room is not opened for it
    except BrokenPipeError:
        _leave_quietly()
    except OSError as error:
        _leave_quietly()
        sys.stderr.write(f"planctl: {': '.join(_told(error))}\n")
        return SURROUNDINGS
    return 0


def _text_for_git(name: str) -> int:
    """Write the text of a file for git to compare: a process for each file, so that it starts without the commands.

    UTF-8 with LF whatever the terminal is set to. Only a file that cannot be opened stops git.
    """
    from pathlib import Path  # noqa: PLC0415  # likewise

    from planctl.plain.text import plain_file  # noqa: PLC0415

    try:
        told = plain_file(Path(name))
        sys.stdout.buffer.write(told.encode(errors="backslashreplace"))
        sys.stdout.flush()
    except BrokenPipeError:
        _leave_quietly()
        return CUT_SHORT
    except OSError as error:
        sys.stderr.write(f"planctl: {': '.join(_told(error))}\n")
        return SURROUNDINGS
    return 0


def _commands(arguments: list[str]) -> int:
    from planctl.cli import REPEATED, console, language  # noqa: PLC0415  # the version is told without them
    from planctl.errors import PlanctlError, problem_of  # noqa: PLC0415

    def command() -> int:
        from planctl import words  # noqa: PLC0415  # likewise

        words.use(speech)
        language.check(arguments)
        # The language must be in use before the commands are known.
        from planctl.cli import program  # noqa: PLC0415

        return program.started(language.without(arguments))

    try:
        console.prepare()
        speech = language.chosen(arguments)
        if REPEATED.isdisjoint(arguments):
            code = command()
        else:
            from planctl.cli import again  # noqa: PLC0415  # likewise

            code = again.answered(arguments, speech, command)
        sys.stdout.flush()
    except PlanctlError as error:
        console.problem(error)
        return SURROUNDINGS
    except BrokenPipeError:
        _leave_quietly()
        return CUT_SHORT
    except OSError as error:
        _leave_quietly()
        told = "{path}: {problem}" if error.filename else "{problem}"
        console.problem(PlanctlError(told, path=error.filename or "", problem=problem_of(error)))
        return SURROUNDINGS
    return code


def _told(error: OSError) -> list[str]:
    """Return what the system says of a file, a disk or a terminal that does not do what it should."""
    return [str(part) for part in (error.filename, error.strerror or error) if part]


def _leave_quietly() -> None:
    """Let nothing more be flushed into a pipe that the reader has closed, or onto a full disk."""
    import os  # noqa: PLC0415

    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell_bug() -> None:
    import traceback  # noqa: PLC0415

    from planctl.cli import console  # noqa: PLC0415
    from planctl.words import _  # noqa: PLC0415

    traceback.print_exc()
    console.say(_("planctl: this is a mistake in planctl itself; please report it with the lines above"))


if __name__ == "__main__":
    main()
