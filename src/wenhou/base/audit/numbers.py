"""Numbers of the sequence that are no entries, because their transaction was rolled back: 17-20,33."""

from collections.abc import Collection, Iterator


def gaps(first: int, last: int, there: Collection[int]) -> str:
    """What is missing of first..last; `there` ascends."""
    found, after = [], first
    for number in (*there, last + 1):
        if number > after:
            found.append(str(after) if number - 1 == after else f"{after}-{number - 1}")
        after = number + 1
    return ",".join(found)


def expected(first: int, last: int, missing: str) -> Iterator[int]:
    """The numbers of the entries, ascending."""
    after = first
    for part in filter(None, missing.split(",")):
        start, _, end = part.partition("-")
        yield from range(after, int(start))
        after = int(end or start) + 1
    yield from range(after, last + 1)
