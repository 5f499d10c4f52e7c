"""The time grammar: expressions of limits in official Chinese → deadline rules."""

from luoshi.foundation.reading.times.grammar import find_times, rules_in
from luoshi.foundation.reading.times.merging import Found

__all__ = ["Found", "find_times", "rules_in"]
