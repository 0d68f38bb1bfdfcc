"""A share told with its uncertainty: two of three is not sixty-seven per cent. Pure."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from wenhou.monitoring.worth import limits

_Z = NormalDist().inv_cdf((1 + limits.CONFIDENCE) / 2)


@dataclass(frozen=True)
class Share:
    """So many of so many, with Wilson's interval; all three are None of nothing."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None

    @property
    def low(self) -> float | None:
        return self._end(-1)

    @property
    def high(self) -> float | None:
        return self._end(1)

    def _end(self, sign: int) -> float | None:
        """E. B. Wilson 1927; within 0 and 1 for any number of cases."""
        if not self.whole:
            return None
        share, each = self.part / self.whole, _Z**2 / self.whole
        middle = share + each / 2
        width = sqrt(each * (share * (1 - share) + each / 4))
        return min(1.0, max(0.0, (middle + sign * width) / (1 + each)))

    def as_row(self) -> dict[str, float | int | None]:
        """Rounded for people and machines."""
        ends = {"value": self.value, "low": self.low, "high": self.high}
        rounded = {name: None if end is None else round(end, 4) for name, end in ends.items()}
        return {"part": self.part, "whole": self.whole, **rounded}
