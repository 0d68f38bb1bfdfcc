"""Read-only pictures from the lake and from queries. Holds no truth.

Open today: statistics to be published (`publishing`), in which nobody stands out.
"""
