"""The house: who may look into which room, where each library lives, and that every register is complete."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import planctl
from planctl.checks import Register
from planctl.cli import COMMANDS, GROUPS, module_of
from planctl.codes import CODES
from planctl.forms import FORMS
from planctl.importer import READERS
from planctl.importer.kinds import ENDINGS
from planctl.render import FORMATS
from planctl.report import OFFICE_REPORTS, PERIOD_REPORTS, PLAN_REPORTS
from planctl.rollup.formats import ROLLUP_FORMATS
from running import OFFICE, write

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(planctl.__file__).parent

MAY_LOOK_INTO: dict[str, set[str]] = {
    "words": set(),
    "facts": set(),
    "garbage": set(),
    "codes": {"words"},
    "errors": {"words"},
    "place": {"words"},
    "diagnostics": {"codes", "place"},
    "source": {"diagnostics", "errors", "words"},
    "forms": {"place", "words"},
    "portfolio": {"source.document", "forms", "diagnostics", "words"},
    "checks": {"excerpt", "portfolio", "forms", "scoring", "source.document", "codes", "diagnostics"},
    "findings": {"portfolio", "forms", "source.document", "codes", "diagnostics", "place", "words"},
    "scoring": {"portfolio", "forms"},
    "changes": {
        "codes",
        "scoring",
        "portfolio",
        "forms",
        "source.document",
        "source.reader",
        "diagnostics",
        "garbage",
        "pipeline",
        "refusal",
    },
    "report": {"alphabet", "scoring", "portfolio", "forms", "place", "facts"},
    "render": {"report.sheet", "report.notation", "forms.form", "forms.paper", "diagnostics"},
    "output": {"render", "errors", "words"},
    "importer": {"forms", "render.wordml.xml", "source", "place", "diagnostics", "errors", "words"},
    "learning": {"excerpt", "importer", "forms", "render", "place", "errors", "words"},
    "authoring": {"scoring", "portfolio", "forms", "source", "place", "diagnostics", "errors", "words"},
    "pipeline": {
        "garbage",
        "forms",
        "source",
        "portfolio",
        "checks",
        "findings",
        "scoring",
        "report",
        "output.template_store",
        "codes",
        "diagnostics",
    },
    "subjects": {"pipeline", "portfolio", "report", "scoring", "forms", "facts"},
    "refusal": {"pipeline", "portfolio", "forms"},
    "parcels": {
        "pipeline",
        "refusal",
        "findings",
        "portfolio",
        "forms.period",
        "source",
        "diagnostics",
    },
    "survey": {
        "cache",
        "diagnostics",
        "findings",
        "garbage",
        "making",
        "parcels",
        "pipeline",
        "portfolio.kinds",
        "refusal",
        "source",
        "work",
    },
    "checking": {"diagnostics", "findings", "parcels.joining", "pipeline", "portfolio", "survey"},
    "cache": set(),
    "versions": {"render"},
    "alphabet": set(),
    "excerpt": set(),
    "separated": set(),
    "work": {"render", "versions", "errors", "words"},
    "jobs": {
        "building",
        "survey",
        "making",
        "parcels",
        "refusal",
        "render",
        "findings",
        "errors",
        "facts",
        "forms",
        "garbage",
        "pipeline",
        "rollup",
        "source",
        "work",
        "words",
    },
    "rollup": {
        "alphabet",
        "cache",
        "diagnostics",
        "errors",
        "forms",
        "output.template_store",
        "pipeline",
        "portfolio",
        "refusal",
        "render",
        "report",
        "scoring",
        "separated",
        "source",
        "subjects",
        "work",
        "words",
    },
    "rehearsal": {
        "source.document",
        "portfolio",
        "forms",
        "scoring",
        "report",
        "render",
        "output.template_store",
        "diagnostics",
        "facts",
    },
    "making": {
        "forms.period",
        "source.within",
        "pipeline",
        "subjects",
        "refusal",
        "portfolio",
        "report",
        "render",
        "output.manifest",
        "output.template_store",
        "diagnostics",
        "facts",
    },
    "building": {
        "survey",
        "subjects",
        "making",
        "parcels",
        "refusal",
        "forms.period",
        "garbage",
        "findings",
        "report",
        "render",
        "output",
        "versions",
        "work",
        "diagnostics",
        "errors",
        "facts",
        "words",
    },
    "collect": {
        "authoring",
        "excerpt",
        "importer",
        "forms",
        "pipeline",
        "portfolio",
        "refusal",
        "render.measure",
        "render.package",
        "render.sheetml.styles",
        "report.cells",
        "report.mongolian",
        "source",
        "diagnostics",
        "errors",
        "place",
        "words",
    },
    "verify": {"making", "pipeline", "refusal", "render", "output", "errors", "facts", "words"},
    "plain": {"source", "authoring.parts", "words"},
    "history": {"plain", "source"},
    "incoming": {
        "authoring",
        "diagnostics",
        "errors",
        "facts",
        "forms",
        "garbage",
        "importer",
        "pipeline",
        "place",
        "portfolio",
        "report",
        "scoring",
        "source",
        "words",
    },
    "__main__": {"cli", "plain", "errors", "words"},
}
"""Of ours, by room; a room may always look into itself. `cli` may look anywhere, and nobody but `__main__` into it."""

HOMES: dict[str, tuple[str, ...]] = {
    "ruamel": ("source/reader.py", "authoring/"),
    "_ruamel_yaml": ("source/reader.py",),
    "docx": ("render/word",),
    "docxtpl": ("render/word",),
    "lxml": ("render/word", "importer/", "learning/"),
    "openpyxl": ("plain/",),
    "xlsxwriter": ("render/sheetml", "collect/"),
    "jinja2": ("render/",),
    "markupsafe": ("render/",),
    "typer": ("cli/",),
    "rich": ("cli/",),
    "distributed": ("work/cluster.py",),
    "pydantic": ("forms/", "portfolio/", "authoring/", "collect/", "rollup/list.py"),
    "pydantic_core": ("forms/", "portfolio/", "collect/", "rollup/list.py"),
    "pyarrow": ("rollup/formats/as_parquet.py",),
}
"""Each library by the files, from src/planctl, whose paths begin so."""

MODULES = {
    path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py"))
}


def imports(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield each module that a file imports anywhere in it, for types too, with the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            module = node.module or ""
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "planctl" else [module]
            yield from ((name, node.lineno) for name in names)


def room_of(path: str) -> str:
    return path.split("/", 1)[0].removesuffix(".py")


def is_within(module: str, places: set[str]) -> bool:
    return any(module == place or module.startswith(f"{place}.") for place in places)


def test_every_file_stands_in_a_room_whose_outlook_is_named() -> None:
    assert {room_of(path) for path in MODULES} == {*MAY_LOOK_INTO, "cli", "__init__"}


def test_no_room_looks_where_it_may_not() -> None:
    strays = [
        f"{path}:{line} imports {name}"
        for path, tree in MODULES.items()
        for name, line in imports(tree)
        if name.startswith("planctl.") and room_of(path) != "cli"
        if not is_within(name.removeprefix("planctl."), MAY_LOOK_INTO[room_of(path)] | {room_of(path), "__version__"})
    ]

    assert strays == []


def test_no_room_has_an_outlook_that_nobody_uses() -> None:
    unused = [
        (room, place)
        for room, places in MAY_LOOK_INTO.items()
        for place in places
        if not any(
            is_within(name.removeprefix("planctl."), {place})
            for path, tree in MODULES.items()
            if room_of(path) == room
            for name, _line in imports(tree)
        )
    ]

    assert unused == []


def files_named_in(tree: ast.Module) -> Iterator[str]:
    """Yield the files of ours that a file imports anything from, for types too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "planctl":
            folder = (node.module or "").removeprefix("planctl").removeprefix(".").replace(".", "/")
            for name in (f"{folder}/{alias.name}".removeprefix("/") for alias in node.names):
                if f"{name}.py" in MODULES:
                    yield f"{name}.py"
                elif f"{name}/__init__.py" in MODULES:
                    yield f"{name}/__init__.py"
                else:
                    yield f"{folder}.py" if f"{folder}.py" in MODULES else f"{folder}/__init__.py".removeprefix("/")


def test_no_two_files_look_into_each_other_on_whatever_way() -> None:
    try:
        TopologicalSorter({path: set(files_named_in(tree)) for path, tree in MODULES.items()}).prepare()
    except CycleError as found:
        pytest.fail(" -> ".join(found.args[1]))


def test_each_library_has_one_home() -> None:
    strays = [
        f"{path}:{line} imports {name}"
        for path, tree in MODULES.items()
        for name, line in imports(tree)
        if (library := name.split(".", 1)[0]) not in sys.stdlib_module_names and library != "planctl"
        if not path.startswith(HOMES.get(library, ()))
    ]

    assert strays == []


def test_only_the_console_prints() -> None:
    printing = {
        path
        for path, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }

    assert printing == {"cli/console.py", "__main__.py"}


def test_the_core_has_no_clock_no_environment_and_no_chance() -> None:
    rooms = {
        "codes",
        "diagnostics",
        "facts",
        "forms",
        "importer",
        "place",
        "portfolio",
        "checks",
        "findings",
        "scoring",
        "report",
        "render",
        "authoring",
        "rehearsal",
        "plain",
        "history",
        "parcels",
        "pipeline",
        "rollup",
    }
    forbidden = {"os", "time", "random", "locale", "getpass", "socket", "subprocess", "datetime.datetime"}
    strays = [
        f"{path}:{line} imports {name}"
        for path, tree in MODULES.items()
        if room_of(path) in rooms
        for name, line in imports(tree)
        if name in forbidden
    ]
    told_the_time = [
        f"{path}:{node.lineno}"
        for path, tree in MODULES.items()
        if room_of(path) in rooms
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow", "environ", "getenv"}
    ]

    assert (strays, told_the_time) == ([], [])


# Registers


def modules_in(room: str) -> Iterator[tuple[str, ast.Module]]:
    """Yield the modules that lie directly in a room."""
    for path, tree in MODULES.items():
        folder, _slash, name = path.rpartition("/")
        if folder == room and name != "__init__.py":
            yield f"planctl.{room}.{name.removesuffix('.py')}", tree


def functions(tree: ast.Module) -> list[str]:
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def assigned(tree: ast.Module) -> set[str]:
    """Return the names that a module gives values to at its top."""
    targets = [target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets]
    targets += [node.target for node in tree.body if isinstance(node, ast.AnnAssign)]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def test_every_form_is_in_its_register() -> None:
    forms = [import_module(name).FORM for name, tree in modules_in("forms") if "FORM" in assigned(tree)]

    assert forms
    assert list(FORMS.items()) == [(form.name, form) for form in FORMS.values()]
    assert sorted(FORMS) == sorted(form.name for form in forms)


def test_every_report_is_in_its_register() -> None:
    reports = {
        getattr(import_module(module), name)
        for module, tree in modules_in("report")
        for name in functions(tree)
        if name.startswith("compose")
    }

    registered = [*PERIOD_REPORTS.values(), *PLAN_REPORTS.values(), *OFFICE_REPORTS.values()]
    assert set(registered) == reports
    assert len(registered) == len(reports)


def test_every_format_is_in_its_register() -> None:
    renderers = {module for module, tree in modules_in("render") if "render" in functions(tree)}

    assert {one.module for one in FORMATS.values()} == renderers
    assert [one.suffix for one in FORMATS.values()] == [f".{name}" for name in FORMATS]


def test_every_format_of_a_rollup_is_in_its_register() -> None:
    writers = {module for module, tree in modules_in("rollup/formats") if "write" in functions(tree)}

    assert {one.module.replace(".rollup.formats", ".rollup/formats") for one in ROLLUP_FORMATS.values()} == writers


def test_every_reader_of_office_files_is_in_its_register() -> None:
    readers = {module.rpartition(".")[2] for module, tree in modules_in("importer") if "read" in functions(tree)}

    assert set(READERS.values()) == readers
    assert READERS.keys() == ENDINGS.keys()


def test_every_check_is_in_a_register_and_named_after_its_code() -> None:
    checks = [
        f"{module}.{node.name}"
        for module, tree in modules_in("checks")
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if node.returns and ast.unparse(node.returns) == "Iterator[Diagnostic]"
    ]
    registers = [register for register in vars(planctl.checks).values() if isinstance(register, Register)]

    assert sorted(checks) == sorted(f"{one.__module__}.{one.__name__}" for register in registers for one in register)
    assert {name.rsplit(".", 1)[1].replace("_", "-") for name in checks} <= set(CODES)


def test_every_command_is_in_its_register() -> None:
    commands = {name for name, tree in modules_in("cli") if "run" in functions(tree) or "app" in assigned(tree)}

    assert {module_of(name) for name, _words in (*COMMANDS, *GROUPS)} == commands


# What the start of the program costs


FOREIGN = ("docx", "docxtpl", "openpyxl", "xlsxwriter", "jinja2", "lxml")
"""The libraries of the formats."""


@pytest.mark.parametrize("module", ["planctl.cli.program", "planctl.pipeline"])
def test_the_libraries_of_the_formats_are_imported_only_when_a_format_is_made(module: str) -> None:
    code = f"import sys, {module}; sys.stdout.write(' '.join(name for name in {FOREIGN} if name in sys.modules))"

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout == ""


def imported_by(*arguments: str, cwd: Path) -> set[str]:
    """Return the modules that a command line leaves behind in its process."""
    code = f"import sys; from planctl.__main__ import run; run({list(arguments)}); print(*sys.modules, file=sys.stderr)"
    told = subprocess.run([sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, check=True)
    return set(told.stderr.split())


def test_the_version_imports_nothing_of_planctl_but_its_number(tmp_path: Path) -> None:
    found = {
        name for name in imported_by("--version", cwd=tmp_path) if name.split(".")[0] not in sys.stdlib_module_names
    }

    assert {name for name in found if name.startswith("planctl")} == {"planctl", "planctl.__main__"}
    assert not found & {"typer", "rich", "pydantic", "ruamel.yaml"}


def test_the_help_imports_no_command_no_model_and_no_check(tmp_path: Path) -> None:
    found = imported_by("--help", cwd=tmp_path)

    rooms = {name.split(".")[1] for name in found if name.startswith("planctl.")}
    assert rooms == {"__main__", "cli", "errors", "source", "words"}
    assert not found & {
        "rich",
        "pydantic",
        "ruamel.yaml",
        *map(module_of, dict(COMMANDS)),
        *map(module_of, dict(GROUPS)),
    }


@pytest.mark.parametrize("command", [("score",), ("check",), ("rollup", "list.yaml")])
def test_what_is_written_again_needs_no_library(tmp_path: Path, command: tuple[str, ...]) -> None:
    write(tmp_path, {**OFFICE, "list.yaml": "rollup: 1\nperiod: 2023\norganisations: [{name: Залаа, path: .}]\n"})
    imported_by(*command, cwd=tmp_path)

    found = imported_by(*command, cwd=tmp_path)

    rooms = {name.split(".")[1] for name in found if name.startswith("planctl.")}
    assert rooms == {"__main__", "cache", "cli", "errors", "garbage", "source", "words"}
    assert not found & {"typer", "rich", "pydantic", "ruamel.yaml", "dataclasses", *map(module_of, dict(COMMANDS))}


NOT_FOR_A_SCORE = (
    "planctl.authoring",
    "planctl.checks.approvals",
    "planctl.checks.chain",
    "planctl.checks.indicators",
    "planctl.checks.texts",
    "planctl.checks.values",
    "planctl.findings",
    "planctl.forms.approval",
    "planctl.forms.citing",
    "planctl.forms.drafting",
    "planctl.forms.drafts",
    "planctl.forms.indicators",
    "planctl.forms.paper",
    "planctl.forms.quantity",
    "planctl.forms.shape",
    "planctl.output",
    "planctl.portfolio.accepted",
    "planctl.portfolio.approval",
    "planctl.portfolio.chain",
    "planctl.portfolio.shapes",
    "planctl.render",
    "planctl.report.sheet",
    "planctl.scoring.achievement",
    "planctl.source.git",
    "planctl.source.mistakes",
    "planctl.subjects",
)
"""What a project without links, approvals, indicators and accepted findings has no use for."""


def test_a_score_imports_only_what_its_project_has_a_use_for(tmp_path: Path) -> None:
    write(tmp_path, OFFICE)

    found = imported_by("score", cwd=tmp_path)

    assert {"rich.table", "planctl.forms.resolutions"} <= found
    assert not found & {*NOT_FOR_A_SCORE, *FOREIGN, "pydantic.dataclasses", "asyncio", "ssl"}


def test_a_score_for_programs_draws_no_table(tmp_path: Path) -> None:
    write(tmp_path, OFFICE)

    assert "rich" not in imported_by("score", "--format", "json", cwd=tmp_path)


def test_a_form_is_imported_only_where_it_is_used() -> None:
    code = "import sys, planctl.pipeline; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert not {f"planctl.forms.{name.replace('-', '_')}" for name in FORMS} & set(told.stdout.split())


def test_no_sentence_stands_inside_an_f_string() -> None:
    """Where Python is older than 3.12, the catalogue would not have it."""
    hidden = [
        f"{path}:{inside.lineno}"
        for path, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for inside in ast.walk(node)
        if isinstance(inside, ast.Call) and isinstance(inside.func, ast.Name) and inside.func.id in {"_", "counted"}
    ]

    assert hidden == []
