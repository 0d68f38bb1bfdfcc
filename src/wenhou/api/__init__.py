"""Doors for machines: sources push deliveries here with a key. Shares no endpoint's shape with a page."""
