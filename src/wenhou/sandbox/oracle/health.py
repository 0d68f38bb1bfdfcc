"""To come."""

from collections.abc import Callable

from wenhou.sandbox.oracle.view import Finding, View

READINGS: dict[str, Callable[[View], Finding]] = {}
