"""build/sbom.json: the product's bill of materials in CycloneDX, made of what is installed and of the locks."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from supply import locks

BUILD = locks.ROOT / "build"
INSTALLED, BILL = BUILD / "installed.json", BUILD / "sbom.json"
"""What cyclonedx-py tells of the whole environment, tools of the suite included; and what of it the product carries."""


def written() -> list[dict[str, Any]]:
    """Write the bill; gives its components."""
    bill = json.loads(INSTALLED.read_text(encoding="utf-8"))
    carried = locks.pins(locks.ROOT / "requirements" / "app.txt")
    kept = [one for one in bill["components"] if locks.canonical(one["name"]) in carried]
    bill["components"] = kept + list(_assets())
    refs = {one["bom-ref"] for one in bill["components"]}
    bill["dependencies"] = [
        one | {"dependsOn": [on for on in one.get("dependsOn", []) if on in refs]}
        for one in bill.get("dependencies", [])
        if one["ref"] in refs
    ]
    BILL.write_text(json.dumps(bill, ensure_ascii=False, indent=1), encoding="utf-8")
    return list(bill["components"])


def _assets() -> Iterator[dict[str, Any]]:
    """What pages are built of, not what builds them."""
    packages = json.loads(Path(locks.NPM).read_text(encoding="utf-8"))["packages"]
    for path, told in packages.items():
        if path and not told.get("dev"):
            name = path.rpartition("node_modules/")[2]
            purl = f"pkg:npm/{name.replace('@', '%40')}@{told['version']}"
            said = [{"expression": told["license"]}] if told.get("license") else []
            named = {"type": "library", "bom-ref": purl, "purl": purl, "name": name}
            yield {**named, "version": told["version"], "licenses": said}
