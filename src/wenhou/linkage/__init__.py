"""Whose record is this, and what we know of each person: applies arrivals to the registry and fills the
facts from the lake, with what is covered. Never merges persons by itself.
"""
