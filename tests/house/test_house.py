"""Tests of the house itself: what no room can promise for all."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "wenhou"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LINES_HARD = 600
FUNCTION_HARD = 60
FLOORS = [
    "site", "sandbox", "portal|desk|api", "insight", "supervision", "benefits|services", "funds", "casework", "intake",
    "verification|monitoring", "linkage|fieldwork", "registry|exchange", "policy", "staff|notices", "divisions",
    "engine|web|lake", "base",
]  # fmt: skip


def test_imports_run_down_the_house() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", MODULES + TESTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_keep_under_their_ceilings(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= LINES_HARD
    long = [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= FUNCTION_HARD
    ]
    assert long == []


@pytest.mark.parametrize("room", sorted(p.name for p in SOURCE.iterdir() if (p / "__init__.py").exists()))
def test_every_room_says_what_it_keeps_and_stands_on_a_floor(room: str) -> None:
    module = ast.parse((SOURCE / room / "__init__.py").read_text())
    assert len(ast.get_docstring(module) or "") > 40
    assert any(room in floor.split("|") for floor in FLOORS)


def test_there_is_no_utils_and_no_room_has_an_admin() -> None:
    assert [p for p in MODULES if p.name in ("utils.py", "helpers.py")] == []
    assert [p for p in MODULES if p.name == "admin.py" and p.parent.name != "desk"] == []


def test_every_public_action_is_keyword_only_and_says_what_it_does() -> None:
    wanting = []
    for path in MODULES:
        if "actions" not in path.parts:
            continue
        for node in ast.parse(path.read_text()).body:
            if (
                isinstance(node, ast.FunctionDef)
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ):
                wanting.append(f"{path.relative_to(SOURCE)}:{node.name}")
    assert wanting == []


def test_reactions_stand_on_a_higher_floor_than_their_event() -> None:
    from wenhou.site.reactions import table

    def floor(room: str) -> int:
        return next(number for number, names in enumerate(FLOORS) if room in names.split("|"))

    assert table(), "no reactions at all"
    for kind, tasks in table().items():
        for task in tasks:
            room = task.func.__module__.split(".")[1]
            assert floor(room) < floor(kind.split(".")[0]), f"{room} may not react to {kind}"


def test_nothing_committed_names_a_machine_or_an_index() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    forbidden = re.compile(r"/(w[o]rk|r[o]ot|f[a]rm)/|p[y]pi[.]org|pythonh[o]sted|npm[j]s[.]|deb[.]deb[i]an")
    found = []
    for name in filter(None, listed):
        try:
            text = (ROOT / name).read_text()
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
        if forbidden.search(text):
            found.append(name)
    assert found == []


def test_every_code_move_under_way_is_listed_and_the_list_is_short() -> None:
    assert (ROOT / "docs" / "moves.md").read_text().count("\n- ") <= 5


def test_decision_records_are_one_page_with_the_decision_as_title() -> None:
    for path in sorted((ROOT / "docs" / "adr").glob("*.md")):
        text = path.read_text()
        assert text.startswith("# "), path.name
        assert text.count("\n") <= 50, path.name
        assert "**What would change our mind.**" in text, path.name
