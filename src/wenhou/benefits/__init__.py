"""Money given: awards, entitlements by month, batches, receipts. Never changes a decision. Not yet open."""
