"""A county with alerts, and its neighbour: rows as a run would have written them, made directly."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.core.cache import cache

from lake.known import know
from wenhou.base import clock
from wenhou.base.identity import check_digit, mask_id_number, mask_name
from wenhou.divisions import calendar
from wenhou.divisions import queries as divisions
from wenhou.divisions.models import Division
from wenhou.engine.reasons import Reason, answer_of, to_json, written
from wenhou.exchange.enums import Channel, DeliveryState
from wenhou.exchange.models import Delivery
from wenhou.lake import vault
from wenhou.monitoring.actions import overrides
from wenhou.monitoring.enums import AlertState, RunState
from wenhou.monitoring.models import Alert, AlertEvent, Gap, GapEvent, GapRun, Judgement, Override, Run
from wenhou.policy.actions import dry_runs, proposals
from wenhou.policy.models import DryRun, Proposal
from wenhou.policy.proposals.changes import Casework, CategoryEffect, Changes, Cliff, Move
from wenhou.policy.proposals.effects import CountyEffect, Effects, MonthEffect
from wenhou.registry import search
from wenhou.registry.models import Household, Membership, Person, PersonRecord
from wenhou.staff.actions import accounts
from wenhou.staff.enums import Role
from wenhou.staff.models import Account, Post
from wenhou.supervision.actions import requests
from wenhou.supervision.enums import Asker, RightKind
from wenhou.supervision.models import PersonalRequest

TODAY = date(2024, 11, 15)
PASSWORD = "xing-qing-2024"
COUNTY, NEIGHBOUR = "640104", "640105"
TOWN, VILLAGE = "640104101", "640104101010"
PLACES = {
    "640000000000": "宁夏回族自治区",
    "640100000000": "银川市",
    "640104000000": "兴庆区",
    "640104008000": "中山南街街道",
    "640104008006": "安和社区居委会",
    "640104101000": "大新镇",
    "640104101010": "燕祥社区居委会",
    "640104101011": "新水桥村委会",
    "640105000000": "西夏区",
    "640105005000": "宁华路街道",
    "640105005990": "农垦社区居委会",
}
KINDS = (
    ("D01", "主动发现", "年度自付43,186.40元，达到20,000.00元", 86),
    ("A02", "应退尽退", "3月1日死亡；3月发放1笔430.00元", 74),
    ("A06", "主动发现", "父服刑2年；母失联7个月", 72),
    ("D12", "主动发现", "有效残疾人证2本，其中二级1本", 55),
    ("D08", "主动发现", "肢体二级；近6个月无参保、无工资", 47),
    ("A14", "应调尽调", "出生满3个月；户内成员仍为2人", 42),
    ("D14", "救不够", "2024年度未缴；缴费期2月28日止", 33),
    ("D10", "救不够", "精神二级；发证41天；未见护理补贴", 24),
)
LAW = "《宁夏因病致贫重病患者认定办法》自付门槛：个人自付医疗费用由3万元调为2万元【源】"
SURNAMES, GIVEN = (
    "马王李张何纳陈丁白田杨赵",
    ("秀兰", "国", "玉花", "建军", "小龙", "英", "桂芳", "志强", "梅", "浩"),
)


def places() -> None:
    """The divisions of both counties."""
    Division.objects.bulk_create(
        [
            Division(
                code=code,
                level=_level(code),
                name=name,
                parent_code=_parent(code),
                valid_from=date(2005, 1, 1),
            )
            for code, name in PLACES.items()
        ],
        ignore_conflicts=True,
    )
    divisions.forget_names()
    cache.clear()


def _level(code: str) -> int:
    return 1 + sum(bool(code[a:b].strip("0")) for a, b in ((2, 4), (4, 6), (6, 9), (9, 12)))


def _parent(code: str) -> str:
    for length in (9, 6, 4, 2):
        above = code[:length].ljust(12, "0")
        if above != code and above in PLACES:
            return above
    return ""


def account(username: str = "officer", role: Role = Role.COUNTY_OFFICER, division: str = COUNTY) -> Account:
    """A member of staff holding one post since the spring."""
    names = {"officer": "马晓燕", "town": "纳强", "village": "杨芳", "neighbour": "李伟"}
    return accounts.open_account(
        username=username,
        full_name=names.get(username, username),
        password=PASSWORD,
        role=role,
        division=division,
        since=date(2024, 3, 1),
    )


def run(as_of: date = TODAY, **fields: Any) -> Run:
    """A finished run."""
    moment = datetime(as_of.year, as_of.month, as_of.day, 2, 14, tzinfo=clock.BEIJING)
    given = {
        "division": COUNTY,
        "state": RunState.DONE,
        "progress": 100,
        "started_at": moment - timedelta(minutes=1),
        "finished_at": moment,
        "persons": 20_000,
        "households": 7_412,
        "raised": 12,
        "cleared": 1,
        "counts": {"D01": {"yes": 12, "no": 19_900, "unknown": 88, "raised": 12, "cleared": 1}},
    }
    return Run.objects.create(as_of=as_of, **(given | fields))


def gap_run(as_of: date = TODAY, **fields: Any) -> GapRun:
    """A finished comparison of entitlement."""
    found = GapRun.objects.filter(as_of=as_of).first()
    given = {"state": RunState.DONE, "started_at": clock.now(), "finished_at": clock.now(), "counts": {}}
    return found or GapRun.objects.create(as_of=as_of, **(given | fields))


def gap(about: Alert, **fields: Any) -> Gap:
    """应享未享 of 低保, 690 yuan a month, of whom an alert is about."""
    number = 500_000 + Gap.objects.count()
    given: dict[str, Any] = {
        "number": f"QK2024{number}",
        "item": "YL01",
        "kind": "应享未享",
        "confidence": "判定",
        "period": "每月",
        "amount": 69_000,
        "reason": "按本次判定应享低保（整户或单人保），每月690.00元；查不到“已在册低保、特困，或正在申请”",
        "subject": f"h{number}",
        "person": about.person,
        "household": about.household,
        "county": about.division[:6],
        "division": about.division,
        "name_masked": about.name_masked,
        "id_masked": about.id_masked,
        "sex": about.sex,
        "age": about.age,
        "household_size": about.household_size,
        "opened_on": TODAY,
        "as_of": TODAY,
        "basis": {"is_owed_dibao": True, "dibao_owed": 69_000},
        "evidence_hash": "x",
        "run": gap_run(),
    }
    made = Gap.objects.create(**(given | fields))
    GapEvent.objects.create(gap=made, kind="opened", at=clock.now(), note=made.reason)
    return made


def id_no(number: int, *, born: date, female: bool) -> str:
    """A number with a right check digit under a prefix that was never assigned."""
    first17 = f"999999{born:%Y%m%d}{number % 500 * 2 + (0 if female else 1):03d}"
    return first17 + check_digit(first17)


def person(
    number: int, *, division: str = VILLAGE, name: str = "王秀兰", born: date = date(1963, 5, 2)
) -> Person:
    """Somebody in the registry, in a household of their own, with the vault's number."""
    text = id_no(number, born=born, female=True)
    key = vault.keys_of([text]).get(text) or know(number, text)
    found, fresh = Person.objects.get_or_create(key=key, defaults={"known_since": date(2024, 3, 1)})
    if not fresh:
        return found
    said = {
        "contract": "DI01",
        "delivery": delivery().pk,
        "line": number + 1,
        "as_of": date(2024, 10, 31),
        "recorded_at": clock.now(),
    }
    PersonRecord.objects.create(
        person=found,
        name=name,
        search=search.tokens(name),
        sex="2",
        nation="01",
        birth_date=born,
        hukou_division=division,
        hukou_address="燕祥社区3号楼2单元501室",
        hukou_type="家庭户",
        household_no=f"H{number:06d}",
        relation="01",
        status="正常",
        **said,
    )
    household = Household.objects.create(
        kind="residence", household_no=f"H{number:06d}", county=division[:6], known_since=date(2024, 3, 1)
    )
    Membership.objects.create(
        household=household, person=found, relation="01", since=date(2024, 3, 1), **said
    )
    return found


def delivery(
    number: str = "2024-10-01", division: str = COUNTY, contract: str = "DI29", **fields: Any
) -> Delivery:
    """A file that was loaded."""
    moment = datetime(2024, 11, 14, 9, 30, tzinfo=clock.BEIJING)
    given = {
        "period_from": date(2023, 11, 1),
        "period_to": date(2024, 10, 31),
        "mode": "full",
        "file_name": f"{contract}.csv",
        "sha256": "0" * 64,
        "size": 1_200_345,
        "channel": Channel.DESK,
        "state": DeliveryState.LOADED,
        "stage": "装入完成",
        "progress": 100,
        "rows_read": 18_210,
        "rows_loaded": 18_204,
        "rows_rejected": 6,
        "reject_reasons": {"身份证号校验位不符": 6},
        "received_at": moment,
        "started_at": moment,
        "finished_at": moment + timedelta(seconds=4),
    }
    found, _ = Delivery.objects.get_or_create(
        contract=contract, number=number, division=division, defaults=given | fields
    )
    return found


def reason(
    kind: str, name: str, label: str, value: Any, shown: str, *below: Reason, unit: str = "bool", **more: Any
) -> Reason:
    """One node of a tree."""
    answer = answer_of(value, unit)
    return written(kind, name, label, answer, value, shown, unit, ("person", 1), children=below, **more)


def costs() -> Reason:
    """D01's second condition: this year's costs are not known, those of twelve months reach the line."""
    line = reason("standard", "medical_oop_line", "年度自付门槛", 2_000_000, "20,000.00元", unit="fen")
    stays = reason(
        "fact", "stays", "近12个月住院自付", 3_891_270, "38,912.70元", unit="fen", sources=("DI29",)
    )
    clinic = reason(
        "fact", "clinic", "近12个月门诊慢特病自付", 427_370, "4,273.70元", unit="fen", sources=("DI30",)
    )
    total = reason(
        "+", "+", "近12个月住院自付 + 门诊慢特病自付", 4_318_640, "43,186.40元", stays, clinic, unit="fen"
    )
    label = "近12个月住院和门诊慢特病自付 ≥ 年度自付门槛"
    reaches = reason(">=", ">=", label, True, "43,186.40 ≥ 20,000.00元", total, line)
    year = reason("fact", "year", "本年个人自付", None, "不知道", unit="fen", sources=("DI31",))
    this_year = reason(">=", ">=", "本年个人自付 ≥ 年度自付门槛", None, "不知道 ≥ 20,000.00元", year, line)
    return reason(
        "or", "or", "满足其一：本年自付达到门槛；近12个月自付达到门槛", True, "是", this_year, reaches
    )


def tree(code: str) -> dict[str, Any]:
    """A tree of reasons as the engine writes it: D01's own, whatever the indicator."""
    listed = reason("fact", "is_on_register", "在低收入人口库", False, "否", sources=("SA-ARCH",))
    outside = reason("not", "not", "并非：在低收入人口库", True, "是", listed)
    out = reason("rule", "is_out", "不在低收入人口库的六类里", True, "是", outside)
    formula = reason("and", "and", "同时满足：不在库；自付达到门槛", True, "是", out, costs())
    return to_json(reason("rule", code.lower(), "年度个人自付达到2万元", True, "是", formula, law=LAW))


def evidence(key: int, delivery_id: int) -> list[dict[str, Any]]:
    """The rows a judgement rested on."""
    return [
        {
            "contract": "DI29",
            "delivery": delivery_id,
            "line": line,
            "person": key,
            "fields": {
                "hospital": "银川市第一人民医院",
                "discharge": day,
                "diag_code": "C34.901",
                "self_pay": paid,
            },
        }
        for line, day, paid in ((104, "2024-03-21", 2_148_030), (2_208, "2024-01-08", 1_210_640))
    ]


def alert(number: int = 1, *, division: str = VILLAGE, made_in: Run | None = None, **fields: Any) -> Alert:
    """One alert with its judgement and its first line of history."""
    rng = random.Random(number)
    code, kind, headline, severity = KINDS[number % len(KINDS)]
    name = rng.choice(SURNAMES) + rng.choice(GIVEN)
    age = rng.randint(19, 84)
    known = fields.pop("person", None) or person(number, division=division, name=name).pk
    made_in = made_in or Run.objects.first() or run()
    subject = f"p{known}"
    judgement = Judgement.objects.create(
        run=made_in,
        indicator=code,
        subject=subject,
        as_of=made_in.as_of,
        rule_set="2024-11",
        tree=tree(code),
        evidence=evidence(known, delivery().pk),
    )
    due = calendar.add_working_days(TODAY, rng.randint(-3, 9))
    given = {
        "indicator": code,
        "alert_type": kind,
        "person": known,
        "household": None,
        "severity": severity,
        "colour": "红" if severity >= 70 else "黄" if severity >= 40 else "蓝",
        "name_masked": mask_name(name),
        "id_masked": mask_id_number(id_no(number, born=date(1963, 5, 2), female=True)),
        "sex": "2" if number % 2 else "1",
        "age": age,
        "household_size": rng.randint(1, 5),
        "standing": rng.choice(["", "", "低保", "低保边缘", "特困"]),
        "headline": headline,
        "state": AlertState.WAITING,
        "raised_on": TODAY - timedelta(days=rng.randint(0, 20)),
        "due_on": due,
        "basis": {"medical_paid_12m": 4_318_640},
        "evidence_hash": "0" * 64,
    } | fields
    made = Alert.objects.create(
        number=f"YJ2024{number:06d}",
        subject=subject,
        division=division,
        judgement=judgement,
        run=made_in,
        **given,
    )
    AlertEvent.objects.create(
        alert=made, kind="raised", at=datetime(2024, 11, 14, 2, 14, tzinfo=clock.BEIJING), detail={}
    )
    return made


def set_aside(alert: Alert, *, until: date | None = None) -> Override:
    """The alert's indicator set aside by an officer of its own county."""
    county = alert.division[:6]
    by = Account.objects.filter(posts__division=county).first() or account(f"chief-{county}", division=county)
    reason = "已两次入户核实，票据由他人冒用，医保部门正在追查。"
    return overrides.set_aside(alert, reason=reason, until=until, by=by, on=TODAY)


def right(person: int, *, kind: RightKind = RightKind.COPY, county: str = COUNTY) -> PersonalRequest:
    """What a county was asked by somebody about what is kept of them."""
    name = f"chief-{county}"
    taker = Account.objects.filter(username=name).first() or account(name, division=county)
    return requests.take(
        kind=kind,
        person=person,
        division=county.ljust(12, "0"),
        asker=Asker.SELF,
        shown="看了身份证原件",
        wish="想知道系统里存了我哪些信息",
        by=taker,
        on=TODAY,
    )


def post_of(holder: Account) -> Post:
    """The one post somebody holds."""
    return holder.posts.get()


def proposal(division: str = COUNTY, by: Account | None = None, **changes: Any) -> Proposal:
    """A drafted urban Dibao standard of 720 yuan from New Year."""
    content = proposals.Content(
        name="dibao_urban",
        division=division,
        since=date(2025, 1, 1),
        value="720.00",
        unit="元/月",
        document="兴民发〔2024〕31号",
        title="关于调整城市低保标准的通知",
    )
    maker = by or account(f"maker{division}", Role.POLICY_OFFICER, division)
    return proposals.propose(content=replace(content, **changes), by=maker, on=TODAY)


def effects() -> Effects:
    """What a dry run might find in both counties, 31 and 12 households gaining."""
    return Effects(
        as_of=TODAY,
        counties=(
            CountyEffect("640104", 400, 31, 0, 2, 1_820_000, 1_913_000),
            CountyEffect("640105", 380, 12, 1, 0, 1_500_000, 1_524_500),
        ),
        months=tuple(MonthEffect(f"2025-{month:02d}", 3_320_000, 3_437_500) for month in range(1, 13)),
        note="边缘家庭新增的核查另计。",
        changes=changes(),
    )


def changes() -> Changes:
    """How it comes about: nine households at the line come in, twenty-two get more, in two categories."""
    bins = {-10_000: (30, 600_000, 690_000), -5_000: (10, 100_000, 200_000), 0: (8, 0, 0)}
    return Changes(
        categories=(
            CategoryEffect("640104", "DB", 120, 22, 0, 1_820_000, 1_886_000, 66_000, 0),
            CategoryEffect("640104", "BY", 60, 9, 0, 0, 27_000, 27_000, 0),
            CategoryEffect("640105", "DB", 90, 12, 1, 1_500_000, 1_524_500, 25_000, 500),
        ),
        moves=(Move("BY", "DB", 9), Move("QT", "BY", 14), Move("BY", "不知道", 1)),
        cliff=tuple(Cliff(at, at + 5_000, *bins.get(at, (0, 0, 0))) for at in range(-15_000, 15_000, 5_000)),
        casework=Casework(opened=9, closed=1, adjusted=34, reviews_before=420, reviews_after=438),
    )


def reckoned(made: Proposal, by: Account | None = None) -> DryRun:
    """The same, kept with the proposal."""
    run = dry_runs.request(proposal=made, by=by or made.proposed_by, on=TODAY)
    return dry_runs.carry_out(run=run, on=TODAY, reckon=lambda _: effects())
