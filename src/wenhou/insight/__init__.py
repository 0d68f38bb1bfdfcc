"""Read-only pictures from the lake and from queries. Holds no truth. Not yet open."""
