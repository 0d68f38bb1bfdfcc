"""The entitlement gap over a sandbox county: the day's applications drawn, 43 items compared, and compared again.

    WENHOU_HOME=/somewhere/empty python -m benchmarks.gaps [--residents 20000]

Ratio first: the whole night beside drawing the applications, which the law needs whatever is asked. Prints JSON.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.watch import AS_OF, DIVISION, SEED


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--residents", type=int, default=20_000)
    residents = parser.parse_args().residents
    place = Path(os.environ["WENHOU_HOME"]) / "bench-place"
    build = ["sandbox", "build", str(place), "--division", DIVISION, "--residents", str(residents)]
    for words in (
        [*build, "--seed", str(SEED), "--as-of", AS_OF.isoformat()],
        ["database", "migrate"],
        ["exchange", "load", str(place / "deliveries")],
    ):
        subprocess.run([sys.executable, "-m", "wenhou.site", *words], check=True, stdout=subprocess.DEVNULL)
    print(json.dumps(measure(residents), ensure_ascii=False, indent=1))


def measure(residents: int) -> dict[str, Any]:
    """Seconds of drawing the applications, of a first night and of a second that finds nothing new."""
    from wenhou.site.cli import start_django

    start_django()
    from wenhou.monitoring.gaps.actions import nightly
    from wenhou.policy.runs import batches

    drawn, _ = _timed(lambda: batches.ensure(AS_OF, anew=True))
    before = _peak()
    first, run = _timed(lambda: nightly.run(as_of=AS_OF, on=AS_OF, anew=False))
    again, second = _timed(lambda: nightly.run(as_of=AS_OF, on=AS_OF, anew=False))
    return {
        "second_night_to_drawing": round(again / drawn, 2),
        "residents": residents,
        "people_and_households": [run.persons, run.households],
        "seconds": {"applications": drawn, "first_night": first, "second_night": again},
        "opened": run.opened,
        "opened_again": second.opened,
        "peak_mib": {"after_the_applications": before, "after_all": _peak()},
        "load_average": round(os.getloadavg()[0], 1),
    }


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    done = work()
    return round(time.perf_counter() - began, 1), done


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
