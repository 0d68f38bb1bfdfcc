"""Backups: the embedded database to any moment (base and WAL) and the lake by content, everything encrypted by a key of its
own, and the way back (docs/guides/backup.md)."""
