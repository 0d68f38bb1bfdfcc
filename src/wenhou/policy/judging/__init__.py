"""Answers frozen with all they followed from, and given again; sets of standards as the same bytes."""
