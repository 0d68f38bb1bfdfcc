"""A judgement: an answer frozen with all it followed from, so that it can be given again to the same bytes.

`body` holds the question (what is told, the standards), the digest of the rule set, the answers and the reasons;
`freeze` writes it as canonical JSON with its own SHA-256. The rule set itself is kept once, by digest.

Words change more often than law: a judgement says in which `wording` it was told. Given again in the same wording it
must be the same to the byte; told in an earlier one, all but the words must be, which are taken as they were told.
"""

import json
from collections.abc import Container, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from wenhou.base.errors import Refused
from wenhou.engine import phrases
from wenhou.engine.nodes import Value
from wenhou.engine.plan import Plan
from wenhou.engine.reasons import YES
from wenhou.policy import answers
from wenhou.policy.applications.model import Application, Told
from wenhou.policy.asking.determinations import (
    HOME_KEY,
    Answer,
    Determination,
    Screen,
    judged,
    unauthorised,
)
from wenhou.policy.asking.question import InForce, Question
from wenhou.policy.telling import trees

FORMAT = 1
_SIGNATURE = frozenset({"is_authorised", "is_supporter", "birth_date"})
"""What tells whose signature lacks, kept of a screen whatever its rules read."""


@dataclass(frozen=True)
class Judgement:
    """The bytes, their digest, and the digest of the rules that made them."""

    content: bytes
    sha256: str
    rule_set: str


def freeze(found: Determination | Screen, rule_set: str, plan: Plan, *, names: bool = True) -> Judgement:
    """The judgement of an answer. rule_set: digest of the answer's plan; plan: that plan as it comes back from the frozen.

    names: people's, and the note, are kept.
    """
    application = found.application if names else found.application.without_names()
    body = _body(replace(found.question, application=application, plan=plan), rule_set)
    return _sealed(body | {"wording": phrases.WORDING})


def again(content: bytes, plan: Plan) -> bytes:
    """The judgement made anew from its own question with the rules it names. Raises Refused where it is no judgement."""
    told = read(content)
    question = Question(
        application=_application(told["question"]),
        plan=plan,
        standards={name: _in_force(name, one) for name, one in told["standards"].items()},
    )
    made = _body(question, told["rule_set"])
    if told.get("wording") != phrases.WORDING:
        made = {name: _in_words_of(part, told.get(name)) for name, part in made.items()}
    if "wording" in told:
        made["wording"] = told["wording"]
    return _sealed(made).content


def _in_words_of(made: Any, told: Any) -> Any:
    """What is made anew, with the words in which it was told."""
    if isinstance(made, list) and isinstance(told, list) and len(made) == len(told):
        return [_in_words_of(one, other) for one, other in zip(made, told, strict=True)]
    if not isinstance(made, Mapping) or not isinstance(told, Mapping):
        return made
    words = [name for name in _worded(made) if isinstance(told.get(name), str)]
    anew = {name: _in_words_of(part, told.get(name)) for name, part in made.items()}
    return anew | {name: told[name] for name in words}


def _worded(part: Mapping[str, Any]) -> tuple[str, ...]:
    """What `phrases` words, beside the values that it words; the label of what is declared is the rule set's."""
    is_step = "kind" in part and part["kind"] not in trees.NAMED
    return ("shown", "label") if is_step else ("shown",) if "shown" in part else ()


def read(content: bytes) -> dict[str, Any]:
    """What a judgement says. Raises Refused."""
    try:
        told = json.loads(content)
        fits = (
            told["format"] == FORMAT and isinstance(told["sha256"], str) and isinstance(told["rule_set"], str)
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        fits = False
    if not fits:
        raise Refused("这个文件不是冻结的判定；请给出 wenhou rules determine --save 写的文件。")
    return told  # type: ignore[no-any-return]


def is_whole(content: bytes) -> bool:
    """Whether a judgement's bytes are those its own digest was made of."""
    told = read(content)
    sealed = told.pop("sha256")
    return sealed == _digest(told) and content == _canonical(told | {"sha256": sealed})


def _body(question: Question, rule_set: str) -> dict[str, Any]:
    found = judged(question)
    authorised = found.answers[answers.AUTHORISED, HOME_KEY].answer == YES
    kept = question.plan.rests_on if authorised else frozenset(question.plan.rests_on) | _SIGNATURE
    return {
        "format": FORMAT,
        "rule_set": rule_set,
        "outcome": "determination" if authorised else "screen",
        "unauthorised": [] if authorised else list(unauthorised(question.application, found)),
        "question": _question(question, kept),
        "standards": {name: _standard(one) for name, one in question.standards.items() if name in kept},
        "answers": [_answer(one) for one in found.answers.values()],
        "reasons": trees.told(question, found.reasons.values()),
    }


def _sealed(body: dict[str, Any]) -> Judgement:
    digest = _digest(body)
    return Judgement(_canonical(body | {"sha256": digest}), digest, body["rule_set"])


def _digest(body: dict[str, Any]) -> str:
    return sha256(_canonical(body)).hexdigest()


def _canonical(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _question(question: Question, kept: Container[str]) -> dict[str, Any]:
    asked = question.application
    return {
        "note": asked.note,
        "as_of": asked.as_of.isoformat(),
        "place": asked.place,
        "region": question.plan.region,
        "asked": {name: day and day.isoformat() for name, day in asked.asked.items()},
        "links": sorted(asked.links),
        "home": _told(asked.home, kept),
        "people": [{"name": name} | _told(told, kept) for name, told in asked.people.items()],
    }


def _told(told: Told, kept: Container[str]) -> dict[str, Any]:
    return {
        "values": {name: _typed(value) for name, value in told.values.items() if name in kept},
        "written": sorted(name for name in told.written if name in kept),
        "derived": sorted(name for name in told.derived if name in kept),
        "unknown": sorted(name for name in told.unknown if name in kept),
    }


def _typed(value: Value) -> Any:
    """JSON that remembers dates and decimals."""
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return {"number": str(value)} if isinstance(value, Decimal) else value


def _untyped(told: Any) -> Value:
    if not isinstance(told, Mapping):
        return told  # type: ignore[no-any-return]
    return date.fromisoformat(told["date"]) if "date" in told else Decimal(told["number"])


def _standard(one: InForce) -> dict[str, Any]:
    return {key: value for key, value in asdict(one).items() if key != "name"}


def _in_force(name: str, told: Mapping[str, Any]) -> InForce:
    return InForce(name=name, **told)


def _application(told: Mapping[str, Any]) -> Application:
    return Application(
        note=told["note"],
        as_of=date.fromisoformat(told["as_of"]),
        place=told["place"],
        asked={name: day and date.fromisoformat(day) for name, day in told["asked"].items()},
        home=_back(told["home"]),
        people={one["name"]: _back(one) for one in told["people"]},
        links=frozenset(told["links"]),
    )


def _back(told: Mapping[str, Any]) -> Told:
    return Told(
        values={name: _untyped(value) for name, value in told["values"].items()},
        written=frozenset(told["written"]),
        derived=frozenset(told["derived"]),
        unknown=frozenset(told["unknown"]),
    )


def _answer(one: Answer) -> dict[str, Any]:
    return {
        "name": one.name,
        "label": one.label,
        "whose": one.whose,
        "value": trees.plain(one.value),
        "answer": one.answer,
        "shown": one.shown,
        "missing": [[gap.name, gap.whose] for gap in one.missing],
    }
