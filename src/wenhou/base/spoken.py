"""What a command says to a person in words of its own, and to a machine as JSON."""

from collections.abc import Mapping
from typing import Any


class Spoken(dict[str, Any]):
    """A mapping for --json; `text` is printed otherwise."""

    def __init__(self, told: Mapping[str, Any], *, text: str) -> None:
        super().__init__(told)
        self.text = text
