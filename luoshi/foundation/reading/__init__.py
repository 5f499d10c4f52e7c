"""Official Chinese → drafted obligations: who must do what by when, with the exact source span.

Pure: no Django, no database. Entry point: `drafting.read`.
"""
