"""The rules for reading: a list, a page for each, a picture of what rests on what."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wenhou.base import clock
from wenhou.desk import access, frame, reasons, watched
from wenhou.desk.policy import cases, office, versions
from wenhou.desk.policy import rules as reading
from wenhou.engine import units
from wenhou.engine.declared import Rule
from wenhou.engine.words import DEFAULT

MOST = 16  # characters of a value that stands beside a standard's name


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """All of them by chapter, or those that match what is looked for."""
    access.scope_of(request)
    text = request.GET.get("q", "")[:40]
    chapters = reading.search(text)
    context = {
        "chapters": chapters,
        "q": text,
        "chapter": request.GET.get("chapter", ""),
        "found": sum(len(found) for _, found in chapters),
        "total": len(DEFAULT.rules),
        "entities": reading.ENTITIES,
    }
    return frame.page(request, "desk/policy_rules.html", context, here="policy")


@require_safe
def rule(request: HttpRequest, name: str) -> HttpResponse:
    """Its law, its formula in words, what it uses, who uses it, its cases."""
    scope = access.scope_of(request)
    known = DEFAULT.declared.get(name)
    if not isinstance(known, Rule):
        raise Http404
    behind = reading.behind(known)
    place = scope.divisions[0] if scope.divisions else "64"
    named = [watched.Threshold(one.label, one.name, None) for one in behind["standards"]]
    held = watched.thresholds(named, place, clock.today())
    told = versions.told(known, place=place, on=clock.today(), held=_values(place, clock.today()))
    first, rest = cases.of(known)
    context = {
        "rule": known,
        "entity": reading.ENTITIES[known.entity],
        "unit": _unit(known),
        "versions": told,
        "has_values": any("〔" in one["words"] for one in told),
        "behind": behind,
        "standards": list(zip(behind["standards"], held, strict=True)),
        "facts": [(fact, [reasons.contract_name(one) for one in fact.sources]) for fact in behind["facts"]],
        "cases": first,
        "more_cases": rest,
        "case_count": len(first) + len(rest),
        "place_name": office.place_names({place})[place],
        "net": reading.neighbourhood(name),
    }
    return frame.page(request, "desk/policy_rule.html", context, here="policy")


def _unit(rule: Rule) -> str:
    """'元/月'; '' of a yes or no and of a plain number."""
    base, _, per = units.parts(rule.unit)
    word = reasons.phrases.SUFFIX.get(base, "")
    return f"{word}/{reasons.phrases.PER[per]}" if word and per else word


def _values(place: str, on: date) -> dict[str, str]:
    """Standard's name → its value in words at a place; long texts are left to their own page."""
    told = {name: reasons.amount(row.value, row.unit) for name, row in watched.in_force(place, on).items()}
    return {name: value for name, value in told.items() if len(value) <= MOST}


@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    """The chapters of the law and what rests on what."""
    access.scope_of(request)
    context = {"net": reading.overview(), "levels": reading.by_level(), "total": len(DEFAULT.rules)}
    return frame.page(request, "desk/policy_picture.html", context, here="policy")
