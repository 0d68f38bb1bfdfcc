"""Second factors are added once they have been seen to work, and each code is taken once."""

import secrets
from datetime import datetime

import pyotp
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from wenhou.base.errors import Refused
from wenhou.staff.enums import FactorKind
from wenhou.staff.models import Account, SecondFactor

ISSUER = "温厚"
SECONDS = 30
DRIFT = 1
"""Steps of 30 seconds that a phone's clock may be off, either way."""
CODES = 10
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_SALT = "wenhou.staff.paper"


def propose() -> str:
    """A new secret for an authenticator, base32; nothing is kept before a code proves that the phone has it."""
    return pyotp.random_base32()


def address(account: Account, secret: str) -> str:
    """What the QR code says (otpauth://)."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.username, issuer_name=ISSUER)


@transaction.atomic
def add_authenticator(*, account: Account, secret: str, code: str, name: str, at: datetime) -> SecondFactor:
    """Keep an authenticator whose code is right now. Raises Refused."""
    step = _step(secret, code, at)
    if step is None:
        raise Refused("动态口令不对：请核对手机时间，用最新的六位数再试。")
    return SecondFactor.objects.create(
        account=account,
        kind=FactorKind.TOTP,
        name=name[:40],
        secret=secret,
        last_step=step,
        added_at=at,
        used_at=at,
    )


@transaction.atomic
def print_codes(*, account: Account, at: datetime) -> list[str]:
    """Ten new codes for when the phone is gone; earlier ones hold no more. They are told once."""
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(8)) for _ in range(CODES)]
    account.factors.filter(kind=FactorKind.PAPER).delete()
    SecondFactor.objects.create(
        account=account, kind=FactorKind.PAPER, secret="\n".join(map(_digest, codes)), added_at=at
    )
    return [f"{code[:4]}-{code[4:]}" for code in codes]


@transaction.atomic
def prove(*, account: Account, code: str, at: datetime) -> bool:
    """Whether a code is right, of any of the account's factors; it is not taken again."""
    plain = code.strip().replace("-", "").replace(" ", "").upper()
    several = account.factors.select_for_update().order_by("pk")
    return any(_prove(factor, plain, at) for factor in several)


@transaction.atomic
def remove(*, account: Account, factor: int, code: str, at: datetime) -> None:
    """Take a factor away, on proof by a code of any. Raises Refused."""
    if not prove(account=account, code=code, at=at):
        raise Refused("验证码不对，没有移除。")
    account.factors.filter(pk=factor).delete()


def _prove(factor: SecondFactor, code: str, at: datetime) -> bool:
    if factor.kind == FactorKind.PAPER:
        return _prove_paper(factor, code, at)
    step = _step(factor.secret, code, at)
    if step is None or step <= factor.last_step:
        return False
    factor.last_step, factor.used_at = step, at
    factor.save(update_fields=["last_step", "used_at"])
    return True


def _prove_paper(factor: SecondFactor, code: str, at: datetime) -> bool:
    left = factor.secret.split("\n")
    found = [one for one in left if constant_time_compare(one, _digest(code))]
    if not found:
        return False
    factor.secret, factor.used_at = "\n".join(one for one in left if one not in found), at
    factor.save(update_fields=["secret", "used_at"])
    return True


def _step(secret: str, code: str, at: datetime) -> int | None:
    """The step whose code it is, near the moment."""
    now, generator = int(at.timestamp()) // SECONDS, pyotp.TOTP(secret)
    steps = (now + drift for drift in range(-DRIFT, DRIFT + 1))
    return next((step for step in steps if constant_time_compare(generator.generate_otp(step), code)), None)


def _digest(code: str) -> str:
    return salted_hmac(_SALT, code, algorithm="sha256").hexdigest()
