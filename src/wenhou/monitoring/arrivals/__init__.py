"""What a delivery touches is looked at again, and nothing else: the answers about everybody end where one full run
would end (docs/discussions/the-watch.md, Every arrival).

`bases` keeps what a run answered and what it saw of the lake; `asking` answers anew for those whom the difference
touches; `layers` lays their answers over the base's.
"""
