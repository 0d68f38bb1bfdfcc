"""The queue of jobs that take minutes; every other queue is for what somebody waits for.

A room puts a job here when nothing that arrives depends on it. `wenhou worker` does these in a process of their own.
"""

SLOW = "slow"
