"""The product on trial: its gates, three levels on one machine, the exchange under faults."""
