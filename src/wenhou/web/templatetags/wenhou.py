"""Template tags every page may use: money, masks, dates as a clerk would say them."""

from django import template

register = template.Library()
