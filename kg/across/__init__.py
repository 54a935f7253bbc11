"""What different articles have to do with each other: reprints, and reports of one event."""
