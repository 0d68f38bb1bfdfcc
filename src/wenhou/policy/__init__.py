"""The law as code and its numbers as dated regional data with their documents. Pure of Django here and in
rules; never reads the registry.
"""
