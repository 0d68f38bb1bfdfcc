"""The main job at county size: a sandbox place built, loaded and watched, and how right the watch was.

    WENHOU_HOME=/somewhere/empty python -m benchmarks.watch [--residents 200000]

Beside the whole run, in the same process: the 34 indicators each planned and asked alone over the same facts. Prints JSON.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

AS_OF = date(2024, 11, 15)
DIVISION, SEED = "640104", 11


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--residents", type=int, default=200_000)
    parser.add_argument("--alone", action="store_true", help="the peer only: every indicator for itself")
    told = parser.parse_args()
    print(
        json.dumps(
            alone() if told.alone else measure(told.residents),
            ensure_ascii=False,
            indent=None if told.alone else 1,
        )
    )


def measure(residents: int) -> dict[str, Any]:
    """Seconds of each step through the commands a county would type, then the score."""
    place = Path(os.environ["WENHOU_HOME"]) / "bench-place"
    build = ["sandbox", "build", str(place), "--division", DIVISION, "--residents", str(residents)]
    steps = {
        "build": [*build, "--seed", str(SEED), "--as-of", AS_OF.isoformat()],
        "migrate": ["database", "migrate"],
        "load": ["exchange", "load", str(place / "deliveries")],
        "first_run": ["watch", "run", "--as-of", AS_OF.isoformat(), "--on", AS_OF.isoformat()],
        "second_run": ["watch", "run", "--as-of", AS_OF.isoformat(), "--on", AS_OF.isoformat()],
        "score": ["watch", "score", "--truth", str(place / "truth" / "truth.parquet")],
    }
    seconds, said = {}, {}
    for name, words in steps.items():
        began = time.perf_counter()
        said[name] = _wenhou(*words)
        seconds[name] = round(time.perf_counter() - began, 1)
    peer = json.loads(_python("-m", "benchmarks.watch", "--alone"))
    arrivals = json.loads(_python("-m", "benchmarks.arrivals", "--as-of", AS_OF.isoformat()))
    rows = sum(one["rows_read"] for one in said["load"]["deliveries"])
    return {
        "alone_to_together": round(peer["alone_seconds"] / peer["together_seconds"], 1),
        **peer,
        "arrivals": arrivals,
        "residents": said["first_run"]["persons"],
        "rows": rows,
        "rows_a_second_with_start": round(rows / seconds["load"]),
        "seconds": seconds,
        "raised": said["first_run"]["raised"],
        "raised_by_the_second_run": said["second_run"]["raised"],
        "recall": said["score"]["recall"],
        "precision": said["score"]["precision"],
        "peak_mib_of_a_child": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
    }


def alone() -> dict[str, Any]:
    """One plan of all indicators against a plan and a pass for each, over the facts of the lake as it lies."""
    from wenhou.site.cli import start_django

    start_django()
    from wenhou.engine.words import DEFAULT
    from wenhou.monitoring import verdicts

    began = time.perf_counter()
    with verdicts.reached(as_of=AS_OF, division=None, engine="duckdb", only=None) as found:
        found.counts()
    together = time.perf_counter() - began
    began = time.perf_counter()
    for code in sorted(DEFAULT.indicators):
        with verdicts.reached(as_of=AS_OF, division=None, engine="duckdb", only=[code]) as found:
            found.counts()
    return {
        "indicators": len(DEFAULT.indicators),
        "together_seconds": round(together, 1),
        "alone_seconds": round(time.perf_counter() - began, 1),
    }


def _wenhou(*words: str) -> dict[str, Any]:
    return dict(json.loads(_python("-m", "wenhou.site", *words, "--json")))


def _python(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, text=True
    )
    return done.stdout.splitlines()[-1] if done.stdout.strip() else "{}"


if __name__ == "__main__":
    main()
