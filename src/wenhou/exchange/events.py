from dataclasses import dataclass


@dataclass(frozen=True)
class DeliveryLoaded:
    """The good rows of a delivery are in the lake."""

    delivery: int
    contract: str
