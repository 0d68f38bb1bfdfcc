"""Deadlines, funds, problems put right; what people may ask about what is kept of them (`personal`). Never edits what it audits.

Open today: unusual looks, the register of purposes, requests by the Personal Information Protection Law, keeping and destroying.
"""
