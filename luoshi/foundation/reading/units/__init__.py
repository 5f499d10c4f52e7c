"""Who is to act and who is told."""

from luoshi.foundation.reading.units.mentions import Mention, mentions

__all__ = ["Mention", "mentions"]
