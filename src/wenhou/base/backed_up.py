"""When the last good backup was: `WENHOU_HOME/backups.json`, written by whoever makes one, read by whoever asks."""

import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

FULL_WITHIN, ADDED_WITHIN = timedelta(hours=26), timedelta(minutes=10)
"""A whole one each night, what is added each minute; after this it is told as overdue (自拟)."""
NEVER = "从来没有备份过，请运维运行 wenhou backup。"


def note(home: Path, kind: str, at: datetime) -> None:
    """A good one. kind: full, or added to one."""
    told = {**_read(home), "added": at.isoformat(), "failure": ""}
    _write(home, {**told, kind: at.isoformat()})


def note_failure(home: Path, why: str) -> None:
    """One that came to nothing."""
    _write(home, {**_read(home), "failure": why})


def said(home: Path, now: datetime) -> tuple[bool, str]:
    """Whether backups are as they should be, and one sentence. A database of one's own is looked after elsewhere."""
    if os.environ.get("DATABASE_URL"):
        return True, "数据库是自己的，备份由它自己的办法管。"
    told = _read(home)
    full, added = _moment(told.get("full")), _moment(told.get("added"))
    if full is None or added is None:
        return False, NEVER
    when = f"全量备份于{full:%m-%d %H:%M}，此后的改动存到{added:%m-%d %H:%M}"
    if told.get("failure"):
        return False, f"上一次没有做成：{told['failure']}{when}。"
    if now - full > FULL_WITHIN:
        return False, f"{when}；全量备份太旧，请运维运行 wenhou backup。"
    if os.environ.get("WENHOU_BACKUP_TO") and now - added > ADDED_WITHIN:
        return False, f"{when}；此后的改动没有存上，请运维看后台任务。"
    return True, f"{when}。"


def _read(home: Path) -> dict[str, Any]:
    try:
        return dict(json.loads((home / "backups.json").read_text("utf-8")))
    except (FileNotFoundError, ValueError):
        return {}


def _write(home: Path, told: dict[str, Any]) -> None:
    half = home / f".backups.json.{os.getpid()}"
    half.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    half.replace(home / "backups.json")


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
