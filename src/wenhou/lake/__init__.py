"""What is kept in Parquet: facts by contract and delivery, coverage, and the vault from identity number to
key. Never interprets a record.
"""
