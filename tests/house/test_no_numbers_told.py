"""Nothing that names a person goes into a log, an error's sentence or an address."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from wenhou.lake.schema import PERSON_KEYS

SOURCE = Path(__file__).parents[2] / "src" / "wenhou"
NAMING = {*PERSON_KEYS, "id_number", "identity_number", "phone", "telephone", "account_no", "diagnosis"}
"""Names that hold an identity number, a telephone or account number or an illness."""
TELLING = {
    "debug",
    "info",
    "warning",
    "error",
    "exception",
    "critical",
    "log",
    "print",
    "redirect",
    "reverse",
}
ERRORS = {"Refused", "WenhouError", "NotAllowed", "ValueError", "KeyError", "RuntimeError"}
FILES = sorted(path for path in SOURCE.rglob("*.py") if "sandbox" not in path.parts)


def told(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, name) of every such name handed to a log, an error or an address, within f-strings too."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and _name(call.func) in TELLING | ERRORS:
            given = [*call.args, *(one.value for one in call.keywords)]
            for part in (part for one in given for part in ast.walk(one)):
                if _name(part) in NAMING:
                    yield call.lineno, str(_name(part))


def _name(node: ast.AST) -> str | None:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else None


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_log_error_or_address_tells_who(path: Path) -> None:
    assert list(told(ast.parse(path.read_text("utf-8")))) == []


def test_no_route_carries_a_number_of_a_person() -> None:
    for path in SOURCE.rglob("urls.py"):
        routes = re.findall(r"<\w+:(\w+)>", path.read_text("utf-8"))
        assert not NAMING & set(routes), path


def test_the_lint_sees_what_it_should() -> None:
    wrong = 'log.info(f"loaded {row.id_no}")\nraise Refused("x" + phone)\nredirect("p", key=father_id)'
    assert [name for _, name in told(ast.parse(wrong))] == ["id_no", "phone", "father_id"]
    assert list(told(ast.parse('log.info("loaded %s", rows)'))) == []
