"""Duty: who is on duty, hour by hour; hand-over, log, checks, daily reports."""
