"""The deployment's own Ed25519 key: made at first use, kept in a file that only its owner reads.

Beside it, in `<file>.pub`, stand all public keys there ever were, one a line, so that seals of an earlier key go on being
checked. Whoever can read the key can sign: what cannot be denied even by them is a checkpoint kept elsewhere.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from wenhou.base.audit.checking import name_of
from wenhou.base.errors import WenhouError


def sign(text: bytes) -> tuple[str, str]:
    """The key's name and the signature, hex."""
    key = _key()
    return name_of(key.public_key().public_bytes_raw()), key.sign(text).hex()


def key_name() -> str:
    """The name of the key that signs now; made where there is none yet."""
    return name_of(_key().public_key().public_bytes_raw())


def public_keys(more: Iterable[str] = ()) -> dict[str, bytes]:
    """Name → public key: those of this deployment and those given, in hex."""
    kept = _public_file()
    try:
        lines = kept.read_text().split() if kept.exists() else []
        keys = [bytes.fromhex(line) for line in (*lines, *more)]
    except ValueError:
        raise WenhouError("公钥要写成64位十六进制。") from None
    return {name_of(key): key for key in keys}


def _key() -> Ed25519PrivateKey:
    file = Path(settings.WENHOU_AUDIT_KEY)
    if not file.exists():
        _make(file)
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(file.read_text().strip()))
    except ValueError:
        raise WenhouError(f"{file}不是封印钥匙：请从备份取回，或移走它另起一把。") from None


def _make(file: Path) -> None:
    """Two processes at once make one key: whoever links first."""
    file.parent.mkdir(parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as writing:
        writing.write(key.private_bytes_raw().hex())
    try:
        os.link(fresh, file)
    except FileExistsError:
        return
    finally:
        fresh.unlink()
    with _public_file().open("a") as kept:
        kept.write(key.public_key().public_bytes_raw().hex() + "\n")


def _public_file() -> Path:
    return Path(f"{settings.WENHOU_AUDIT_KEY}.pub")
