"""Deadlines, funds, problems put right. Never edits what it audits. Not yet open."""
