"""The project's own benchmark: a ledger from a seed in a scratch database, and its ratios."""
