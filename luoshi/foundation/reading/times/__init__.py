"""The time grammar: expressions of limits in official Chinese → deadline rules."""

from luoshi.foundation.reading.times.grammar import Found, find_times, rules_in

__all__ = ["Found", "find_times", "rules_in"]
