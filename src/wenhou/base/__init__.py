"""Money in integer fen, months, identity numbers, injected time, plain errors, the outbox. Knows nothing of
social assistance.
"""
