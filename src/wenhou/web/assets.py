"""Where the built style, script and fonts are: `frontend/build.mjs` stamps each name with what is in the file."""

import json
from functools import cache
from pathlib import Path
from typing import Any

BUILT = Path(__file__).parent / "static" / "built"


@cache
def manifest() -> dict[str, Any]:
    """Plain name → stamped name, and the fonts a page loads first. Empty where nothing has been built yet."""
    kept = BUILT / "manifest.json"
    return json.loads(kept.read_text()) if kept.exists() else {}


def built(name: str) -> str:
    """Path below the static root, e.g. 'wenhou.css' → 'built/wenhou.58751fb55d.css'."""
    return f"built/{manifest().get(name, name)}"


def preloaded() -> list[str]:
    """Paths of the fonts that every page needs at once."""
    return [f"built/{name}" for name in manifest().get("preload", [])]
