"""Who works here, the posts they hold at a place and for a term, and what they may see, with its reason.
Never decides by hidden rules.
"""
