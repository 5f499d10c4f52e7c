"""Life of a report: written, sent, reviewed."""
