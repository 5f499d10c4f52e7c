"""Ways an envelope travels: within this node, or over NATS to another."""
