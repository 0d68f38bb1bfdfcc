"""Whose record is this, and what we know of each person: applies arrivals to the registry and fills the
facts from the lake, with what is covered. Records without a good identity number are linked where it is clear
(`identities`); the doubtful wait for somebody. Never merges persons by itself.
"""
