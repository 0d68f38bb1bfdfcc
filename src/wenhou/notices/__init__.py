"""Words sent to people, throttled, with proof of delivery. Not yet open."""
