"""The NATS server of a node: its keys, its configuration made from the registry, its streams."""
