"""Visits (走访, 入户): one model for every purpose. Never knows why it was sent."""
