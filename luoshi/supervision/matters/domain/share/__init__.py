"""Life of a share: assigned, signed for; its clock and its unit's summary."""
