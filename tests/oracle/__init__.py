"""A second reading of the law, in plain Python, from the text alone."""

from oracle.case import Answers, Application
from oracle.door import judge

__all__ = ["Answers", "Application", "judge"]
