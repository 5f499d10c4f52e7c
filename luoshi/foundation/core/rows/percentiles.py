"""Medians and the like, counted by the database."""

from django.db.models import Aggregate, DurationField


class Percentile(Aggregate):
    """The span of time below which a share of the rows lies (`share`, as SQL writes it), between
    two rows if need be: `PERCENTILE_CONT`. Rows without one are left out."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()
