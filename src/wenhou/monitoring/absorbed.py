"""Subjects ('p7', 'h3') of people who were found to be one: what stands under an absorbed key is read under the kept."""

from collections.abc import Collection, Mapping


def read_as(subject: str, same: Mapping[int, int]) -> str:
    """The subject today. same: absorbed key → kept (lake.store.same_people)."""
    key = int(subject[1:])
    return f"p{same[key]}" if subject[0] == "p" and key in same else subject


def into(subjects: Collection[str], same: Mapping[int, int]) -> set[str]:
    """Subjects that are read as one of these today."""
    return {f"p{gone}" for gone, kept in same.items() if f"p{kept}" in subjects}
