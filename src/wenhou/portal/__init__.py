"""Citizen pages, phone first, large type. Keeps sessions only; never shows one person another's data. Not
yet open.
"""
