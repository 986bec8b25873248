"""The Word sheets printed as PDF by LibreOffice, where the machine has it.

In: the Word sheets of a build, as its manifest lists them. Out: PDF files beside them, and what became of each.

LibreOffice writes the time into a PDF, so its bytes differ each time. In the manifest a PDF has the digest of the Word
sheet that it shows, and only one whose Word sheet has changed since, or that is gone, is made again.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from planctl.errors import PlanctlError, problem_of
from planctl.output.files import replace_file
from planctl.output.manifest import Output
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

NAME = "pdf"
SUFFIX = ".pdf"
FROM = "docx"

CHOSEN = "PLANCTL_SOFFICE"
"""The environment's word for where LibreOffice is; where it is set, no other is looked for."""

PROGRAMS = ("soffice", "libreoffice")
PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.com",  # the .exe beside it does not answer in a terminal
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
SECONDS_FOR_VERSION = 20
SECONDS_TO_START = 120
SECONDS_FOR_A_SHEET = 60

_SAID = "said.txt"
_BEGINNING, _END, _TAIL = b"%PDF-", b"%%EOF", 1024
_NO_REASON = ("convert ", "Warning: ")
"""How lines begin in which LibreOffice tells of what it made, or of Java, which is not needed."""

_SILENT = _("{path} was not made into a PDF, and LibreOffice does not say why")
_SPOKE = _("{path} was not made into a PDF; LibreOffice says: {said}")
_LATE = _("{path} was not made into a PDF: LibreOffice had not finished after {seconds} seconds")


@dataclass(slots=True)
class Printed:
    """What became of the PDFs, by their paths in the build folder; `outputs` are those that are up to date."""

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    outputs: list[Output] = field(default_factory=list)
    problems: list[PlanctlError] = field(default_factory=list)


def print_sheets(outputs: Iterable[Output], earlier: Iterable[Output], *, folder: Path) -> Printed:
    """Make a PDF of each Word sheet in the folder, but for those that an `earlier` build made of the same content."""
    known = {one.path: one.digest for one in earlier}
    printed, due = Printed(), dict[str, Output]()
    for sheet in outputs:
        if sheet.format != FROM:
            continue
        pdf = replace(sheet, path=sheet.path.removesuffix(f".{FROM}") + SUFFIX, format=NAME)
        if known.get(pdf.path) == pdf.digest and (folder / pdf.path).is_file():
            printed.unchanged.append(pdf.path)
            printed.outputs.append(pdf)
        else:
            due[sheet.path] = pdf
    if due:
        _print(due, folder, printed)
    return printed


def _print(due: Mapping[str, Output], folder: Path, printed: Printed) -> None:
    try:
        made = converted([folder / path for path in due])
    except PlanctlError as problem:
        printed.problems.append(problem)
        return
    for pdf, content in zip(due.values(), made, strict=True):
        if isinstance(content, PlanctlError):
            printed.problems.append(content)
            continue
        try:
            replace_file(folder / pdf.path, content)
        except PlanctlError as problem:
            printed.problems.append(problem)
        else:
            printed.written.append(pdf.path)
            printed.outputs.append(pdf)


# LibreOffice


def office() -> str | None:
    """Return where LibreOffice is, or None."""
    if chosen := os.environ.get(CHOSEN):
        found = shutil.which(chosen)
        return str(Path(found).absolute()) if found else None
    on_path = next(filter(None, map(shutil.which, PROGRAMS)), None)
    return on_path or next((place for place in PLACES if Path(place).is_file()), None)


def version_of(program: str) -> str | None:
    """Return what LibreOffice says its version is, without its name; None where it does not start."""
    try:
        with TemporaryDirectory(prefix="planctl-", ignore_cleanup_errors=True) as name:
            told = _said(program, ["--version"], Path(name), seconds=SECONDS_FOR_VERSION)
    except (OSError, subprocess.TimeoutExpired):
        return None
    versions = [line.removeprefix("LibreOffice ") for line in told if line.startswith("LibreOffice ")]
    return versions[0] if versions else None


def converted(sheets: Sequence[Path]) -> list[bytes | PlanctlError]:
    """Return for each Word sheet its PDF or why there is none; one process makes them all.

    PlanctlError where LibreOffice is not found or cannot be started.
    """
    if (program := office()) is None:
        raise PlanctlError(
            _("LibreOffice, which makes the PDFs, was not found; install it or name its program in {variable}"),
            variable=CHOSEN,
        )
    try:
        with TemporaryDirectory(prefix="planctl-", ignore_cleanup_errors=True) as name:
            return _converted(program, sheets, Path(name))
    except OSError as error:
        raise PlanctlError(
            _("LibreOffice, which makes the PDFs, could not be run: {problem}"), problem=problem_of(error)
        ) from error


def _converted(program: str, sheets: Sequence[Path], folder: Path) -> list[bytes | PlanctlError]:
    """Convert copies with plain names: no lock beside the sheets, no name that is taken for an option."""
    copies = [f"{at}.{FROM}" for at in range(len(sheets))]
    for sheet, copy in zip(sheets, copies, strict=True):
        shutil.copyfile(sheet, folder / copy)
    seconds = SECONDS_TO_START + SECONDS_FOR_A_SHEET * len(sheets)
    try:
        told = _said(program, ["--convert-to", NAME, "--outdir", ".", *copies], folder, seconds=seconds)
        reasons = [line for line in told if not line.startswith(_NO_REASON)]
        message, values = (_SPOKE, {"said": reasons[-1]}) if reasons else (_SILENT, {})
    except subprocess.TimeoutExpired:
        message, values = _LATE, {"seconds": f"{seconds:g}"}
    made = [_whole(folder / f"{at}{SUFFIX}") for at in range(len(sheets))]
    return [
        PlanctlError(message, path=sheet.as_posix(), **values) if content is None else content
        for sheet, content in zip(sheets, made, strict=True)
    ]


def _whole(path: Path) -> bytes | None:
    """Return a PDF's content; None where it was not made, or not to its end."""
    content = path.read_bytes() if path.is_file() else b""
    return content if content.startswith(_BEGINNING) and _END in content[-_TAIL:] else None


def _said(program: str, arguments: Sequence[str], folder: Path, *, seconds: float) -> list[str]:
    """Run LibreOffice in the folder, and return the lines that it said; TimeoutExpired where it does not end.

    It has a profile of its own: with that of its user, it would hand its work to a window that is open, and be silent.
    """
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", *arguments]
    with (
        (folder / _SAID).open("wb") as said,
        subprocess.Popen(  # noqa: S603  # LibreOffice as found, with arguments of ours
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        try:
            process.wait(timeout=seconds)
        except BaseException:
            _end(process)
            raise
    lines = (folder / _SAID).read_text(encoding="utf-8", errors="replace").splitlines()
    return [line.strip() for line in lines if line.strip()]


def _end(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice with the processes that it began: the program by its name is only their starter."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)  # noqa: S603, S607  # Windows' own
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
