"""Parse what the pages of an import send."""

from collections.abc import Mapping

from django.http import QueryDict

from luoshi.desks.ledgers.domain.writing import Terms
from luoshi.desks.ledgers.enums import Field
from luoshi.desks.ledgers.models import Ledger
from luoshi.supervision.rulebook.enums import Regime


def fields_of(post: QueryDict, ledger: Ledger) -> Mapping[int, str]:
    """Column → field, as chosen."""
    return {place: post.get(f"column-{place}", "") for place in range(len(ledger.columns))}


def values_of(post: QueryDict) -> Mapping[str, str]:
    """The corrected texts of a row, those that were sent."""
    return {name: post.get(name, "") for name in Field.values if name in post}


def terms_of(post: QueryDict) -> Terms:
    """What holds for every row."""
    texts = {name: post.get(name, "").replace("\x00", "") for name in ("method", "purpose")}
    return Terms(regime=post.get("regime", Regime.DOCUMENT), **texts)
