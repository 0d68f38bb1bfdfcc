"""Secrets: what is written so that only the deployment's keys open it (docs/discussions/trust.md, docs/guides/secrets.md).

A master key wraps data keys, one for each purpose; a data key seals values. `fields` is what models use, `keys.blind` finds
a sealed value again by equality, `rotation` writes old values anew.
"""
