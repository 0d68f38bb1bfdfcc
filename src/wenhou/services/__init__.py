"""Care given: providers, wishes, plans. Never mixes with money. Not yet open."""
