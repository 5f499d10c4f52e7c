"""The relay: hands the outbox to the transports and brings what they deliver to the inbox."""
