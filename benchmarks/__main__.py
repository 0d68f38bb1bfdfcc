"""Every benchmark, one after the other, into docs/reference/benchmarks.md.

make bench                      all of them
python -m benchmarks watch      one; its part of the page is written anew, the others stay
"""

import os
import platform
import re
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "benchmarks.md"
BENCHES = {
    "watch": "The main job: a county of 200,000 built, loaded, watched and scored",
    "late": "Wrong numbers and late files: recall by draw, by each late file, and by every pair of them",
    "scale": "P1: a province of 7.3 million, the scan of what it reads, and indicators one by one",
    "latency": "From a department's POST to the alert on the desk, at 115,000 watched people",
    "worth": "The list by expected benefit: visits per newly found family beside the unordered list",
    "gaps": "The entitlement gap: 43 items over a county of 20,000",
    "exchange": "P7: a department file of 2.61 million rows",
    "law": "P2 and what-if: the whole law over 1,000,000 applications; the same means test by OpenFisca",
    "rules": "P3: one household under the whole law, with its trees",
    "engine": "The mill alone: batch and one household",
    "linkage": "P5: a million people and a million records with planted noise, beside Splink alone",
    "restore": "The drill: a county of 116,000 backed up, destroyed and restored",
    "audit": "The audit: bulk writes with its triggers and without, sealing and verifying",
    "desk": "P6: the alert list at 100,000 open alerts, 20 people at once",
}
HEAD = """# Benchmarks

Printed by `make bench`, never by timed tests. Machines are noisy: ratios hold, seconds do not; a ratio is to the peer in
the same run. Bars are those of the design (P1 to P7).
"""


def main() -> None:
    wanted = sys.argv[1:] or list(BENCHES)
    parts = _parts(PAGE.read_text() if PAGE.exists() else "")
    for name in wanted:
        parts[f"## {BENCHES[name]}"] = _part(name)
        PAGE.write_text(HEAD + "".join(f"\n{part}" for part in parts.values()))


def _parts(text: str) -> dict[str, str]:
    """Heading → part, in the page's order; those written by hand stay."""
    found = re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]
    return {part.partition("\n")[0]: part.strip() + "\n" for part in found}


def _part(name: str) -> str:
    with tempfile.TemporaryDirectory(prefix=f"wenhou-{name}-") as home:
        Path(home).chmod(0o755)
        environment = {**os.environ, "WENHOU_HOME": home}
        try:
            words = [sys.executable, "-m", f"benchmarks.{name}"]
            done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        finally:
            stop = [sys.executable, "-m", "wenhou.site", "database", "stop"]
            subprocess.run(stop, env=environment, stdout=subprocess.DEVNULL, check=False)
    when = datetime.now(UTC).date()
    where = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    said = done.stdout.strip()
    return f"## {BENCHES[name]}\n\n`python -m benchmarks {name}`, {when}, {where}\n\n```\n{said}\n```\n"


if __name__ == "__main__":
    main()
