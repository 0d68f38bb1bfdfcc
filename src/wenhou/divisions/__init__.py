"""Places from province to village, valid from and to (GB/T 2260, 统计用区划代码), and working days as the State
Council arranges them. Never guesses a merged county's code.
"""
