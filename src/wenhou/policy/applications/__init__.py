"""One household written down (HOUSEHOLD.yaml or the same as JSON), read strictly into the engine's rows.

The form is `docs/discussions/the-law.md` and `docs/reference/household.md`. Nothing is guessed: what is not understood
is refused with all its faults at once, what is left out is unknown, or none where its sources were asked.
"""
