"""Sealed bytes, data keys, the master key: what opens, and what is refused in one sentence."""

import base64
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenhou.base.errors import WenhouError
from wenhou.base.models import DataKey
from wenhou.base.secrets import keys, master, sealing
from wenhou.base.secrets.sealing import Algorithm

CIPHERS = st.sampled_from([Algorithm.AES, Algorithm.SM4])


@given(CIPHERS, st.binary(max_size=300), st.binary(max_size=50))
def test_what_is_sealed_opens_and_is_another_each_time(
    algorithm: Algorithm, value: bytes, bound: bytes
) -> None:
    key = sealing.new_key(algorithm)
    first, second = (sealing.seal(algorithm, key, value, bound) for _ in range(2))
    assert first != second
    assert len(first) == len(value) + 28
    assert sealing.unseal(algorithm, key, first, bound) == value


@given(CIPHERS, st.binary(max_size=40), st.data())
def test_one_bit_of_it_changed_or_cut_short_or_elsewhere_does_not_open(
    algorithm: Algorithm, value: bytes, data: st.DataObject
) -> None:
    key = sealing.new_key(algorithm)
    sealed = sealing.seal(algorithm, key, value, b"table.column")
    place = data.draw(st.integers(0, len(sealed) * 8 - 1))
    spoilt = bytearray(sealed)
    spoilt[place // 8] ^= 1 << place % 8
    cut = sealed[: data.draw(st.integers(0, len(sealed) - 1))]
    for wrong, bound in ((bytes(spoilt), b"table.column"), (cut, b"table.column"), (sealed, b"table.other")):
        with pytest.raises(WenhouError, match=r"^密文打不开：.*。$"):
            sealing.unseal(algorithm, key, wrong, bound)


def test_algorithms_agree_with_published_vectors() -> None:
    """HMAC-SHA-256: RFC 4231, case 2. SM4-GCM: RFC 8998, A.1. AES-256-GCM: NIST's test case 16 of the GCM specification."""
    assert (
        sealing.digests(Algorithm.HMAC_SHA256, b"Jefe", [b"what do ya want for nothing?"])[0].hex()
        == "5bdcc146bf60754e6a042426089575c7"
    )
    sm4 = bytes.fromhex(
        "00001234567800000000ABCD"
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )
    opened = sealing.unseal(
        Algorithm.SM4,
        bytes.fromhex("0123456789ABCDEFFEDCBA9876543210"),
        sm4,
        bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2"),
    )
    assert (
        opened.hex().upper()
        == "A" * 16 + "B" * 16 + "C" * 16 + "D" * 16 + "E" * 16 + "F" * 16 + "E" * 16 + "A" * 16
    )
    aes = bytes.fromhex(
        "cafebabefacedbaddecaf888"
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b"
    )
    opened = sealing.unseal(
        Algorithm.AES,
        bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2),
        aes,
        bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
    )
    assert opened.hex() == (
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525"
        "b16aedf5aa0de657ba637b39"
    )


@pytest.mark.django_db
@pytest.mark.parametrize("cipher", ["AES", "SM4"])
def test_a_key_of_its_own_for_each_purpose_and_old_ones_are_read(settings: Any, cipher: str) -> None:
    settings.WENHOU_CIPHER = cipher
    first = keys.seal_text("phone", "13900000001", "t.phone")
    assert first[0] == Algorithm[cipher]
    number = int.from_bytes(first[1:5], "big")
    assert DataKey.objects.get(pk=number).purpose == "phone"
    assert keys.seal_text("phone", "x", "t.phone")[1:5] == first[1:5]
    assert keys.seal_text("account", "x", "t.phone")[1:5] != first[1:5]
    after = keys.renew("phone", master.suite())
    assert after.number != number
    assert keys.seal_text("phone", "x", "t.phone")[:5] == keys.HEAD.pack(after.algorithm, after.number)
    keys.forget()
    assert keys.open_text(first, "t.phone") == "13900000001"
    with pytest.raises(WenhouError, match="密文打不开"):
        keys.open_text(first, "t.account")
    with pytest.raises(WenhouError, match="密文打不开"):
        keys.open_text(bytes([3 - first[0]]) + first[1:], "t.phone")
    with pytest.raises(WenhouError, match="数据钥匙不在库中"):
        keys.open_text(first[:1] + b"\xff\xff\xff\xff" + first[5:], "t.phone")


@pytest.mark.django_db
def test_the_other_cipher_is_read_after_a_change(settings: Any) -> None:
    settings.WENHOU_CIPHER = "SM4"
    sealed, mark = keys.seal_text("phone", "1", "t.phone"), keys.blind("phone", "1")
    settings.WENHOU_CIPHER = "AES"
    assert keys.seal_text("phone", "1", "t.phone")[0] == Algorithm.AES
    assert keys.open_text(sealed, "t.phone") == "1"
    assert keys.blind("phone", "1") == mark


@pytest.mark.django_db
def test_equal_values_are_found_by_equal_marks_however_they_are_written() -> None:
    mark = keys.blind("identity_number", "64010419800101002X")
    assert len(mark) == 16
    assert keys.blind("identity_number", " 640104-19800101-002ｘ") == mark
    assert keys.blind("identity_number", "640104198001010021") != mark
    assert keys.blind("phone", "64010419800101002X") != mark


@pytest.mark.django_db
def test_without_the_master_key_nothing_opens_and_none_is_made_in_its_place(
    settings: Any, tmp_path: Path
) -> None:
    settings.WENHOU_MASTER_KEY_FILE = tmp_path / "kept" / "master_key"
    DataKey.objects.all().delete()
    sealed = keys.seal_text("phone", "1", "t.phone")
    assert settings.WENHOU_MASTER_KEY_FILE.stat().st_mode & 0o777 == 0o600
    kept = settings.WENHOU_MASTER_KEY_FILE.read_bytes()
    keys.forget()
    settings.WENHOU_MASTER_KEY_FILE.unlink()
    for act in (lambda: keys.open_text(sealed, "t.phone"), lambda: keys.seal_text("other", "1", "t.other")):
        with pytest.raises(WenhouError, match="没有主钥匙"):
            act()
    assert not settings.WENHOU_MASTER_KEY_FILE.exists()
    settings.WENHOU_MASTER_KEY_FILE.write_bytes(base64.b64encode(os.urandom(32)))
    with pytest.raises(WenhouError, match="别人也读得到"):
        keys.open_text(sealed, "t.phone")
    settings.WENHOU_MASTER_KEY_FILE.chmod(0o600)
    with pytest.raises(WenhouError, match="不是由现在这把主钥匙封的"):
        keys.open_text(sealed, "t.phone")
    settings.WENHOU_MASTER_KEY_FILE.write_text("no key")
    with pytest.raises(WenhouError, match="44个字符"):
        keys.open_text(sealed, "t.phone")
    settings.WENHOU_MASTER_KEY_COMMAND = f"echo {kept.decode().strip()}"
    assert keys.open_text(sealed, "t.phone") == "1"
    keys.forget()
    settings.WENHOU_MASTER_KEY_COMMAND = "false"
    with pytest.raises(WenhouError, match="没有给出主钥匙"):
        keys.open_text(sealed, "t.phone")
