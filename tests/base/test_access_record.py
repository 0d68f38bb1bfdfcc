"""A person's own access record: complete, and each line proven to whoever has only the file and the public key."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from base.auditing import tamper
from desk import factories
from wenhou.base import clock
from wenhou.base.actions import sealing
from wenhou.base.audit import checking, verifying
from wenhou.lake.models import SamePerson
from wenhou.site import cli
from wenhou.staff import access_record
from wenhou.staff.models import Look


@pytest.fixture
def looked(audit: Path) -> Path:
    """Two looks at person 7, the second by the key it was merged from, and one at somebody else."""
    factories.places()
    officer = factories.account()
    SamePerson.objects.create(absorbed=70, kept=7)
    for person, page in ((7, "alert:YJ1"), (8, "alert:YJ2"), (70, "doubt:3")):
        Look.objects.create(
            account=officer, person=person, page=page, shown="identity", purpose="走访前核对", at=clock.now()
        )
    sealing.seal()
    return audit


def test_every_look_at_a_person_is_told_by_any_of_their_keys(looked: Path) -> None:
    for key in (7, 70):
        assert [(one.page, one.purpose) for one in access_record.of(key)] == [
            ("alert:YJ1", "走访前核对"),
            ("doubt:3", "走访前核对"),
        ]
    assert [one.page for one in access_record.of(8)] == ["alert:YJ2"]
    assert access_record.of(9) == []


def test_a_look_taken_out_of_the_table_is_told_all_the_same(looked: Path) -> None:
    Look.objects.filter(person=7).delete()
    assert [one.page for one in access_record.of(7)] == ["alert:YJ1", "doubt:3"]
    tamper("delete from base_audit where strpos(change, 'alert:YJ1') > 0")
    assert verifying.verify().wrong.endswith("号记录不见了（第1号封印）。")


def test_the_record_is_checked_elsewhere_with_the_public_key_alone(
    looked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, key = tmp_path / "record.json", Path(f"{looked}.pub").read_text().strip()
    assert cli.main(["audit", "record", "7", "--to", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["looks"]
    assert [(one["page"], one["proof"]) for one in told] == [("alert:YJ1", "有"), ("doubt:3", "有")]
    assert [len(proof["path"]) for proof in json.loads(file.read_text())["proofs"]] == [3, 2]
    checked = _checked(file, key)
    assert checked.returncode == 0
    assert [json.loads(line)["table_name"] for line in checked.stdout.splitlines()] == ["staff_look"] * 2
    file.write_text(file.read_text().replace("走访前核对", "随便看看"))
    checked = _checked(file, key)
    assert (checked.returncode, checked.stderr) == (1, "这条记录不在封印之内，证明不成立。\n")


def _checked(file: Path, key: str) -> "subprocess.CompletedProcess[str]":
    """Where there is no Django to be had: the check needs none."""
    words = "import sys; sys.modules['django'] = None; from wenhou.base.audit import checking; sys.exit(checking.main())"
    return subprocess.run(
        [sys.executable, "-c", words, str(file), "--key", key], capture_output=True, text=True, check=False
    )


def test_what_is_not_sealed_yet_says_so(looked: Path) -> None:
    Look.objects.create(
        account_id=Look.objects.values_list("account", flat=True)[0], person=8, page="alert:YJ9", shown="identity",
        purpose="再看一次", at=clock.now(),
    )  # fmt: skip
    proofs: list[Any] = [one.proof for one in access_record.of(8)]
    assert proofs[1] is None
    assert checking.check(proofs[0], key=Path(f"{looked}.pub").read_text().strip())["act"] == "insert"
