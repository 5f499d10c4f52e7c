"""Luoshi (落实): closed-loop supervision for a public office."""

__version__ = "0.1.0"
