"""The story at the desks around supervision."""
