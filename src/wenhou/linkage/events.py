from dataclasses import dataclass


@dataclass(frozen=True)
class FactsRecognised:
    """A delivery's records are linked to persons and the registry knows what it says."""

    delivery: int
    contract: str


@dataclass(frozen=True)
class PeopleMerged:
    """Two person keys were found to be one: what is said of the absorbed one counts for the kept one."""

    kept: int
    absorbed: int


@dataclass(frozen=True)
class PeopleParted:
    """A merge was undone: what is said of each counts for itself again."""

    kept: int
    absorbed: int
