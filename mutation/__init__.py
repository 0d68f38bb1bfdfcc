"""How much of the law the tests would miss: small faults put into src/wenhou/policy/rules one at a time (ADR 0017).

python -m mutation            writes docs/reference/mutation.md and fails below the bar
"""
