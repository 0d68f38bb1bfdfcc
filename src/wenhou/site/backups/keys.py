"""The backups' key: 32 bytes in a file of its own. Whoever has it and the backups reads them; without it nobody does."""

import base64
import binascii
import hashlib
import hmac
import os
from pathlib import Path

from wenhou.base.errors import Refused, WenhouError

LENGTH = 32
CONTEXT = b"wenhou backup object"
LOST = "没有备份钥匙 {path}：请放回另存的那一份（权限0600），或用 --key 指出它在哪里。没有它，备份打不开。"
MADE = "新做了备份钥匙 {path}：请马上抄一份存到别处，与备份分开；没有它，备份打不开。"


def path_in(home: Path) -> Path:
    return Path(os.environ.get("WENHOU_BACKUP_KEY") or home / "backup_key")


def read(path: Path) -> bytes:
    """Raises Refused where there is none, or others may read it."""
    if not path.exists():
        raise Refused(LOST.format(path=path))
    if path.stat().st_mode & 0o077:
        raise Refused(f"备份钥匙 {path} 别人也读得到：请改为只许属主读写（chmod 600）。")
    try:
        key = base64.b64decode(path.read_text("ascii", "replace").strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != LENGTH:
        raise WenhouError(f"{path}不是备份钥匙：应是32字节的base64（44个字符）。")
    return key


def make(path: Path) -> bytes:
    """A new one, 0600."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(base64.b64encode(os.urandom(LENGTH)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return read(path)


def name_of(key: bytes, path: Path) -> str:
    """By which a file's content is kept once, and which tells nobody without the key what it is."""
    told = hmac.new(key, CONTEXT, hashlib.sha256)
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            told.update(chunk)
    return told.hexdigest()
