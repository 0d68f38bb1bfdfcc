"""Staff pages: the alert list and its evidence, deliveries, runs, people and households. Holds no rule and
no model but saved filters.
"""
