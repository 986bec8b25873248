"""What is answered without looking into the files again is what a look into them would have answered."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from subprocess import PIPE
from typing import TYPE_CHECKING, Any

import pytest

from planctl import pipeline
from planctl.cache import replay
from planctl.cache.stamps import listing
from planctl.cli import again, check, hearing, surroundings
from planctl.cli.again import IN_PROJECT, SHAPING
from running import GOVERNOR, OFFICE, Ran, process, write
from running import surroundings as surroundings_of_a_run

if TYPE_CHECKING:
    from collections.abc import Callable

    from planctl.cache.replay import Grounds

    Load = Callable[..., pipeline.Project]
    Planctl = Callable[..., Ran]

COMMANDS = (("score",), ("check", "plans", "--strict", "--format", "json"))
REASON = "    reason: Хяналтын дүнгээр.\n"
PROJECT = {
    **OFFICE,
    "plans/council.2023.yaml": OFFICE["plans/council.2023.yaml"].replace(
        REASON, "    evidence: [{file: evidence/photo.txt}]\n"
    ),
    "plans/faulty/governor.yaml": GOVERNOR["plans/governor.yaml"],
    "plans/faulty/governor.2023.yaml": GOVERNOR["plans/governor.2023.yaml"].replace(
        REASON, "    evidence: [{file: evidence/none.txt}]\n"
    ),
    "evidence/photo.txt": "Гэрэл зураг\n",
    "elsewhere.yaml": OFFICE["plans/council.yaml"].replace("council", "other").replace("number: 1", "nubmer: 1"),
}
ACCEPTED = """\
accepted:
  - code: unexplained-difference
    at: council#waste-2
    reason: Хурал хэлэлцсэн.
    until: 2024-06-30
"""
LOADS = ("load", "load_for_errors")
EARLIER, LATER = date(2024, 6, 30), date(2024, 7, 1)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path / "project", PROJECT)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the projects that were read so far."""
    read: list[Path] = []

    def noting(load: Load) -> Load:
        def noted(state: Any, *, today: date | None = None) -> pipeline.Project:
            read.append(state)
            return load(state, today=today)

        return noted

    for name in LOADS:
        monkeypatch.setattr(pipeline, name, noting(getattr(pipeline, name)))
    return read


@pytest.fixture
def all_is_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have files compared by their stamps, as those are that nobody touched for some time."""

    def grounds(root: str, day: str, places: tuple[str, ...], asked: dict[str, bool], *_left: object) -> Grounds:
        later = time.time_ns() + 60_000_000_000
        return replay.Grounds(root, day, later, places, listing(places, as_of=later, without={"__pycache__"}), asked)

    monkeypatch.setattr(replay, "grounds", grounds)


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Make it this day."""
    for module in (again, check, surroundings):
        monkeypatch.setattr(module, "today", lambda: day)


def answers(planctl: Planctl, cwd: Path, *besides: str) -> list[Ran]:
    """Return what all commands answer."""
    return [planctl(*command, *besides, cwd=cwd) for command in COMMANDS]


def answers_anew(planctl: Planctl, cwd: Path, *besides: str) -> list[Ran]:
    """Return what all commands answer when nothing is kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANCTL_NO_CACHE", "1")
        return answers(planctl, cwd, *besides)


def test_an_answer_is_written_again_without_a_look_into_the_files(
    planctl: Planctl, project: Path, looks: list[Path]
) -> None:
    anew = answers_anew(planctl, project)
    first = answers(planctl, project)
    looks.clear()

    again = answers(planctl, project)

    assert (again, looks) == (first, [])
    assert again == anew
    assert [told.code for told in again] == [1, 1]


def test_whoever_wants_nothing_kept_has_it_so(planctl: Planctl, project: Path, looks: list[Path]) -> None:
    answers(planctl, project)
    looks.clear()

    answers_anew(planctl, project)

    assert len(looks) == len(COMMANDS)


# Changes of the project


def edit(root: Path) -> None:
    path = root / "plans/council.2023.yaml"
    path.write_text(path.read_text("utf-8").replace("self: 70", "self: 90"), encoding="utf-8")


def edit_and_set_the_time_back(root: Path) -> None:
    path = root / "plans/council.2023.yaml"
    before = path.stat()
    edit(root)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def replace_by_another_file(root: Path) -> None:
    shutil.copy2(root / "plans/council.2023.yaml", root / "copy.yaml")
    edit(root)
    (root / "plans/council.2023.yaml").rename(root / "edited.yaml")
    (root / "edited.yaml").replace(root / "plans/council.2023.yaml")


def make_faulty(root: Path) -> None:
    (root / "plans/council.yaml").write_text("form: [", encoding="utf-8")


def make_no_text(root: Path) -> None:
    (root / "plans/council.yaml").write_bytes(b"\xff\xfe\xff")


def empty(root: Path) -> None:
    (root / "plans/council.2023.yaml").write_bytes(b"")


def add_a_plan(root: Path) -> None:
    write(root, {"plans/other.yaml": PROJECT["elsewhere.yaml"]})


def add_a_plan_below(root: Path) -> None:
    write(root, {"plans/2024/deep/other.yaml": PROJECT["elsewhere.yaml"]})


def remove(root: Path) -> None:
    (root / "plans/council.2023.yaml").unlink()


def remove_a_folder(root: Path) -> None:
    shutil.rmtree(root / "plans/faulty")


def rename(root: Path) -> None:
    (root / "plans/council.2023.yaml").rename(root / "plans/report.yaml")


def rename_a_folder(root: Path) -> None:
    (root / "plans/faulty").rename(root / "plans/other")


def hide(root: Path) -> None:
    (root / "plans/faulty").rename(root / "plans/.faulty")


def lose_evidence(root: Path) -> None:
    (root / "evidence/photo.txt").unlink()


def find_evidence(root: Path) -> None:
    write(root, {"evidence/none.txt": ""})


def make_a_folder_of_evidence(root: Path) -> None:
    (root / "evidence/photo.txt").unlink()
    (root / "evidence/photo.txt").mkdir()


def add_a_rubric(root: Path) -> None:
    text = (Path(pipeline.__file__).parent / "rubrics/mn-2020.yaml").read_text("utf-8")
    write(root, {"rubrics/mn-2020.yaml": text.replace("70", "60")})


def add_a_faulty_rubric(root: Path) -> None:
    write(root, {"rubrics/own.yaml": "rubric: own\n"})


def name_a_template(root: Path) -> None:
    write(root, {"planctl.yaml": f"{PROJECT['planctl.yaml']}templates:\n  none.docx: none.docx\n"})


def weigh_otherwise(root: Path) -> None:
    write(root, {"planctl.yaml": f"{PROJECT['planctl.yaml']}severities:\n  missing-evidence: off\n"})


def speak_otherwise(root: Path) -> None:
    write(root, {"planctl.yaml": f"{PROJECT['planctl.yaml']}language: mn\n"})


def accept(root: Path) -> None:
    write(root, {"accepted.yaml": ACCEPTED})


def add_an_approval(root: Path) -> None:
    write(root, {"approvals/council.yaml": "approval: council\n"})


def let_editors_have_other_schemas(root: Path) -> None:
    write(root, {".planctl/schema/plan.json": "{}"})


def make_a_project_of_the_plans(root: Path) -> None:
    write(root, {"plans/planctl.yaml": PROJECT["planctl.yaml"], "plans/plans/x.yaml": PROJECT["elsewhere.yaml"]})


def lose_the_project(root: Path) -> None:
    (root / "planctl.yaml").unlink()


def lose_all_plans(root: Path) -> None:
    shutil.rmtree(root / "plans")


def link_a_plan(root: Path) -> None:
    (root / "plans/link.yaml").symlink_to(root / "elsewhere.yaml")


def link_out_of_the_project(root: Path) -> None:
    write(root.parent, {"outside/other.yaml": PROJECT["elsewhere.yaml"]})
    (root / "plans/link").symlink_to(root.parent / "outside", target_is_directory=True)


def link_nowhere(root: Path) -> None:
    (root / "plans/link.yaml").symlink_to("none.yaml")


CHANGES = (
    edit,
    edit_and_set_the_time_back,
    replace_by_another_file,
    make_faulty,
    make_no_text,
    empty,
    add_a_plan,
    add_a_plan_below,
    remove,
    remove_a_folder,
    rename,
    rename_a_folder,
    hide,
    lose_evidence,
    find_evidence,
    make_a_folder_of_evidence,
    add_a_rubric,
    add_a_faulty_rubric,
    name_a_template,
    weigh_otherwise,
    speak_otherwise,
    accept,
    add_an_approval,
    let_editors_have_other_schemas,
    make_a_project_of_the_plans,
    lose_the_project,
    lose_all_plans,
)
NOT_ASKED_FOR = {speak_otherwise, add_an_approval}
"""The tests' own language goes before the project's, and of the project its plans are checked."""
SEEN_FROM_OUTSIDE = (
    edit,
    edit_and_set_the_time_back,
    replace_by_another_file,
    add_a_plan_below,
    remove,
    rename_a_folder,
    lose_evidence,
    make_a_folder_of_evidence,
)
LINKS = (link_a_plan, link_out_of_the_project, link_nowhere)


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_the_answer_is_that_of_a_run_that_keeps_nothing(
    planctl: Planctl, project: Path, change: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, EARLIER)
    before = answers(planctl, project)

    change(project)

    now = answers(planctl, project)
    assert now == answers_anew(planctl, project)
    assert now != before or change in NOT_ASKED_FOR


@pytest.mark.usefixtures("all_is_old")
@pytest.mark.parametrize("change", SEEN_FROM_OUTSIDE)
def test_a_change_is_seen_by_a_look_at_the_files_alone(
    planctl: Planctl, project: Path, change: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, EARLIER)
    answers(planctl, project)
    time.sleep(0.02)  # a step of the clock of files

    change(project)

    assert answers(planctl, project) == answers_anew(planctl, project)


@pytest.mark.parametrize("change", LINKS)
def test_a_new_link_is_seen(planctl: Planctl, project: Path, change: Callable[[Path], None]) -> None:
    answers(planctl, project)
    try:
        change(project)
    except OSError:
        pytest.skip("this system makes no links")

    assert answers(planctl, project) == answers_anew(planctl, project)


def test_what_a_link_names_is_seen_to_change(planctl: Planctl, project: Path) -> None:
    write(project.parent, {"outside.yaml": PROJECT["plans/council.yaml"]})
    try:
        (project / "linked").mkdir()
        (project / "plans/linked").symlink_to("../linked", target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links")
    answers(planctl, project)

    write(project, {"linked/other.yaml": PROJECT["elsewhere.yaml"]})

    assert answers(planctl, project) == answers_anew(planctl, project)


@pytest.mark.parametrize("goes_back_at_once", [True, False])
def test_a_project_that_changes_while_it_is_read_gives_no_answer_to_keep(
    planctl: Planctl, project: Path, monkeypatch: pytest.MonkeyPatch, *, goes_back_at_once: bool
) -> None:
    path = project / "plans/council.2023.yaml"
    before = path.read_bytes()

    def changing(load: Load) -> Load:
        def changed(state: Any, *, today: date | None = None) -> pipeline.Project:
            time.sleep(0.02)  # a step of the clock of files
            edit(project)
            loaded = load(state, today=today)
            if goes_back_at_once:
                path.write_bytes(before)
            return loaded

        return changed

    with monkeypatch.context() as patch:
        for name in LOADS:
            patch.setattr(pipeline, name, changing(getattr(pipeline, name)))
        answers(planctl, project)
    path.write_bytes(before)

    assert answers(planctl, project) == answers_anew(planctl, project)


# Changes of the surroundings


LOOKED_AT = """
import os, sys
names, paths = set(), set()
class Noting(dict):
    def get(self, name, default=None):
        names.add(name)
        return super().get(name, default)
    def __getitem__(self, name):
        names.add(name)
        return super().__getitem__(name)
    def __contains__(self, name):
        names.add(name)
        return super().__contains__(name)
os.environ = Noting(os.environ)
def note(event, arguments):
    if event in {"open", "os.listdir", "os.scandir"} and not isinstance(arguments[0], int):
        paths.add(os.path.realpath(os.fsdecode(arguments[0])))
sys.addaudithook(note)
from planctl.__main__ import run
run(sys.argv[1:])
here = os.getcwd() + os.sep
print("\\n" + "\\n".join(sorted(names)), file=sys.stderr)
print(*sorted(path.removeprefix(here) for path in paths if path.startswith(here)), sep="\\n", file=sys.stderr)
"""
HARMLESS = (
    "PLANCTL_",
    "PYDANTIC_DISABLE_PLUGINS",
    "LANGUAGE",
    "HOME",
    "PYTHON",
    "_PYTHON",
    "PY_SAX_PARSER",
    "RUAMEL_DEBUG",
)
"""By these the language is chosen, which is in the question, and folders and parsers, which do not shape an answer."""


@pytest.mark.parametrize("command", ["score", "check"])
def test_a_command_looks_at_nothing_that_its_answer_is_not_kept_by(project: Path, command: str) -> None:
    accept(project)
    add_a_faulty_rubric(project)
    add_an_approval(project)
    let_editors_have_other_schemas(project)
    environment = surroundings_of_a_run(TTY_COMPATIBLE="1", PLANCTL_NO_CACHE="1")

    told = subprocess.run(
        [sys.executable, "-c", LOOKED_AT, command], cwd=project, env=environment, capture_output=True, check=True
    )

    looked_at = told.stderr.decode().rpartition("\n\n")[2].splitlines()
    assert [one for one in looked_at if one not in SHAPING and not one.startswith((*IN_PROJECT, *HARMLESS))] == []
    assert {"PLANCTL_LANG", "planctl.yaml", "plans/council.yaml"} <= {*looked_at}


@pytest.mark.parametrize("name", SHAPING)
def test_each_word_of_the_environment_that_shapes_answers_makes_another_question(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = again._question(["check"], "en")

    monkeypatch.setenv(name, "41")

    assert again._question(["check"], "en") not in {before, None}


@pytest.mark.parametrize(
    "changes",
    [{"COLUMNS": "40"}, {"FORCE_COLOR": "1"}, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, {"PYTHONIOENCODING": "cp866"}],
    ids=str,
)
@pytest.mark.parametrize("command", ["score", "check"])
def test_another_terminal_gets_its_own_answer(project: Path, command: str, changes: dict[str, str]) -> None:
    plain = process(command, cwd=project)

    shaped = [process(command, cwd=project, **changes) for _time in range(2)]

    anew = process(command, cwd=project, PLANCTL_NO_CACHE="1", **changes)
    assert {(told.returncode, told.stdout, told.stderr) for told in shaped} == {
        (anew.returncode, anew.stdout, anew.stderr)
    }
    assert anew.stdout != plain.stdout or command == "check"


@pytest.mark.parametrize("lang", ["mn", "en"])
def test_another_language_gets_its_own_answer(planctl: Planctl, project: Path, lang: str) -> None:
    answers(planctl, project)

    now = [answers(planctl, project, "--lang", lang) for _time in range(2)]

    assert now == [answers_anew(planctl, project, "--lang", lang)] * 2


def test_the_day_after_the_last_one_of_a_waiver_gets_its_own_answer(
    planctl: Planctl, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept(project)
    on(monkeypatch, EARLIER)
    before = answers(planctl, project)
    on(monkeypatch, LATER)

    now = answers(planctl, project)

    assert now == answers_anew(planctl, project)
    assert now != before


def test_another_folder_to_stand_in_gets_its_own_answer(planctl: Planctl, project: Path) -> None:
    first = planctl("check", str(project), cwd=project)

    second = [planctl("check", str(project), cwd=project.parent) for _time in range(2)]

    assert second == [answers_anew_of(planctl, "check", str(project), cwd=project.parent)] * 2
    assert second[0] != first


def answers_anew_of(planctl: Planctl, *command: str, cwd: Path) -> Ran:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANCTL_NO_CACHE", "1")
        return planctl(*command, cwd=cwd)


def test_a_copy_of_the_project_elsewhere_gets_its_own_answer(planctl: Planctl, project: Path) -> None:
    answers(planctl, project)
    copy = project.parent / "copy"
    shutil.copytree(project, copy)
    edit(copy)

    assert answers(planctl, copy) == answers_anew(planctl, copy)


def test_a_link_to_another_project_gets_its_own_answer(planctl: Planctl, project: Path) -> None:
    other = write(project.parent / "other", OFFICE)
    link = project.parent / "link"
    try:
        link.symlink_to(project, target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links")
    first = planctl("check", str(link), cwd=project.parent)
    link.unlink()
    link.symlink_to(other, target_is_directory=True)

    second = planctl("check", str(link), cwd=project.parent)

    assert second == answers_anew_of(planctl, "check", str(link), cwd=project.parent)
    assert second != first


def test_another_planctl_answers_anew(
    planctl: Planctl, project: Path, looks: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code = write(tmp_path / "code", {"planctl/check.py": "1\n"})
    monkeypatch.setattr(again, "_PROGRAM", str(code))
    planctl("check", cwd=project)
    looks.clear()

    write(code, {"planctl/__pycache__/check.pyc": b""})
    planctl("check", cwd=project)
    compiled = len(looks)
    write(code, {"planctl/check.py": "2\n"})
    planctl("check", cwd=project)
    edited = len(looks)
    monkeypatch.setattr(again, "__version__", "9.9")
    planctl("check", cwd=project)

    assert (compiled, edited, len(looks)) == (0, 1, 2)


def test_an_exchanged_library_answers_anew(
    planctl: Planctl, project: Path, looks: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    libraries = tmp_path / "site-packages"
    libraries.mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(libraries)])
    planctl("check", cwd=project)
    looks.clear()

    (libraries / "rich-99.dist-info").mkdir()
    planctl("check", cwd=project)

    assert len(looks) == 1


# What is not kept


@pytest.mark.parametrize(
    "command", ["check --changed-since HEAD", "check --format none", "check none", "check --help", "score --period x"]
)
def test_refusals_and_what_git_is_asked_for_are_not_kept(planctl: Planctl, project: Path, command: str) -> None:
    kept = records()

    planctl(*command.split(), cwd=project)

    assert records() == kept


def test_a_long_answer_is_not_kept(planctl: Planctl, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "LARGEST", 100)
    kept = records()

    assert answers(planctl, project) == answers_anew(planctl, project)
    assert records() == kept


def test_what_goes_around_the_streams_is_not_kept(
    planctl: Planctl, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rich.console.detect_legacy_windows", lambda: True)
    kept = records()

    planctl("score", cwd=project)

    assert records() == kept


def records() -> list[Path]:
    """Return the files of all answers."""
    return sorted(Path(os.environ["PLANCTL_CACHE_DIR"]).glob("replay/*/*"))


# Damage


def answer_file(planctl: Planctl, project: Path) -> Path:
    """Return the file in which the answer of `check` is kept."""
    kept = records()
    planctl("check", cwd=project)
    (file,) = {*records()} - {*kept}
    return file


@pytest.mark.parametrize("content", [b"", b"{", b"null", b"[]", b"\xff\xfe", b"[" * 100_000], ids=lambda one: one[:5])
def test_a_damaged_file_does_no_harm(planctl: Planctl, project: Path, content: bytes) -> None:
    answer_file(planctl, project).write_bytes(content)

    assert planctl("check", cwd=project) == answers_anew_of(planctl, "check", cwd=project)


SPOILT: tuple[Callable[[Any], Any], ...] = (
    lambda _kept: None,
    lambda _kept: [],
    lambda _kept: {},
    lambda kept: kept[:1],
    lambda kept: [kept[1], kept[0]],
    lambda kept: [[kept[0][0], "0"], kept[1]],
    lambda kept: [[[["out.write", 1]], 0], kept[1]],
    lambda kept: [[[["out.close", ""]], 0], kept[1]],
    lambda kept: [[[["elsewhere", ""]], 0], kept[1]],
    lambda kept: [[["out.write"], 0], kept[1]],
    lambda kept: [[5, 0], kept[1]],
    lambda kept: [kept[0], kept[1][:6]],
    lambda kept: [kept[0], [*kept[1][:5], [], None]],
    lambda kept: [kept[0], [*kept[1][:5], None, None]],
    lambda kept: [kept[0], [*kept[1][:2], "now", *kept[1][3:]]],
    lambda kept: [kept[0], [*kept[1][:3], [1, 2], *kept[1][4:]]],
    lambda kept: [kept[0], [*kept[1][:3], ["\0"], *kept[1][4:]]],
    lambda kept: [kept[0], [*kept[1][:4], 1, *kept[1][5:]]],
    lambda kept: [kept[0], [*kept[1][:5], {"\0": True, "../../etc/passwd": True}, None]],
    lambda kept: [kept[0], [*kept[1][:6], 5]],
    lambda kept: [kept[0], [*kept[1][:6], ["x", [5]]]],
    lambda kept: [kept[0], [*kept[1][:6], ["\0", ["\0"]]]],
)


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_record_of_another_shape_does_no_harm(
    planctl: Planctl, project: Path, looks: list[Path], spoilt: Callable[[Any], Any]
) -> None:
    file = answer_file(planctl, project)
    whole = json.loads(file.read_bytes())
    file.write_text(json.dumps({**whole, "value": spoilt(whole["value"])}), encoding="utf-8")
    looks.clear()

    assert planctl("check", cwd=project) == answers_anew_of(planctl, "check", cwd=project)
    assert len(looks) == 2


# How it is written


def test_two_runs_at_once_give_the_same_answer(project: Path) -> None:
    command = [sys.executable, "-m", "planctl", "check"]
    told: list[tuple[bytes, bytes]] = []

    for _time in range(2):
        both = [subprocess.Popen(command, cwd=project, stdout=PIPE, stderr=PIPE) for _run in range(2)]
        told += [ran.communicate(timeout=120) for ran in both]

    assert len(told) == 4
    assert len(set(told)) == 1
    assert told[0][0].startswith(b"plans/council.2023.yaml:14:15: warning: ")


def test_letters_that_are_none_are_written_again(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    with hearing.heard(most=100) as written:
        sys.stdout.write("Ө\n")
        sys.stdout.flush()
        sys.stdout.buffer.write(b"\xff\r\n")
        sys.stdout.flush()
        sys.stderr.writelines(["a", "b"])
    first = capfdbinary.readouterr()

    hearing.repeat(written.steps)
    sys.stdout.flush()

    assert capfdbinary.readouterr() == first
    assert (first.out, first.err) == ("Ө\n".encode() + b"\xff\r\n", b"ab")
