"""Counties, townships and villages of the registry, and the codes they had before."""

from dataclasses import dataclass

import numpy as np

# 宁夏's counties as they are, with shares of its people (census of 2020, rounded).
_COUNTIES = {
    "640104": 15, "640106": 10, "640105": 6, "640121": 5, "640122": 5, "640181": 4, "640205": 4, "640202": 5,
    "640221": 4, "640302": 6, "640303": 3, "640323": 2, "640324": 5, "640381": 3, "640402": 6, "640422": 5,
    "640423": 2, "640424": 1, "640425": 2, "640502": 5, "640521": 4, "640522": 5,
}  # fmt: skip
# Of the prefecture of 固原 before 2002, and of counties whose code changed with their rank.
_BEFORE = {
    "640402": "642221", "640522": "642222", "640422": "642223", "640423": "642224", "640424": "642225",
    "640425": "642226", "640502": "640521", "640302": "640321", "640205": "640204",
}  # fmt: skip
_PEOPLE_OF_A_COUNTY, _PEOPLE_OF_A_VILLAGE, _TOWNSHIPS = 45_000, 350, 10


@dataclass(frozen=True)
class Places:
    """Villages by row: twelve digits now and before, and the rows of their township and county."""

    codes: np.ndarray
    before: np.ndarray
    town: np.ndarray
    county: np.ndarray
    rural: np.ndarray

    def of_households(self, count: int, rng: np.random.Generator) -> np.ndarray:
        """Villages of households, in order: a county's share of them is that of its people."""
        shares = np.array(list(_COUNTIES.values()), dtype=float)[self.county]
        shares /= np.bincount(self.county, minlength=len(_COUNTIES))[self.county]
        return np.sort(rng.choice(len(self.codes), count, p=shares / shares.sum()))

    def moved(self, rows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Where people of these villages live after a move: a quarter near, nearly half in the county."""
        found = rng.integers(0, len(self.codes), len(rows))
        far = rng.random(len(rows))
        for level, low, high in ((self.county, 0.25, 0.7), (self.town, 0.0, 0.25)):
            here = (far >= low) & (far < high)
            first = np.searchsorted(level, level[rows[here]], side="left")
            after = np.searchsorted(level, level[rows[here]], side="right")
            found[here] = first + (rng.random(int(here.sum())) * (after - first)).astype(int)
        return found


def laid_out(people: int) -> Places:
    """As many counties and villages as hold that many people."""
    counties = list(_COUNTIES)[: max(1, min(len(_COUNTIES), round(people / _PEOPLE_OF_A_COUNTY)))]
    villages = max(2, min(20, round(people / len(counties) / _TOWNSHIPS / _PEOPLE_OF_A_VILLAGE)))
    rows = [
        (number, number * _TOWNSHIPS + town, code, 1 + town % 4 + 100 * (town >= 3), 200 + village + 1)
        for number, code in enumerate(counties)
        for town in range(_TOWNSHIPS)
        for village in range(villages)
    ]
    return Places(
        codes=np.array(
            [f"{code}{town:03d}{village:03d}" for _, _, code, town, village in rows], dtype=object
        ),
        before=np.array(
            [
                f"{_BEFORE.get(code, code)}{town + 100:03d}{village + 5:03d}"
                for _, _, code, town, village in rows
            ],
            dtype=object,
        ),
        town=np.array([row[1] for row in rows]),
        county=np.array([row[0] for row in rows]),
        rural=np.array([row[3] > 100 for row in rows]),
    )
