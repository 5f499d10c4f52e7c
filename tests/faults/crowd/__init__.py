"""A crowd at work: people with sessions, their browsers, what they do, and the recount."""
