"""Rows of the database: pages of them by key, counts that stay cheap, a migration's tables."""
