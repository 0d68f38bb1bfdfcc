"""Bytes sealed by a key: authenticated encryption (AES-256-GCM, SM4-GCM; GB/T 32907, GB/T 17964) and keyed digests. Pure.

A sealed value is `nonce (12) | ciphertext | tag (16)`. What it is bound to (which column, which row) is authenticated with it:
the same bytes elsewhere do not open.
"""

import os
from collections.abc import Iterable
from enum import IntEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hmac import HMAC

from wenhou.base.errors import WenhouError

NONCE, TAG, MARK = 12, 16, 16
SPOILT = "密文打不开：被改动过，或不是写在这一处的。请从备份中恢复这一行，并查明是谁改的。"


class Algorithm(IntEnum):
    """What a key is for; the number is written into what it seals."""

    AES = 1
    SM4 = 2
    HMAC_SHA256 = 3
    HMAC_SM3 = 4

    @property
    def key_length(self) -> int:
        """Bytes."""
        return 16 if self is Algorithm.SM4 else 32


def new_key(algorithm: Algorithm) -> bytes:
    return os.urandom(algorithm.key_length)


def seal(algorithm: Algorithm, key: bytes, value: bytes, bound: bytes) -> bytes:
    """nonce | ciphertext | tag, another each time."""
    nonce = os.urandom(NONCE)
    return nonce + encrypt(algorithm, key, nonce, value, bound)


def unseal(algorithm: Algorithm, key: bytes, sealed: bytes, bound: bytes) -> bytes:
    """What was sealed. Raises WenhouError where a bit of it, or what it is bound to, is another."""
    return decrypt(algorithm, key, sealed[:NONCE], sealed[NONCE:], bound)


def encrypt(algorithm: Algorithm, key: bytes, nonce: bytes, value: bytes, bound: bytes) -> bytes:
    """ciphertext | tag. A nonce of the caller's own: never twice with one key."""
    if algorithm is Algorithm.AES:
        return AESGCM(key).encrypt(nonce, value, bound)
    made = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    made.authenticate_additional_data(bound)
    return made.update(value) + made.finalize() + made.tag


def decrypt(algorithm: Algorithm, key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    """What `encrypt` sealed. Raises WenhouError as `unseal` does."""
    if len(nonce) < NONCE or len(sealed) < TAG:
        raise WenhouError(SPOILT)
    try:
        if algorithm is Algorithm.AES:
            return AESGCM(key).decrypt(nonce, sealed, bound)
        opened = Cipher(algorithms.SM4(key), modes.GCM(nonce, sealed[-TAG:])).decryptor()
        opened.authenticate_additional_data(bound)
        return opened.update(sealed[:-TAG]) + opened.finalize()
    except InvalidTag:
        raise WenhouError(SPOILT) from None


def digests(algorithm: Algorithm, key: bytes, values: Iterable[bytes]) -> list[bytes]:
    """The first 16 bytes of each value's HMAC (RFC 4868's truncation): what a value is found by without being told."""
    begun = HMAC(key, hashes.SM3() if algorithm is Algorithm.HMAC_SM3 else hashes.SHA256())
    made = []
    for value in values:
        one = begun.copy()
        one.update(value)
        made.append(one.finalize()[:MARK])
    return made
