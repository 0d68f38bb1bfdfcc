"""Template tags every page may use: money, masks, dates as a clerk would say them."""

from datetime import date, datetime
from uuid import uuid4

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from wenhou.web import assets, words

register = template.Library()


@register.simple_tag
def built(name: str) -> str:
    """The address of a built file."""
    return static(assets.built(name))


@register.simple_tag
def preloaded() -> list[str]:
    """The addresses of the fonts every page needs."""
    return [static(path) for path in assets.preloaded()]


@register.simple_tag
def once() -> SafeString:
    """A hidden field that tells a form that is sent again from another one (`staff.actions.submissions`)."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid4().hex)


@register.filter
def yuan(fen: int | None) -> str:
    return words.yuan(fen)


@register.filter
def count(number: int) -> str:
    return words.count(number)


@register.filter
def day(value: date) -> str:
    return words.day(value)


@register.filter
def long_day(value: date) -> str:
    return words.long_day(value)


@register.filter
def moment(value: datetime) -> str:
    return words.moment(value)


@register.filter
def days_left(left: int | None) -> str:
    return words.days_left(left)


@register.filter
def sex(code: str) -> str:
    return words.SEXES.get(code, "")


@register.filter
def mask(text: str) -> SafeString:
    return mark_safe(words.mask(text))


@register.simple_tag
def stamp(colour: str, size: str = "") -> SafeString:
    return mark_safe(words.stamp(colour, size))


@register.filter
def answer(kind: str) -> SafeString:
    return mark_safe(words.answer(kind))


@register.simple_tag
def state(kind: str, text: str) -> SafeString:
    return mark_safe(words.state(kind, text))
