"""Whether the watch earns its place: what became of its alerts, by indicator; what another threshold would have done;
and in which order a worker's list is most use. It reads outcomes; no rule, verdict or alert ever reads it.
"""
