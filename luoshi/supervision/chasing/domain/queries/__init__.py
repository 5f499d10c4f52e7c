"""Read models of chasing."""
