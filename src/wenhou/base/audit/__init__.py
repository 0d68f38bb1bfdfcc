"""The audit: every change of an audited table is an entry written by the database itself, sealed each minute.

A seal takes up all entries of a range of numbers: a Merkle root over them, the digest of the seal before and a signature.
What was edited, taken away, added or moved afterwards is found by reading all of it anew (`verifying`), and one entry is
shown to stand under a seal by a short proof (`proofs`). Agreed in docs/discussions/trust.md.
"""
