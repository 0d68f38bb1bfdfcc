"""Settings, addresses, the command line, and the one table of reactions. The only room that knows every
other.
"""
