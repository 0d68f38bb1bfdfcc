"""A synthetic place with known truth, and the departments and banks that answer. Nothing in production;
imported by no room.
"""
