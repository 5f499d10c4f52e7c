"""What the lessons hand over when a unit goes into another."""

from luoshi.desks.lessons.domain.inheriting import inherit
from luoshi.foundation.organizations.succession import register

register(inherit)
