"""Limits that count from an event, or come before one."""
