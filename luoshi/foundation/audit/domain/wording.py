"""The verifier's result in one plain sentence (ui.md 5.15)."""

from django.utils.translation import gettext as _

from luoshi.foundation.audit.domain.verifying import ALTERED, CUT, DETAIL_MISSING, FORK, Finding
from luoshi.foundation.audit.models import Verification


def told(found: Finding | Verification) -> str:
    """Whole, or what is wrong from which entry on."""
    count = found.count if isinstance(found, Finding) else found.done
    values = {"count": count, "seq": found.seq, "chain": found.chain, "head": found.head}
    sentences = {
        ALTERED: _("Altered: not sound from entry %(seq)d of chain %(chain)d on."),
        CUT: _("Cut: entry %(seq)d of chain %(chain)d and what followed are missing."),
        FORK: _("Forked: entry %(seq)d of chain %(chain)d is not the one that was written down."),
        DETAIL_MISSING: _(
            "The detail of entry %(seq)d of chain %(chain)d is missing, and no entry says who "
            "erased it."
        ),
    }
    whole = _("%(count)d entries, complete and unchanged. Head %(head)s")
    return sentences.get(found.code or 0, whole) % values
