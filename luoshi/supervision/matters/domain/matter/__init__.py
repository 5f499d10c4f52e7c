"""Life of a matter: drafted, registered, concluded, revoked."""
