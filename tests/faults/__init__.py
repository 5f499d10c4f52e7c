"""The fault table (security.md 8): what must hold when things break, made to break for real.

`make faults [ROW=name] [SCALE=sample|full]` runs the rows; `make test` runs the sample. A witness
outside the product keeps what was acknowledged; afterwards each acknowledged act is there exactly
once and each refused one not at all.
"""
