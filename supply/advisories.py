"""Known faults of what the product carries, where the service that knows them can be asked; else it is said that it was not."""

import json
import subprocess
from pathlib import Path

from supply import locks

TOOL = locks.ROOT / ".supply" / "bin" / "pip-audit"
PATIENCE = 120


def asked(tool: Path = TOOL) -> tuple[str, list[str]]:
    """One sentence on what was asked, and a line for every advisory."""
    words = [
        "-r",
        str(locks.ROOT / "requirements" / "app.txt"),
        "--disable-pip",
        "--require-hashes",
        "--timeout",
        "10",
    ]
    try:
        done = subprocess.run(
            [tool, *words, "--progress-spinner", "off", "--format", "json"],
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        told = json.loads(done.stdout)["dependencies"]
    except (OSError, subprocess.TimeoutExpired, ValueError, KeyError, TypeError):
        return "advisories: NOT ASKED, the service did not answer; nothing is said about known faults", []
    answered = [one for one in told if "skip_reason" not in one]
    if not answered:
        return (
            f"advisories: NOT ASKED, none of {len(told)} packages is known to the service that answers here",
            [],
        )
    found = [
        f"{one['name']} {one['version']}: {fault['id']}, mended in {'、'.join(fault['fix_versions']) or 'nothing yet'}"
        for one in answered
        for fault in one["vulns"]
    ]
    return f"advisories: {len(answered)} of {len(told)} packages asked about, {len(found)} known", found
