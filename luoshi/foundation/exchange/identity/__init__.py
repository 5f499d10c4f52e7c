"""What a node is known by: its private keys on this machine, and its card for the neighbours."""
