"""A value proposed for a standard: what it cannot be, what it stands beside, what it would change, what was done with it."""
