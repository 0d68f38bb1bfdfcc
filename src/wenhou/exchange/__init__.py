"""What others tell us: contracts, deliveries checked row by row, rejects with reasons, the health of each
source. Never interprets a record.
"""
