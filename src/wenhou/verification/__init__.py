"""Asked-for checks within an authorisation's scope and dates (社会救助暂行办法 §58). Never looks without one. Not
yet open.
"""
