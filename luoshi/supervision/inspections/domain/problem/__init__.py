"""A problem from raising to strike-off."""
