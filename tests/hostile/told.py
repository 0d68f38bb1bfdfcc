"""docs/reference/hostile.md: how many attacks of which kind, by which door, and what answer is right.

`PYTHONPATH=tests python -m hostile.told` writes it.
"""

from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "hostile.md"
HEAD = """# Hostile files and requests

Generated from `tests/hostile`; do not edit. Each is sent by a real door (the upload page, `/api/v1/`, a command, the web server's
socket) by `tests/hostile/test_corpus.py` and `test_wire.py`: twelve of every kind in `make test`, all of them in `make prove`.

*refused*: a sentence in Chinese with 4xx or exit code 2, nothing kept, nothing half-written, within 8 s of the processor and
900 MB; *its rows refused*: the file is taken and its bad row goes back with a reason; *refused, or read as what it is*: damage
that may have hit nothing, so rows or a sentence; *shut out by the web server*: no HTTP, so 4xx or a closed line before our
code; *taken as mere text*: a search that finds nothing. Never 5xx, never a trace, never markup that would run.

| Kind | Door | Right answer | Attacks |
|---|---|---|---:|
"""


def page() -> str:
    """The whole page."""
    from hostile import corpus  # reads the rooms, which are there once Django is

    counted = corpus.counts()
    rows = [f"| {kind} | {door} | {right} | {number} |" for (kind, door, right), number in counted.items()]
    return f"{HEAD}{chr(10).join(rows)}\n| **all** | | | **{sum(counted.values())}** |\n"


if __name__ == "__main__":
    import django

    django.setup()
    PAGE.write_text(page(), encoding="utf-8")
