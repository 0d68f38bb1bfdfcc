"""Deadline arithmetic of cases: composes the calendar of working days. Pure."""
