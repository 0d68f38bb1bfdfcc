"""The locks: every requirement at one version with its hashes, from no named index, and installed as it is locked."""

import json
import re
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PIN = re.compile(r"(?P<name>[A-Za-z0-9_.-]+)(\[[^]]*\])?==(?P<version>[^ ;\\]+)(?P<marker> ; [^\\]*)?")
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
NPM = ROOT / "frontend" / "package-lock.json"


def canonical(name: str) -> str:
    """A name as PEP 503 writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: Path) -> dict[str, set[str]]:
    """Name → versions of what a lock has, for this kind of machine or another."""
    found: dict[str, set[str]] = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        if one := PIN.match(line):
            found.setdefault(canonical(one["name"]), set()).add(one["version"])
    return found


def faults() -> Iterator[str]:
    """Whatever is wrong with the locks, a line each."""
    for lock in LOCKS:
        yield from _of_lock(lock)
    yield from _of_npm(json.loads(NPM.read_text(encoding="utf-8"))["packages"])
    yield from _of_environment()


def _of_lock(lock: Path) -> Iterator[str]:
    entries = re.split(r"\n(?=[A-Za-z0-9])", lock.read_text(encoding="utf-8").strip())
    for entry in entries:
        name = entry.split("=", 1)[0][:40]
        if not PIN.match(entry):
            yield f"{lock.name}: {name} is not pinned to one version"
        elif "--hash=sha256:" not in entry:
            yield f"{lock.name}: {name} has no hash"
        if "://" in entry or "index-url" in entry:
            yield f"{lock.name}: {name} names an address"


def _of_npm(packages: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    for name, told in packages.items():
        if name and not str(told.get("integrity", "")).startswith("sha512-"):
            yield f"{NPM.name}: {name} has no hash"
        if told.get("resolved"):
            yield f"{NPM.name}: {name} names an address"


def _of_environment() -> Iterator[str]:
    """What is installed for the product is what its lock says."""
    there = {canonical(one.metadata["Name"]): one.version for one in metadata.distributions()}
    for name, versions in pins(ROOT / "requirements" / "app.txt").items():
        if name in there and there[name] not in versions:
            yield f"app.txt: {name} {' or '.join(versions)} is locked, {there[name]} is installed"
