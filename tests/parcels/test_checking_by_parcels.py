"""A check by parcels finds what a check at once finds, whatever is known of the project from earlier checks."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
import strange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from examples import examples
from planctl.cache.stamps import Stamps
from planctl.cache.store import Store
from planctl.checking.by_parcels import checked_in_parcels
from planctl.checking.checked import checked_at_once
from planctl.cli import parcels
from planctl.cli.findings_told import told
from planctl.cli.hearing import heard, unheard
from planctl.cli.scope import Scope
from planctl.findings.accepting import is_acceptable
from planctl.findings.addresses import Addresses
from planctl.findings.formats import FINDINGS_FORMATS
from planctl.pipeline import load
from planctl.source.discover import Folder
from planctl.survey.record import KIND, Record
from planctl.survey.survey import Hands, Surroundings, Survey
from planctl.work.in_turn import InTurn
from planctl.work.packing import unpacked
from running import ACTUALS, GOVERNOR, OFFICE, PLAN, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from planctl.checking.checked import Checked
    from planctl.findings.told import Findings
    from planctl.work import Task

    Planctl = Callable[..., Ran]

REPOSITORY = Path(__file__).parents[2]
QUIET = settings(max_examples=examples(120), deadline=None, suppress_health_check=[*HealthCheck])
DAYS = (None, date(2024, 1, 1), date(2024, 7, 1))
TODAY = date(2024, 1, 1)


class Office:
    """A project's folder, checked by parcels; `carried_out` counts the parcels that were not taken over."""

    def __init__(self, root: Path, kept: Path) -> None:
        self.root = root
        self.store = Store(kept)
        self.carried_out = 0
        self.meanwhile: Callable[[], object] = lambda: None

    def checked(self, *, today: date | None = TODAY, tools: str = "") -> Checked:
        """Return what a check by parcels comes to, and keep what is known then."""
        self.carried_out = 0
        stamps = Stamps(self.root, self.store)
        surroundings = Surroundings({"tools": tools}, "en", today, stamps.digests, Folder(self.root).has_file)
        survey = Survey(self.root, Record(self.store, self.root), surroundings)
        hands = Hands(lambda _documents, _cost: self, lambda _documents: 2)
        checked = checked_in_parcels(survey, hands, lambda _done, _whole: None)
        stamps.save()
        return checked

    def results(self, tasks: Iterable[Task], done: Callable[[int], None]) -> Iterator[tuple[int, bytes]]:
        """Carry tasks out in turn; an office is its own `Executor`."""

        def counted() -> Iterator[Task]:
            for task in tasks:
                self.carried_out += len(unpacked(task.content)[0]["parcels"])
                yield task

        self.meanwhile()
        yield from InTurn().results(counted(), done)

    def told(self, **options: Any) -> Findings:
        """Return what is told of the findings, from which every format is made."""
        return told_of(self.checked(**options), self.root)

    def told_at_once(self, *, today: date | None = TODAY) -> Findings:
        """Return the same of the project loaded at once."""
        return told_of(checked_at_once(load(self.root, today=today)), self.root)


def told_of(checked: Checked, root: Path) -> Findings:
    return told(checked.findings, checked.accepted, checked, Scope(root))


def acceptable(root: Path) -> list[tuple[str, str]]:
    """Return the code and the address of all that is found and can be accepted."""
    project = load(root)
    addresses = Addresses(project.portfolio)
    return sorted({(one.code, str(addresses.of(one))) for one in project.findings if is_acceptable(one.code)})


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Two plans that know nothing of each other, with a report each."""
    return Office(write(tmp_path / "project", OFFICE, GOVERNOR), tmp_path / "kept")


@QUIET
@given(st.data())
def test_all_that_is_told_is_the_same_at_first_again_and_after_changes(data: Any) -> None:
    with TemporaryDirectory() as folder:
        office = Office(Path(folder) / "project", Path(folder) / "kept")
        write(office.root, {"planctl.yaml": data.draw(strange.settings_files())}, data.draw(strange.projects()))
        if data.draw(st.integers(0, 9)) == 0:
            (office.root / "plans").mkdir(exist_ok=True)
            (office.root / "plans/council.2023.link.yaml").symlink_to("nowhere.yaml")
        if data.draw(st.booleans()):
            write(office.root, {"accepted.yaml": data.draw(strange.acceptances(acceptable(office.root)))})
        today = data.draw(st.sampled_from(DAYS))
        whole = office.told_at_once(today=today)

        assert office.told(today=today) == whole
        assert office.told(today=today) == whole

        write(office.root, dict(data.draw(st.lists(strange.files(), max_size=2))))
        for path in data.draw(st.lists(st.sampled_from(whole.files or ("planctl.yaml",)), max_size=1)):
            (office.root / path).unlink(missing_ok=path != "planctl.yaml")
            write(office.root, {"planctl.yaml": data.draw(strange.settings_files())})
        today = data.draw(st.sampled_from(DAYS))

        assert office.told(today=today) == office.told_at_once(today=today)


@pytest.mark.parametrize("folder", [".", "examples/first-steps"])
def test_the_plans_of_this_repository_are_checked_alike(folder: str, tmp_path: Path) -> None:
    office = Office(REPOSITORY / folder, tmp_path)
    at_once = office.told_at_once()

    assert (office.told(), office.told()) == (at_once, at_once)


# What is taken over


EVIDENCE = ACTUALS.replace("self: 100", "self: 100\n    evidence: [{file: evidence/a photo.jpg}, {file: b.pdf}]")


def counted(office: Office, **options: Any) -> int:
    """Return how many parcels are carried out in a check that tells what a check at once tells."""
    assert office.told(**options) == office.told_at_once(today=options.get("today", TODAY))
    return office.carried_out


CHANGES: Mapping[str, tuple[Mapping[str, str | bytes], int]] = {
    "nothing": ({}, 0),
    "a report": ({"plans/council.2023.yaml": ACTUALS.replace("self: 70", "self: 95")}, 1),
    "a plan": ({"plans/council.yaml": PLAN.replace("Санхүүжилтийг", "Санхүүжилтийг нь")}, 1),
    "the settings": ({"planctl.yaml": OFFICE["planctl.yaml"] + "\n"}, 2),
    "a scale": ({"rubrics/mine.yaml": "rubric: mine\n"}, 2),
    "another plan": ({"plans/c.yaml": PLAN.replace("id: council", "id: third").replace("waste", "third")}, 1),
    "a link between them": ({"plans/governor.yaml": GOVERNOR["plans/governor.yaml"] + "above: [council]\n"}, 1),
    "a file of which nobody knows what it is": ({"plans/x.yaml": "x: y\n"}, 1),
    "a file that nothing reads": ({"notes.txt": "x"}, 0),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_check_costs_what_has_changed_since_the_last_one(office: Office, change: str) -> None:
    files, parcels_of_it = CHANGES[change]
    assert counted(office) == 2

    write(office.root, files)

    assert counted(office) == parcels_of_it
    assert counted(office) == 0


def test_other_tools_and_another_day_where_records_run_out_have_all_carried_out(office: Office) -> None:
    assert counted(office) == 2
    assert counted(office, today=date(2024, 7, 1)) == 0
    assert counted(office, tools="of another version") == 2

    write(office.root, {"accepted.yaml": "accepted: []\n"})

    assert counted(office, today=date(2024, 7, 1)) == 2
    assert counted(office, today=date(2024, 7, 2)) == 2


def test_files_named_as_evidence_are_looked_for_each_time(office: Office) -> None:
    write(office.root, {"plans/council.2023.yaml": EVIDENCE, "evidence/a photo.jpg": b"a"})
    assert counted(office) == 2

    (office.root / "b.pdf").write_bytes(b"b")
    assert counted(office) == 1
    (office.root / "evidence/a photo.jpg").unlink()
    assert counted(office) == 1


def test_evidence_that_is_named_in_an_odd_way_is_found_in_a_second_round(office: Office) -> None:
    odd = EVIDENCE.replace("{file: b.pdf}", '{"file": "\\u0062.pdf"}')
    write(office.root, {"plans/council.2023.yaml": odd, "b.pdf": b"b"})

    assert counted(office) == 3


@pytest.mark.parametrize("kept", [None, 7, [], [{}, {"x": 1}], [{"plans/council.yaml": 1}, []], [{1: 2}, {3: [4]}]])
def test_a_record_that_is_damaged_is_as_good_as_none(office: Office, kept: Any) -> None:
    office.checked()
    office.store.put(KIND, str(office.root.resolve()), kept)

    assert counted(office) == 2


def test_readings_of_another_shape_are_not_taken_over(office: Office) -> None:
    office.checked()
    claims, readings = office.store.get(KIND, str(office.root.resolve())) or ({}, {})
    office.store.put(KIND, str(office.root.resolve()), [claims, {key: [[["x"]], [], []] for key in readings}])

    assert counted(office) == 2


# Files that change meanwhile


def test_of_a_file_that_changes_while_it_is_read_nothing_is_kept(office: Office) -> None:
    def check(meanwhile: Callable[[], object]) -> int:
        """Return how many parcels are read; just before the first of them something happens."""
        office.meanwhile = meanwhile
        return counted(office)

    changed = {"plans/council.2023.yaml": ACTUALS.replace("self: 70", "self: 95")}

    assert check(lambda: write(office.root, changed)) == 2
    assert check(lambda: None) == 1
    assert check(lambda: None) == 0


@pytest.mark.parametrize("path", ["rubrics/mine.yaml", "plans/council.2023.mine.yaml", "approvals/mine.yaml"])
def test_a_link_out_of_the_project_is_told_of_and_what_stands_beside_it_taken_over(office: Office, path: str) -> None:
    outside = office.root.parent / "outside.yaml"
    outside.write_text("rubric: mine\n", encoding="utf-8")
    (office.root / path).parent.mkdir(exist_ok=True)
    (office.root / path).symlink_to(outside)

    assert "link-leaves-project" in {one.code for one in office.checked().findings}
    assert counted(office) == 0


# The command


FAULTY: Mapping[str, str | bytes] = {
    "plans/council.2023.yaml": EVIDENCE.replace("self: 70", "self: 95").replace("    reason: Хяналтын дүнгээр.\n", ""),
    "plans/governor.2023.yaml": GOVERNOR["plans/governor.2023.yaml"].replace("    reason: Хяналтын дүнгээр.\n", ""),
    "plans/loose.yaml": "actuals: nobody\nperiod: 2023\nitems: {}\n",
    "plans/broken.yaml": "x: [\n",
    "plans/legacy.yaml": b"\xff\xfe\xfd",
    "accepted.yaml": """\
accepted:
  - {code: unexplained-difference, at: governor#duty-2, reason: Хурлаар ярьсан., until: 2999-01-01}
  - {code: unexplained-difference, at: council#waste-2, reason: Хурлаар ярьсан., until: 2020-01-01, by: Дарга}
  - {code: no-date, at: governor, reason: Хурлаар ярьсан., until: 2999-01-01}
""",
}
COMMANDS: tuple[tuple[str, ...], ...] = (
    *(("check", "--format", name) for name in FINDINGS_FORMATS),
    ("check", "--strict", "--show-accepted"),
    ("check", "--select", "warning", "--format", "json"),
    ("check", "--ignore", "unexplained-difference,missing-evidence"),
    ("check", "plans/governor.2023.yaml", "accepted.yaml"),
    ("check", "--select", "no-date", "--ignore", "no-date"),
    ("check", "notes.txt"),
)


@pytest.fixture
def by_parcels(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Make every project be checked by parcels, or none."""
    return lambda wanted: monkeypatch.setattr(parcels, "FEWEST_FILES", 0 if wanted else 10**9)


@pytest.mark.parametrize("lang", ["en", "mn"])
def test_the_command_says_the_same_in_every_format(
    planctl: Planctl,
    by_parcels: Callable[[bool], None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    lang: str,
) -> None:
    others = {"notes.txt": "x", ".planctl/schema/settings.json": "{}"}
    write(tmp_path, OFFICE, GOVERNOR, FAULTY, others)
    differing = {}
    for command in COMMANDS:
        by_parcels(False)
        monkeypatch.setenv("PLANCTL_NO_CACHE", "1")
        wanted = planctl(*command, cwd=tmp_path, lang=lang)
        monkeypatch.delenv("PLANCTL_NO_CACHE")
        by_parcels(True)
        told = [planctl(*command, cwd=tmp_path, lang=lang) for _time in range(2)]
        if told != [wanted, wanted]:
            differing[command] = (told, wanted)

    assert differing == {}


@pytest.mark.parametrize("files", [{}, {"accepted.yaml": FAULTY["accepted.yaml"]}, {"plans/x.yaml": "x: y\n"}])
def test_a_project_without_a_plan_is_refused_alike(
    planctl: Planctl, by_parcels: Callable[[bool], None], tmp_path: Path, files: Mapping[str, str | bytes]
) -> None:
    write(tmp_path, {"planctl.yaml": OFFICE["planctl.yaml"]}, files)
    by_parcels(False)
    wanted = planctl("check", cwd=tmp_path)
    by_parcels(True)

    assert planctl("check", "--jobs", "1", cwd=tmp_path) == wanted


def test_in_two_processes_the_command_says_the_same(planctl: Planctl, tmp_path: Path) -> None:
    write(tmp_path, OFFICE, GOVERNOR, FAULTY)

    wanted = planctl("check", "--format", "json", cwd=tmp_path)

    assert planctl("check", "--format", "json", "--jobs", "2", cwd=tmp_path) == wanted


def test_small_projects_are_checked_at_once_unless_processes_are_asked_for(tmp_path: Path) -> None:
    write(tmp_path, {f"plans/{number}.yaml": PLAN for number in range(parcels.FEWEST_FILES - 2)})
    small = [parcels.parcels_pay(tmp_path, jobs) for jobs in (None, 1, 2)]

    write(tmp_path, {"plans/one-more.yaml": PLAN})

    assert small == [False, False, True]
    assert parcels.parcels_pay(tmp_path, None)


def test_how_far_a_check_is_is_no_part_of_what_is_written_again() -> None:
    with heard(most=100) as written:
        with unheard():
            sys.stderr.write("checking")
        sys.stderr.write("0 errors")

    assert written.steps == [("err.write", "0 errors")]
