"""The pure core: rules, working-day calendars, computed dates and their traces. No Django."""
