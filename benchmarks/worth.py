"""What the learnt order is worth: visits until half of the newly found families are found, beside the deadline order and
the average of 200 shuffled lists, on a sandbox place whose visits are told by somebody who does not know the order.

    WENHOU_HOME=/somewhere/empty python -m benchmarks.worth [--residents 60000] [--seed 11]

Half of the families are last season's, visited and concluded; the list of the other half is ordered by what they taught.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

AS_OF = date(2024, 11, 15)
DIVISION = "640104"
BAR = 0.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--residents", type=int, default=60_000)
    parser.add_argument("--seed", type=int, default=11)
    told = parser.parse_args()
    place = Path(os.environ["WENHOU_HOME"]) / "bench-place"
    build = ["sandbox", "build", str(place), "--division", DIVISION, "--residents", str(told.residents)]
    _wenhou(*build, "--seed", str(told.seed), "--as-of", AS_OF.isoformat())
    _wenhou("database", "migrate")
    _wenhou("exchange", "load", str(place / "deliveries"))
    _wenhou("watch", "run", "--as-of", AS_OF.isoformat(), "--on", AS_OF.isoformat())
    print(json.dumps(measure(place, told.residents, told.seed), ensure_ascii=False, indent=1))


def measure(place: Path, residents: int, seed: int) -> dict[str, Any]:
    """Conclude one half, learn, order the other, count."""
    from wenhou.site.cli import start_django

    start_django()
    from wenhou.monitoring.actions import ordering
    from wenhou.sandbox import histories, visits
    from wenhou.staff.actions import accounts
    from wenhou.staff.enums import Role

    found = visits.find(place, visits.raised_here()).to_pylist()
    visitor = accounts.open_account(
        username="bench", full_name="走访", password="bench-640104-2024", role=Role.COUNTY_OFFICER,
        division=DIVISION, since=AS_OF,
    )  # fmt: skip
    histories.conclude(found, histories.split(found, seed), by=visitor, on=AS_OF)
    began = time.perf_counter()
    learned = ordering.learn(on=AS_OF)
    learning = time.perf_counter() - began
    ordered = ordering.expect(on=AS_OF)
    needed = histories.needed(found, on=AS_OF)
    return {
        "bar": f"visits to find half of the newly found families: at most {BAR} of the unordered list's",
        "ratio_to_deadline_order": round(needed.by_benefit / needed.by_deadline, 3),
        "ratio_to_shuffled": round(needed.by_benefit / needed.by_chance, 3),
        **asdict(needed),
        "residents": residents,
        "learned_from": learned.size,
        "newly_helped_among_them": learned.helped,
        "brier": round(learned.brier, 4),
        "brier_of_one_chance_for_all": round(learned.base_brier, 4),
        "learning_seconds": round(learning, 1),
        "ordered": ordered,
        "weightiest": sorted(learned.content["weights"].items(), key=lambda pair: -abs(pair[1]))[:10],
        "reliability": learned.reliability,
        "groups": learned.groups,
    }


def _wenhou(*words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "wenhou.site", *words, "--json"], stdout=subprocess.DEVNULL, check=True
    )


if __name__ == "__main__":
    main()
