"""Supervision points lists 督查要点: the numbered list of a year and what became of each point."""
