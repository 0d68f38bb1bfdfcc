from dataclasses import dataclass


@dataclass(frozen=True)
class FactsRecognised:
    """A delivery's records are linked to persons and the registry knows what it says."""

    delivery: int
    contract: str
