"""A judgement is given again to the same bytes, whatever became of the rules; one that was altered is named."""

import gzip
import json
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from policy.small_law import ask, book, determination, with_wages
from wenhou.base.errors import Refused
from wenhou.base.secrets.blocks import MAGIC
from wenhou.engine import person, phrases
from wenhou.lake import filekeys, sealed
from wenhou.policy.actions.judgements import freeze, keep, rule_set_path
from wenhou.policy.asking.determinations import Determination, Screen
from wenhou.policy.judging import judgements, replays
from wenhou.site import cli


@pytest.fixture(autouse=True)
def in_clear(settings: Any) -> None:
    """So that nothing but a judgement's own bytes decides; sealed it is as below."""
    settings.WENHOU_SEAL_LAKE = False


def results(*paths: Path) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.result, one.names) for one in replays.replay(paths)]


def test_a_judgement_replays_to_the_same_bytes() -> None:
    path = keep(determination())
    told = json.loads(path.read_bytes())
    assert path.parent.name == "2025-10-15"
    assert path.stem == told["sha256"]
    assert rule_set_path(told["rule_set"]).exists()
    assert [one["value"] for one in told["answers"] if one["name"] == "dibao_amount"] == [144700]
    assert results(path) == [("一致", ())]
    assert replays.kept() == [path]


@pytest.mark.django_db
def test_sealed_it_replays_to_the_same_bytes_until_its_key_is_destroyed(settings: Any) -> None:
    clear = keep(determination()).read_bytes()
    settings.WENHOU_SEAL_LAKE = True
    path, other = keep(determination()), keep(determination(**with_wages("1000.01元")))
    assert path.read_bytes().startswith(MAGIC)
    assert sealed.read_bytes(path) == clear
    assert results(path, other) == [("一致", ()), ("一致", ())]
    filekeys.destroy(sealed.numbers_under(path), on=date(2026, 3, 1), ground="保存期满")
    assert results(path, other) == [("已依法删除", ()), ("一致", ())]


def test_the_same_answer_is_the_same_bytes_and_another_is_not() -> None:
    assert freeze(determination()) == freeze(determination())
    assert freeze(determination()) != freeze(determination(**with_wages("1000.01元")))


@pytest.mark.django_db
def test_what_is_not_there_or_cannot_be_read_hides_no_other(tmp_path: Path) -> None:
    whole, gone, folder, loop = (
        keep(determination()),
        tmp_path / "a.json",
        tmp_path / "b.json",
        tmp_path / "c.json",
    )
    folder.mkdir()
    loop.symlink_to(loop)
    assert [one[0] for one in results(gone, folder, loop, whole)] == [
        "没有这个文件", "文件读不出来", "文件读不出来", "一致",
    ]  # fmt: skip
    assert cli.main(["rules", "replay", str(gone), str(whole)]) == 2


def test_a_judgement_takes_the_place_of_no_other_file(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    for _ in range(2):
        assert keep(determination(), to=path) == path
    written = path.read_bytes()
    with pytest.raises(Refused, match="已经有了，里面是别的内容：判定不覆盖已有的文件；请换一个文件名。"):
        keep(determination(**with_wages("1000.01元")), to=path)
    assert path.read_bytes() == written
    link = tmp_path / "link.json"
    link.symlink_to(path)
    with pytest.raises(Refused, match="不覆盖"):
        keep(determination(**with_wages("1000.01元")), to=link)
    assert path.read_bytes() == written


def test_a_judgement_outlives_a_change_of_the_rules() -> None:
    before = keep(determination(book()))
    changed = book(line_percent=1)
    after = determination(changed)
    assert after.category.value == "QT"
    assert freeze(after).rule_set != json.loads(before.read_bytes())["rule_set"]
    assert results(before, keep(after)) == [("一致", ()), ("一致", ())]


def test_a_rule_that_is_called_otherwise_later_replays_under_its_name_of_the_day() -> None:
    law = book()

    @law.rule(person, name="counts", since="2026-01")
    def counts(is_supporter: Any) -> Any:
        """以后的叫法."""
        return ~is_supporter

    found = determination(law)
    path = keep(found)
    assert "以后的叫法" not in path.read_text(encoding="utf-8")
    assert {one.label for one in found.of_people("counts")} == {"计入共同生活成员"}
    assert results(path) == [("一致", ())]


def test_a_screen_is_frozen_as_a_screen() -> None:
    found = ask(授权="否")
    assert isinstance(found, Screen)
    path = keep(found)
    told = json.loads(path.read_bytes())
    assert (told["outcome"], told["unauthorised"]) == ("screen", ["第1人", "第2人"])
    assert {one["name"] for one in told["answers"]} == {
        "seen_income_12m",
        "is_authorised_household",
        "counts",
    }
    assert results(path) == [("一致", ())]


def test_names_do_not_lie_in_the_lake_and_stand_in_ones_own_file(tmp_path: Path) -> None:
    found = determination(说明="兴庆区王某家")
    for path, named in ((keep(found), False), (keep(found, to=tmp_path / "own.json"), True)):
        text = path.read_text(encoding="utf-8")
        assert [name in text for name in ("王某", "李某", "兴庆区")] == [named] * 3
        assert results(path) == [("一致", ())]


def test_an_altered_judgement_is_named_with_what_was_altered() -> None:
    path = keep(determination())
    told = json.loads(path.read_bytes())
    for one in told["answers"]:
        if one["name"] == "dibao_amount":
            one["value"] = 999900
    path.write_text(json.dumps(told, ensure_ascii=False))
    assert results(path) == [("被改动", ("补差（本户）",))]


def test_an_altered_judgement_with_a_digest_of_its_own_still_differs() -> None:
    path = keep(determination())
    told = json.loads(path.read_bytes())
    told.pop("sha256")
    for one in told["answers"]:
        if one["name"] == "category":
            one["value"] = "QT"
    sealed = judgements._sealed(told)
    path.write_bytes(sealed.content)
    assert results(path) == [("不一致", ("类别（本户）",))]


def in_older_words(path: Path, *, version: int | None = 1) -> dict[str, Any]:
    """A judgement as an earlier wording told it: every step and every value in other words."""
    told = json.loads(path.read_bytes())

    def reworded(part: Any) -> Any:
        if isinstance(part, list):
            return [reworded(one) for one in part]
        if not isinstance(part, dict):
            return part
        made = {name: reworded(one) for name, one in part.items()}
        is_step = "kind" in made and made["kind"] not in ("rule", "fact", "standard")
        words = ("shown", "label") if is_step else ("shown",)
        return made | {name: f"旧：{made[name]}" for name in words if name in made}

    old = {name: reworded(part) for name, part in told.items() if name != "wording"}
    return old if version is None else old | {"wording": version}


@pytest.mark.parametrize("version", [None, 1])
def test_a_judgement_told_in_earlier_words_replays_in_those_words(version: int | None) -> None:
    path = keep(determination())
    path.write_bytes(resealed(in_older_words(path, version=version)))
    assert "旧：" in path.read_text(encoding="utf-8")
    assert results(path) == [("一致", ())]


def test_earlier_words_hide_no_other_value_and_no_other_label_of_the_law() -> None:
    path = keep(determination())
    old = in_older_words(path)
    for one in old["answers"]:
        if one["name"] == "dibao_amount":
            one["value"] = 999900
    path.write_bytes(resealed(old))
    assert results(path) == [("不一致", ("补差（本户）",))]
    path.unlink()
    old = in_older_words(keep(determination(), to=path))
    old["reasons"]["dibao_amount@本户"]["label"] = "别的"
    path.write_bytes(resealed(old))
    assert results(path) == [("不一致", ("理由",))]


def test_words_of_this_wording_are_the_same_to_the_byte() -> None:
    path = keep(determination())
    path.write_bytes(resealed(in_older_words(path, version=phrases.WORDING)))
    assert results(path)[0][0] == "不一致"


def test_who_changes_the_words_raises_the_wording() -> None:
    """Fails where the sentences are others and `phrases.WORDING` is not: then raise it, and renew this digest."""
    told = json.loads(freeze(determination(本户={"有汽车": "是", "汽车豁免理由": "无"})).content)
    said = [told["wording"], [one["shown"] for one in told["answers"]], _words(told["reasons"])]
    assert sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest() == (
        "b0b360678c006048f790f25c4d67012237a47c93e65b497b3a75212ddbe31f26"
    )


def _words(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part[name] for name in ("label", "shown") if name in part]
        return own + [word for one in part.values() for word in _words(one)]
    return [word for one in part for word in _words(one)] if isinstance(part, list) else []


def test_what_cannot_be_replayed_says_why(tmp_path: Path) -> None:
    path = keep(determination(), to=tmp_path / "one.json")
    rule_set_path(json.loads(path.read_bytes())["rule_set"]).unlink()
    replays._loaded.cache_clear()
    assert results(path) == [("缺规则", ())]
    for content in (b"", b"{}", b"[]", b"[" * 10**5, b'{"format": 9, "sha256": "", "rule_set": ""}'):
        path.write_bytes(content)
        assert results(path) == [("不是完整的冻结判定", ())]


def resealed(told: dict[str, Any]) -> bytes:
    return judgements._sealed({name: value for name, value in told.items() if name != "sha256"}).content


def changed(path: Path, *way: Any, to: Any) -> dict[str, Any]:
    """What a judgement says with one value, at the end of a way of keys, another."""
    told = json.loads(path.read_bytes())
    place = told
    for key in way[:-1]:
        place = place[key]
    place[way[-1]] = to
    return dict(told)


@pytest.mark.parametrize(
    ("way", "to"),
    [
        (("question",), None),
        (("question",), {}),
        (("question", "as_of"), "2025-02-30"),
        (("question", "people"), 3),
        (("question", "people", 0, "values"), [1]),
        (("question", "people", 0, "values", "wages_12m"), {"date": "x"}),
        (("question", "people", 0, "values", "wages_12m"), "much"),
        (("standards",), []),
        (("standards", "dibao_urban"), {"value": 1}),
    ],
)
def test_a_judgement_sealed_again_without_sense_is_named_and_hides_no_other(
    way: tuple[Any, ...], to: Any
) -> None:
    good, bad = keep(determination()), keep(determination(**with_wages("1.00元")))
    bad.write_bytes(resealed(changed(bad, *way, to=to)))
    assert results(bad, good) == [("不是完整的冻结判定", ()), ("一致", ())]


@pytest.mark.parametrize(
    ("told_as", "way", "to", "named"),
    [
        ("是", ("outcome",), "screen", "认定还是筛查"),
        ("是", ("unauthorised",), ["第1人"], "没有授权的人"),
        ("否", ("outcome",), "determination", "认定还是筛查"),
        ("否", ("unauthorised",), ["第2人"], "没有授权的人"),
        ("否", ("unauthorised",), [], "没有授权的人"),
    ],
)
def test_whether_it_is_a_screen_and_of_whom_is_judged_again(
    told_as: str, way: tuple[str, ...], to: Any, named: str
) -> None:
    path = keep(ask(授权=told_as))
    path.write_bytes(resealed(changed(path, *way, to=to)))
    assert results(path) == [("不一致", (named,))]


@pytest.mark.parametrize("harm", ["garbage", "cut", "other", "digest of garbage"])
def test_a_rule_set_that_is_broken_is_named(harm: str) -> None:
    path = keep(determination())
    rules = rule_set_path(json.loads(path.read_bytes())["rule_set"])
    content = rules.read_bytes()
    if harm == "digest of garbage":
        made = b"{}"
        rules = rule_set_path(sha256(made).hexdigest())
        rules.write_bytes(gzip.compress(made))
        path.write_bytes(resealed(changed(path, "rule_set", to=sha256(made).hexdigest())))
    else:
        harmed = {"garbage": b"x" * 99, "cut": content[:-20], "other": gzip.compress(b"{}")}[harm]
        rules.write_bytes(harmed)
    replays._loaded.cache_clear()
    assert results(path) == [("规则集损坏", (rules.name,))]


def test_a_judgement_names_no_rule_set_outside_its_folder() -> None:
    path = keep(determination())
    path.write_bytes(resealed(changed(path, "rule_set", to="../" * 200)))
    assert results(path) == [("缺规则", ())]


@pytest.mark.django_db
def test_the_command_replays_and_names_what_differs(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    good, bad = keep(determination()), keep(determination(), to=tmp_path / "bad.json")
    assert cli.main(["rules", "replay", "--all", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"replayed": 1, "same": 1}
    bad.write_bytes(bad.read_bytes().replace(b"144700", b"144701"))
    assert cli.main(["rules", "replay", str(good), str(bad)]) == 2
    assert capsys.readouterr().err.startswith("重放不符：bad.json 被改动（补差（本户）")
    assert cli.main(["rules", "replay", str(bad), "--json"]) == 2
    assert json.loads(capsys.readouterr().err)["same"] == 0


def test_a_judgement_holds_no_more_than_the_rules_read() -> None:
    found = determination()
    assert isinstance(found, Determination)
    told = judgements.read(freeze(found).content)
    assert sorted(told["question"]["people"][0]["values"]) == ["is_authorised", "is_supporter", "wages_12m"]
    assert sorted(told["standards"]) == ["dibao_urban"]
