"""The mill: declare, order, plan, run on one or on millions, explain. Three answers: yes, no, unknown. Knows
nothing of assistance.
"""
