"""Whom we know: persons, households, memberships with dates, and the low-income register with its six
categories, as of any date. Corrections are new rows; a feed never overwrites.
"""
