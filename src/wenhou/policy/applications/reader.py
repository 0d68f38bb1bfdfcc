"""From a plain mapping to an `Application`: every key known, every value checked, every fault collected."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from wenhou.divisions import codes
from wenhou.engine.declared import Fact, Link
from wenhou.engine.nodes import Value
from wenhou.engine.words import DEFAULT, Book
from wenhou.policy.applications import completing, days, places, plausible
from wenhou.policy.applications.faults import Faults, as_seen, has_unseen, is_identity_like, said
from wenhou.policy.applications.model import HOME, Application
from wenhou.policy.applications.values import Values
from wenhou.policy.applications.vocabulary import ALL, KEYS, SUPPORTS, Said, asked_of_all, vocabulary

MOST_PEOPLE = 60
_GUIDE = "请照 docs/reference/household.md 改"
_DIVISIONS = (4, 6, 9, 12)


def read(document: Any, *, as_of: date | None = None, book: Book = DEFAULT) -> Application:
    """The household of a document, as YAML or JSON gave it. as_of: asked about instead of the document's 日期.

    Raises ApplicationFault with every fault that could be told apart.
    """
    return _Reader(book).read(document, as_of)


class _Reader:
    """Reads one document."""

    def __init__(self, book: Book) -> None:
        self._book, self._words = book, vocabulary(book)
        self._faults = Faults()

    def read(self, document: Any, as_of: date | None) -> Application:
        top = self._top(document)
        self._faults.check()
        day = self._day(top.get("as_of"), as_of)
        place = self._place(top.get("division"), day)
        self._faults.check()
        self._values = Values(self._faults, day)
        asked = self._asked(top.get("asked"), day)
        written = self._everybody(top)
        home = self._home(top, place)
        standards = self._standards(top.get("standards"))
        authorised = self._yes_or_no("授权", top.get("authorised"))
        note = self._note(top.get("note"))
        self._faults.check()
        people = completing.people(written, authorised, frozenset(asked), self._book, self._faults)
        home_told = completing.told(home, "household", frozenset(asked), self._book, self._faults, HOME)
        plausible.check(people, self._book, self._faults, day)
        self._faults.check()
        links = frozenset(link.name for link in self._book.links)
        remarks = (*plausible.late_answers(asked, day), *plausible.young_marriages(people, day))
        return Application(note, day, place, asked, home_told, people, links, standards, remarks)

    def _top(self, document: Any) -> dict[str, Any]:
        if not isinstance(document, Mapping):
            self._faults.add("文件不是一户", "最外层应是“人员”“本户”这样的键和值", _GUIDE)
            return {}
        english = set(KEYS.values())
        top: dict[str, Any] = {}
        for key, value in document.items():
            name = KEYS.get(key, key) if isinstance(key, str) else str(key)
            if name not in english:
                hint = self._faults.nearest(key, KEYS)
                self._faults.add(f"不认识“{said(key)}”", "不认识的内容不能当作没写", f"{hint}{_GUIDE}或删去")
            elif name in top:
                self._faults.add(
                    f"“{said(key)}”写了两次（中英文各一次）", "两次说法哪个算数无从知道", "请只留一处"
                )
            top[name] = value
        return top

    def _day(self, told: Any, as_of: date | None) -> date:
        if told is not None and not isinstance(told, date):
            told = self._iso("日期", told)
        day = as_of or told
        if day is None and not self._faults:
            self._faults.add(
                "没有说问的是哪一天", "标准和规则都随日期而定", "请写“日期: 2025-10-15”或给出 --as-of"
            )
        if day is not None and not days.is_askable(day):
            self._faults.add(f"日期“{day}”问得太远", f"只答{days.FIRST}年至{days.LAST}年", "请核对年份")
        return day or date.min

    def _iso(self, label: str, told: Any) -> date | None:
        found = days.read(told) if isinstance(told, str) else None
        if found is None:
            self._faults.add(f"{label}“{said(told)}”不是日期", "历法上没有这样的一天", "请写成 2025-10-15")
        return found

    def _place(self, told: Any, day: date) -> str:
        code = codes.prefix(told) if isinstance(told, str) and codes.is_code(told) else ""
        if len(code) not in _DIVISIONS:
            self._faults.add(
                f"区划“{said(told)}”不是区划代码" if told is not None else "没有写区划",
                "标准按地方而定",
                '请写带引号的4、6、9或12位代码，例如 区划: "640104"',
            )
            return ""
        why_not = places.why_not(code, day)
        if why_not is not None:
            self._faults.add(f"区划“{code}”不是一个地方", why_not, "请核对区划代码")
        return code

    def _note(self, told: Any) -> str:
        if told is None:
            return ""
        if not isinstance(told, str) or len(told) > 500 or is_identity_like(told) or has_unseen(told):
            self._faults.add(
                "说明不是一句话",
                "它会印在结果上，不能有证件号码、换行和看不见的字符，也不能超过500字",
                "请改写说明",
            )
            return ""
        return told

    def _asked(self, told: Any, day: date) -> dict[str, date | None]:
        every = asked_of_all(self._book)
        if told is None:
            return {}
        if isinstance(told, str) and told in ALL:
            return dict.fromkeys(sorted(every))
        if not isinstance(told, list | Mapping):
            self._faults.add(
                f"已核对“{said(told)}”读不懂", "要知道哪些来源答复过", "请写 全部，或 [DI26, DI47, 申报]"
            )
            return {}
        found = {source: self._answered(source, told) for source in told if self._is_source(source)}
        for source, answered in found.items():
            if answered is not None and answered > day:
                self._faults.add(
                    f"{source}的答复日“{answered}”晚于所问的{day}", "还没有答复的不能算已核对", "请核对答复日"
                )
        return found

    def _is_source(self, source: Any) -> bool:
        if isinstance(source, str) and source in self._words.sources:
            return True
        hint = self._faults.nearest(source, sorted(self._words.sources))
        self._faults.add(f"已核对里的“{said(source)}”不是来源", "没有事实出自它", f"{hint}{_GUIDE}")
        return False

    def _answered(self, source: str, told: Any) -> date | None:
        day = told[source] if isinstance(told, Mapping) else None
        if day is not None and not isinstance(day, date):
            day = self._iso(f"{source}的答复日", day)
        return day

    def _everybody(self, top: Mapping[str, Any]) -> dict[str, dict[str, Value]]:
        family, supporters = (
            self._section("人员", top.get("persons")),
            self._section("义务人", top.get("supporters")),
        )
        for name in family.keys() & supporters.keys():
            self._faults.add(
                f"“{said(name)}”既在人员又在义务人里",
                "同一个人写了两次",
                "义务人只写不共同生活的，请删去一处",
            )
        if len(family) + len(supporters) > MOST_PEOPLE:
            self._faults.add(f"超过{MOST_PEOPLE}人", "这不像一户", "请只写一户的人")
            return {}
        names = [*family, *supporters]
        self._check_names(names)
        found = {name: self._person(name, facts, names) for name, facts in family.items()}
        self._check_supports(found)
        self._check_applicant(found)
        for rank, (name, facts) in enumerate(supporters.items(), start=1):
            if name not in found:
                found[name] = self._supporter(name, self._person(name, facts, names), rank, list(family))
        return {
            name: values | ({} if "is_supporter" in values else {"is_supporter": False})
            for name, values in found.items()
        }

    def _section(self, label: str, told: Any) -> Mapping[str, Any]:
        if told is None and label == "义务人":
            return {}
        if not isinstance(told, Mapping) or not (told or label == "义务人"):
            self._faults.add(f"{label}没有写人", "要知道有谁", f"请写成 {label}: {{王某: {{…}}}}")
            return {}
        return {name: facts for name, facts in told.items() if self._is_name(label, name)}

    def _is_name(self, label: str, name: Any) -> bool:
        if isinstance(name, str) and _is_nameable(name):
            return True
        self._faults.add(
            f"{label}里的名字“{said(name)}”不能用",
            "名字会印在结果上，不能是空白，不能有证件号码、换行和看不见的字符，前后不能有空格",
            "请写20字以内的姓名",
        )
        return False

    def _check_names(self, names: Iterable[str]) -> None:
        seen: dict[str, str] = {}
        for name in names:
            other = seen.setdefault(as_seen(name), name)
            if other != name:
                self._faults.add(
                    f"“{said(name)}”和“{said(other)}”看起来是一个名字",
                    "两个人要分得清",
                    "请改其中一个，例如加上“大”“小”",
                )

    def _check_supports(self, family: Mapping[str, Mapping[str, Value]]) -> None:
        for name, values in family.items():
            if any(values.get(link) is not None for link in SUPPORTS):
                self._faults.add(
                    f"{said(name)}在人员里，却写了赡养扶养对象",
                    "共同生活的人之间不算赡养费",
                    "不共同生活的请移到“义务人”下，其余请删去",
                )

    def _check_applicant(self, family: Mapping[str, Mapping[str, Value]]) -> None:
        applicants = [name for name, values in family.items() if values.get("kinship") == "申请人"]
        if len(applicants) != 1 and not self._faults:
            what = "没有申请人" if not applicants else f"有{len(applicants)}个申请人"
            self._faults.add(what, "与申请人的关系决定谁计入家庭", "请给一个人写“与申请人关系: 申请人”")

    def _supporter(
        self, name: str, values: dict[str, Value], rank: int, family: list[str]
    ) -> dict[str, Value]:
        supported = [str(values[link]) for link in SUPPORTS if values.get(link) is not None]
        if not supported:
            self._faults.add(
                f"义务人{said(name)}没有赡养扶养对象", "不知道他对谁有义务", "请写“赡养扶养对象: 某人”"
            )
        if len(set(supported)) < len(supported):
            self._faults.add(f"义务人{said(name)}的对象写重了", "同一个人只能受养一次", "请删去重复的")
        for other in supported:
            if other not in family:
                self._faults.add(
                    f"义务人{said(name)}赡养的“{said(other)}”不在人员里",
                    "只算对本户的给付",
                    "请写人员中的一人",
                )
        if values.get("kinship") is not None:
            self._faults.add(
                f"义务人{said(name)}写了与申请人关系", "他不在这个家庭里", "请改写“对受养人的身份”"
            )
        return values | {"is_supporter": True, "supporter_rank": rank}

    def _person(self, name: str, facts: Any, names: list[str]) -> dict[str, Value]:
        values = self._facts(said(name), facts, "person")
        for link, other in list(values.items()):
            if not isinstance(self._book[link], Link) or other is None:
                continue
            if other == name:
                what, why, hint = "指的是他自己", "不能指自己", ""
            elif other not in names:
                what, why = f"指的“{said(other)}”找不到", "人员和义务人里没有这个人"
                hint = self._faults.nearest(other, [one for one in names if one != name])
            else:
                continue
            mend = f"{hint}请写文件中另一人的名字"
            self._faults.add(f"{said(name)}的“{self._book[link].label}”{what}", why, mend)
            del values[link]
        for fixed in ("is_supporter", "supporter_rank"):
            if fixed in values:
                self._faults.add(
                    f"{said(name)}写了“{self._book[fixed].label}”",
                    "它由所在的段和次序定",
                    "请删去，把人写到“人员”或“义务人”下",
                )
        return values

    def _facts(self, whose: str, told: Any, entity: str) -> dict[str, Value]:
        values: dict[str, Value] = {}
        if told is not None and not isinstance(told, Mapping):
            self._faults.add(
                f"{whose}的内容读不懂", "应是事实和值", f"{_GUIDE}，例如 {{出生日期: 1950-01-01}}"
            )
            return values
        for key, value in (told or {}).items():
            known = self._known(whose, key, entity)
            if known is None:
                continue
            if known.name in values:
                self._faults.add(
                    f"{whose}的“{said(key)}”写了两次（中英文各一次）",
                    "两次说法哪个算数无从知道",
                    "请只留一处",
                )
            values[known.name] = self._values.read(whose, known, value)
        return values

    def _known(self, whose: str, key: Any, entity: str) -> Said | None:
        known = self._words.of(entity).get(key) if isinstance(key, str) else None
        if known is None:
            self._faults.add(f"{whose}的“{said(key)}”不认识", *self._why_unknown(str(key), entity))
        return known

    def _why_unknown(self, key: str, entity: str) -> tuple[str, str]:
        other = "household" if entity == "person" else "person"
        if key in self._words.of(other):
            return "它是户的事实" if other == "household" else "它是个人的事实", (
                "请写到“本户”下" if other == "household" else "请写到那个人名下"
            )
        if key in self._book and not isinstance(self._book[key], Fact):
            return "它是规则的结果或标准，不能当作事实给出", "请删去"
        hint = self._faults.nearest(key, self._words.of(entity))
        return "不认识的事实不能当作没写", f"{hint}{_GUIDE}或删去"

    def _home(self, top: Mapping[str, Any], place: str) -> dict[str, Value]:
        home = self._facts(HOME, top.get("household"), "household")
        if "urban_rural" in top:
            if "urban_rural" in home:
                self._faults.add("城乡写了两次", "两次说法哪个算数无从知道", "请只留一处")
            known = self._words.household["urban_rural"]
            home["urban_rural"] = self._values.read(HOME, known, top["urban_rural"])
        here = {"household_division": place, "household_county": place[:6]} if len(place) >= 6 else {}
        return {name: code for name, code in here.items() if name in self._book} | home

    def _standards(self, told: Any) -> dict[str, Value]:
        return read_standards(told, self._words.standards, self._faults, self._values)

    def _yes_or_no(self, label: str, told: Any) -> bool | None:
        if told is None or told in ("不知道", "未知"):
            return None
        if told in ("是", "否") or isinstance(told, bool):
            return told in ("是", True)
        self._faults.add(
            f"{label}“{said(told)}”读不懂", "要知道计入的成员是否都授权了", "请写 是、否 或 不知道"
        )
        return None


def _is_nameable(name: str) -> bool:
    plain = name == name.strip() and not has_unseen(name) and not is_identity_like(name)
    return plain and len(name) <= 20 and as_seen(name) not in ("", HOME)


def read_standards(told: Any, known: Mapping[str, Any], faults: Faults, values: Values) -> dict[str, Value]:
    """Values of standards given with a case, by name."""
    found: dict[str, Value] = {}
    if told is not None and not isinstance(told, Mapping):
        faults.add("标准读不懂", "应是标准的名称和值", "请写成 标准: {dibao_rural: 500.00元}")
        return found
    for key, value in (told or {}).items():
        one = known.get(key) if isinstance(key, str) else None
        if one is None:
            hint = faults.nearest(key, known)
            faults.add(f"没有叫“{said(key)}”的标准", "规则不会用它", f"{hint}{_GUIDE}或删去")
            continue
        found[one.name] = values.read("标准", one, value)
    return found
