"""Make report duties from rules, and date them when their trigger happens.

Every date comes from the deadline engine with its trace; nothing is dated by guess: a duty whose
anchor has not happened has no date yet. Making is idempotent by (share, rule, period), so that the
sweep may run as often as it likes.
"""
