"""The drill for a county: a whole backup while it stands, everything destroyed, and the way back.

    WENHOU_HOME=/somewhere/empty python -m benchmarks.restore [--residents 116000]

Seconds are the clock's, processor seconds beside them (of the commands; the database's own are not in them). Prints JSON.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

AS_OF, DIVISION, SEED = "2024-11-15", "640104", "11"
BAR = 300
KEYS = ("backup_key", "master_key", "audit_key", "audit_key.pub")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--residents", type=int, default=116_000)
    told = parser.parse_args()
    print(json.dumps(measure(told.residents), ensure_ascii=False, indent=1))


def measure(residents: int) -> dict[str, Any]:
    """A county, its backup, its end, and how long until it is back."""
    home = Path(os.environ["WENHOU_HOME"]) / "home"
    folder, place = home.with_name("backups"), home.with_name("place")
    seconds: dict[str, Any] = {}
    build = ["sandbox", "build", str(place), "--division", DIVISION, "--residents", str(residents)]
    steps: dict[str, list[str]] = {
        "build": [*build, "--seed", SEED, "--as-of", AS_OF],
        "load": ["exchange", "load", str(place / "deliveries")],
        "run": ["watch", "run", "--as-of", AS_OF, "--on", AS_OF],
        "backup": ["backup", str(folder)],
        "backup again": ["backup", str(folder)],
        "verify": ["backup", "verify", str(folder)],
    }
    for name, words in steps.items():
        seconds[name], _ = command(home, *words)
    sizes = {"lake_mib": mib(home / "lake"), "database_mib": mib(*home.glob("postgres-*/base"))}
    again = home.with_name("again")
    again.mkdir(mode=0o755)
    for name in KEYS:
        shutil.copy2(home / name, again / name)
    command(home, "database", "stop")
    shutil.rmtree(home)
    seconds["restore"], restored = command(again, "restore", str(folder))
    seconds["audit verify"], _ = command(again, "audit", "verify")
    command(again, "database", "stop")
    return {
        "bar": f"a county is back within {BAR} seconds",
        "restore_seconds": seconds["restore"]["clock"],
        "of_which": restored["秒"],
        "residents": residents,
        **sizes,
        "backups_mib": mib(folder),
        "load_average": round(os.getloadavg()[0], 1),
        "seconds": seconds,
    }


def command(home: Path, *words: str) -> tuple[dict[str, float], Any]:
    """What it took and what it said."""
    home.mkdir(parents=True, exist_ok=True)
    kept = {name: told for name, told in os.environ.items() if name != "DATABASE_URL"}
    environment = {**kept, "WENHOU_HOME": str(home), "WENHOU_MASTER_KEY_FILE": str(home / "master_key")}
    begun, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "wenhou.site", *words, "--json"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    told = {"clock": round(time.monotonic() - begun, 1), "processor": round(cpu, 1)}
    return told, json.loads(done.stdout) if done.stdout.strip() else {}


def mib(*folders: Path) -> int:
    return (
        sum(path.stat().st_size for folder in folders for path in folder.rglob("*") if path.is_file()) >> 20
    )


if __name__ == "__main__":
    main()
