"""Identity numbers within text and JSON: the lake holds person keys only, so each valid one becomes "p123".

Found are 18 characters that are a valid number, standing alone or glued to further digits (a disability certificate is
the number, the kind and the level); of glued ones only those born between 1900 and 2099, as long serial numbers hold a
valid number by chance now and then. What a sender wrote as "p123" becomes "p-123", for it is no key of ours. 15-digit
numbers carry no check character and are not looked for.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import duckdb
import pyarrow as pa
from duckdb.func import PythonUDFType

from wenhou.base.identity import IdNumber
from wenhou.exchange.contracts import Contract, Field

LIKELY = "[0-9]{17}[0-9Xx]"
"""What a value must hold to be looked at closely."""
_CLOSE = rf"{LIKELY}|p[0-9]|\\u"
_RUN = re.compile(r"[0-9][0-9Xx]{17,}")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[-+.0-9Ee]{18,}')
_OWN = "(?<![0-9A-Za-z])p(?=[0-9]+(?![0-9A-Za-z]))"
"""A sender's own word that would read as a key of ours."""
_ROWS = 20_000


def fields(contract: Contract) -> tuple[Field, ...]:
    """The fields of a contract that may hold an identity number within other words."""
    return tuple(field for field in contract.fields if field.holds_identity)


def numbers(connection: duckdb.DuckDBPyConnection, chosen: Sequence[Field], rows: str) -> set[str]:
    """Every identity number within these fields of `rows` (a table, perhaps with a condition)."""
    found: set[str] = set()

    def note(number: str) -> str:
        found.add(number)
        return number

    for field in chosen:
        condition = f"regexp_matches(\"{field.name}\", '{LIKELY}')"
        reader = connection.execute(f'select "{field.name}" from (select * from {rows}) where {condition}')
        while several := reader.fetchmany(_ROWS):
            for (text,) in several:
                replaced(text, field.kind, note)
    return found


def teach(connection: duckdb.DuckDBPyConnection, keys: Mapping[str, int]) -> None:
    """Give the connection `keyed_text(v)` and `keyed_json(v)`, which write keys for the numbers that have one."""

    def word(number: str) -> str:
        return f"p{keys[number]}" if number in keys else number

    def make(kind: str) -> Callable[[pa.Array], pa.Array]:
        return lambda texts: pa.array(
            [text and replaced(text, kind, word) for text in texts.to_pylist()], pa.string()
        )

    for kind in ("text", "json"):
        connection.create_function(
            f"keyed_{kind}", make(kind), ["VARCHAR"], "VARCHAR", type=PythonUDFType.ARROW
        )


def forget(connection: duckdb.DuckDBPyConnection) -> None:
    """Take the functions of `teach` away, so that others can be taught."""
    for kind in ("text", "json"):
        connection.remove_function(f"keyed_{kind}")


def keyed(field: Field, column: str) -> str:
    """SQL for a column of such a field with keys for numbers; `teach` comes first."""
    kind = "json" if field.kind == "json" else "text"
    return f"case when regexp_matches({column}, '{_CLOSE}') then keyed_{kind}({column}) else {column} end"


def replaced(text: str, kind: str, word: Callable[[str], str]) -> str:
    """The text with `word` of each identity number in its place; JSON stays JSON."""
    return _TOKEN.sub(lambda token: _token(token[0], word), text) if kind == "json" else _plain(text, word)


def _token(token: str, word: Callable[[str], str]) -> str:
    """A string or a number of JSON; a number that holds an identity number becomes a string."""
    if not token.startswith('"'):
        changed = _plain(token, word)
        return token if changed == token else f'"{changed}"'
    if "\\" not in token:
        return _plain(token, word)
    said = json.loads(token, strict=False)
    changed = _plain(said, word)
    return token if changed == said else json.dumps(changed, ensure_ascii=False)


def _plain(text: str, word: Callable[[str], str]) -> str:
    text = re.sub(_OWN, "p-", text)
    parts, last = [], 0
    for start, number in _found(text):
        end = start + 18
        told = word(number)
        # A key must not run into the digits that follow the number.
        glued = told != number and text[end : end + 1].isdigit()
        parts += [text[last:start], told if told != number else text[start:end], "-" if glued else ""]
        last = end
    return "".join([*parts, text[last:]])


def _found(text: str) -> Iterator[tuple[int, str]]:
    """(place, number) of every identity number, from the left, none over another."""
    for run in _RUN.finditer(text):
        alone = len(run[0]) == 18
        place = run.start()
        while place + 18 <= run.end():
            number = _valid(text[place : place + 18])
            if number and (alone or number[6:8] in ("19", "20")):
                yield place, number
                place += 18
            else:
                place += 1


def _valid(text: str) -> str | None:
    try:
        return IdNumber.parse(text).text
    except ValueError:
        return None
