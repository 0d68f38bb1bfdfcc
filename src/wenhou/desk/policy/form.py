"""The form of a proposal: from what was typed to its content, in sentences where it cannot be read."""

from datetime import date
from typing import Any

from django.http import QueryDict

from wenhou.base.errors import Refused
from wenhou.divisions import codes
from wenhou.divisions import queries as divisions
from wenhou.policy.actions.proposals import Content
from wenhou.policy.models import Proposal
from wenhou.policy.proposals import proposed

FIELDS = proposed.FIELDS
COUNTY = 6  # digits


def said(post: QueryDict) -> dict[str, str]:
    """What was typed, field by field."""
    return {field: post.get(field, "") for field in FIELDS}


def of(proposal: Proposal) -> dict[str, str]:
    """What a proposal says, as the form shows it."""
    told: dict[str, Any] = {field: getattr(proposal, field) for field in FIELDS}
    told["provisional"] = "yes" if proposal.provisional else ""
    return {key: "" if value is None else str(value) for key, value in told.items()}


def content(typed: dict[str, str]) -> Content:
    """What is proposed. Raises Refused."""
    since = day(typed["since"], "起始日")
    if since is None:
        raise Refused("请写明起始日。")
    return Content(
        name=typed["name"],
        division=typed["division"].strip(),
        since=since,
        until=day(typed["until"], "截止日"),
        value=typed["value"],
        unit=proposed.unit_of(typed["name"]),
        document=typed["document"],
        title=typed["title"],
        article=typed["article"],
        provisional=typed["provisional"] == "yes",
        review_by=day(typed["review_by"], "复核日"),
        note=typed["note"],
    )


def day(text: str, what: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refused(f"“{what}”要写成年月日，例如2026-10-01。") from None


def places(own: tuple[str, ...], typed: str, on: date) -> list[tuple[str, str]]:
    """(prefix, name) a proposal may be for: the reader's places and those below, and whatever was typed before."""
    known = sorted({place for one in own for place in _down_to_counties(one, on)})
    if typed and typed not in known:
        known.append(typed)
    names = divisions.lookup([place for place in known if codes.is_code(place)])
    return [(place, names.get(place, place)) for place in known]


def _down_to_counties(place: str, on: date) -> list[str]:
    if len(place) >= COUNTY or not codes.is_code(place):
        return [place]
    below = [child.prefix for child in divisions.children_of(place, on)]
    return [place, *(one for child in below for one in _down_to_counties(child, on))]


def choices() -> list[dict[str, str]]:
    """Standards to choose from, by label."""
    labels = proposed.labels()
    made = [{"name": name, "label": labels[name], "unit": unit} for name, unit in proposed.units().items()]
    return sorted(made, key=lambda one: one["label"])
