"""Sources of money by level, year and purpose; the double-entry ledger. Never knows whom it is for. Not yet
open.
"""
