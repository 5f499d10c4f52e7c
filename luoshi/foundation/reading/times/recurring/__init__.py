"""Rhythms: 每季度至少一次, 双月, 全年不少于4次; and what they make of a date said beside them."""
