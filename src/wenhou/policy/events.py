"""What the policy room tells of itself. Identifiers only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StandardsPublished:
    """From now on another set of standards decides."""

    number: int
    sha256: str
