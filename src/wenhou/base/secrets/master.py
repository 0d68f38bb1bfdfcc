"""The master key: 32 bytes that never enter the database. It wraps data keys and does nothing else."""

import base64
import binascii
import os
import shlex
import subprocess
from functools import cache
from pathlib import Path

from django.conf import settings

from wenhou.base.errors import WenhouError
from wenhou.base.secrets.sealing import Algorithm, digests, seal, unseal

LENGTH = 32
PATIENCE = 30
"""Seconds that a command may take to print it."""
LOST = (
    "没有主钥匙，库里的密文打不开：请把备份的主钥匙放回 {path}（权限0600），或用 WENHOU_MASTER_KEY_FILE、"
    "WENHOU_MASTER_KEY_COMMAND 指出它在哪里。"
)
MALFORMED = (
    "主钥匙应是32字节的base64（44个字符）：请检查 WENHOU_MASTER_KEY_FILE 或 WENHOU_MASTER_KEY_COMMAND。"
)
OPEN = "主钥匙文件 {path} 别人也读得到：请改为只许属主读写（chmod 600）。"
ANOTHER = "数据钥匙不是由现在这把主钥匙封的：请换回原来的主钥匙，或用 wenhou secrets rewrap --old 改封。"


def wrap(secret: bytes, purpose: str, master: bytes | None = None) -> bytes:
    """A data key as the database keeps it: algorithm (1) | nonce | ciphertext | tag, bound to its purpose."""
    algorithm = suite()
    key = _derived(master or told(), algorithm)
    return bytes([algorithm]) + seal(algorithm, key, secret, purpose.encode())


def unwrap(wrapped: bytes, purpose: str, master: bytes | None = None) -> bytes:
    """The data key. Raises WenhouError where it was wrapped by another master key or for another purpose."""
    algorithm = Algorithm(wrapped[0])
    key = _derived(master or told(), algorithm)
    try:
        return unseal(algorithm, key, wrapped[1:], purpose.encode())
    except WenhouError:
        raise WenhouError(ANOTHER) from None


def suite() -> Algorithm:
    """What is sealed with from now on: AES-256-GCM, or SM4-GCM, by WENHOU_CIPHER."""
    try:
        return {"AES": Algorithm.AES, "SM4": Algorithm.SM4}[settings.WENHOU_CIPHER]
    except KeyError:
        raise WenhouError("WENHOU_CIPHER应为 AES 或 SM4。") from None


def digest() -> Algorithm:
    """What values are found by from now on: HMAC with SHA-256, or with SM3 beside SM4."""
    return Algorithm.HMAC_SM3 if suite() is Algorithm.SM4 else Algorithm.HMAC_SHA256


def told() -> bytes:
    """The master key of this deployment. Raises WenhouError where there is none."""
    command, path = settings.WENHOU_MASTER_KEY_COMMAND, Path(settings.WENHOU_MASTER_KEY_FILE)
    if command:
        return _printed(command)
    if not path.exists():
        raise WenhouError(LOST.format(path=path))
    return read(path)


def read(path: Path) -> bytes:
    """A master key of a file that only its owner may read."""
    if path.stat().st_mode & 0o077:
        raise WenhouError(OPEN.format(path=path))
    return _decoded(path.read_text(encoding="ascii", errors="replace"))


def is_lacking() -> bool:
    """Whether a first one is to be made: nobody named a place for it, and none lies in the usual one."""
    return not settings.WENHOU_MASTER_KEY_COMMAND and not Path(settings.WENHOU_MASTER_KEY_FILE).exists()


def make() -> None:
    """Make the file, 0600. Of several processes that do so at once one succeeds and all read the same."""
    path = Path(settings.WENHOU_MASTER_KEY_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(base64.b64encode(os.urandom(LENGTH)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass  # another process was first; its key is the one
    finally:
        temporary.unlink()


@cache
def _printed(command: str) -> bytes:
    """Asked once in a process: a vault or a password box may take its time."""
    try:
        done = subprocess.run(shlex.split(command), capture_output=True, timeout=PATIENCE, check=True)
    except (OSError, ValueError, subprocess.SubprocessError):
        raise WenhouError("WENHOU_MASTER_KEY_COMMAND没有给出主钥匙：请在服务器上运行这个命令看看。") from None
    return _decoded(done.stdout.decode("ascii", errors="replace"))


def _decoded(text: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        raise WenhouError(MALFORMED) from None
    if len(key) != LENGTH:
        raise WenhouError(MALFORMED)
    return key


def _derived(master: bytes, algorithm: Algorithm) -> bytes:
    """A key for each algorithm: none is used by two."""
    how = Algorithm.HMAC_SM3 if algorithm is Algorithm.SM4 else Algorithm.HMAC_SHA256
    halves = digests(how, master, [f"wrap {algorithm} {half}".encode() for half in "ab"])
    return b"".join(halves)[: algorithm.key_length]
