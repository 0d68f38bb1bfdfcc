"""Answers and reasons put into words and into JSON, and the lines of a terminal."""
