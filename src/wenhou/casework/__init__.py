"""Procedures, deadlines, publicity, meetings, decisions. Never pays. Not yet open."""
