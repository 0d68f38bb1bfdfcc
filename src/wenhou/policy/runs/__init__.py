"""The whole law over the lake: one day's applications, everything in the law, and what if a standard were another."""
