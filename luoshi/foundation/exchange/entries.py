"""The administrators' entry of the left bar, and the exchange's own kinds of payload."""

from luoshi.foundation.exchange.domain.mail.registering import register_control

register_control()
