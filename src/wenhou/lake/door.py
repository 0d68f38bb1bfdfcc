"""The one door by which rows of the lake reach a page, an answer to a machine or an export: it asks what the reader may see."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import duckdb

from wenhou.base.errors import NotAllowed
from wenhou.lake import store

MEMORY = "256MB"
ELSEWHERE = "这些资料属于别处，您看不到：{why}。"


class Reader(Protocol):
    """Who reads, by what they may see: what `staff.queries.visible_to` gives."""

    def covers(self, code: str) -> bool:
        """Whether a place lies within."""

    def reason(self, code: str) -> str:
        """Why, or why not, in Chinese."""


def ask(reader: Reader, *places: str) -> None:
    """Raises NotAllowed where the reader sees none of the places that what is to be read belongs to (2 to 12 digits)."""
    told = [place for place in places if place]
    if not any(reader.covers(place) for place in told):
        raise NotAllowed(ELSEWHERE.format(why=reader.reason(told[0]) if told else "不知道它属于哪里"))


@contextmanager
def reading(reader: Reader, *places: str, memory: str = MEMORY) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the lake for what belongs to these places, once the reader has been asked about."""
    ask(reader, *places)
    with store.connect(memory=memory) as connection:
        yield connection
