"""Hand-kept ledgers: a spreadsheet file → its table → typed cells (pure)."""
