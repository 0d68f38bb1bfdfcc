"""How each declared indicator does, with a quiet mark where it is often wrong, silent, or mostly does not know."""

from dataclasses import dataclass
from datetime import date

from wenhou.engine.words import DEFAULT
from wenhou.monitoring import indicators
from wenhou.monitoring.enums import RunState
from wenhou.monitoring.indicators.watch import WALLS
from wenhou.monitoring.models import Run
from wenhou.monitoring.worth import figures, limits
from wenhou.monitoring.worth.figures import NOTHING, Figures, Overlap
from wenhou.monitoring.worth.shares import Share
from wenhou.staff.queries import Scope

__all__ = ["indicators"]

WRONG, SILENT, UNKNOWN = "常不属实", "没有动静", "多半不知道"


@dataclass(frozen=True)
class Health:
    """One indicator over a span. unknown: of the answers of the last run that asked; None where none did."""

    code: str
    name: str
    figures: Figures
    overlap: Overlap
    unknown: Share | None

    @property
    def marks(self) -> tuple[str, ...]:
        """What to look at; one needs enough visits, or a run, before anything is said of it."""
        return tuple(
            mark
            for mark, holds in ((WRONG, self._wrong), (SILENT, self._silent), (UNKNOWN, self._blind))
            if holds
        )

    @property
    def _wrong(self) -> bool:
        high = self.figures.precision.high
        return high is not None and high < limits.WRONG_BELOW

    @property
    def _silent(self) -> bool:
        return not (self.figures.raised or self.figures.concluded or self.overlap.families)

    @property
    def _blind(self) -> bool:
        share = self.unknown.value if self.unknown else None
        return share is not None and share > limits.UNKNOWN_ABOVE


def of(scope: Scope | None, since: date, until: date, *, runs: list[Run] | None = None) -> list[Health]:
    """Every declared indicator, by code, but those behind a wall that no post of the reader has the matter for. runs: those
    the reader may know the totals of, latest first; all if None."""
    told, shared = figures.by_indicator(scope, since, until), figures.overlap(scope)
    unknown = _unknown(_runs() if runs is None else runs)
    return [
        Health(code, rule.label, told.get(code, NOTHING), shared.get(code, Overlap(0, ())), unknown.get(code))
        for code, rule in sorted(DEFAULT.indicators.items())
        if scope is None or scope.knows(WALLS.get(code, ""))
    ]


def _runs() -> list[Run]:
    return list(Run.objects.filter(state=RunState.DONE).order_by("-id")[:50])


def _unknown(runs: list[Run]) -> dict[str, Share]:
    found: dict[str, Share] = {}
    for run in runs:
        for code, line in run.counts.items():
            if code not in found and "unknown" in line:
                found[code] = Share(line["unknown"], line["yes"] + line["no"] + line["unknown"])
    return found
