"""The left bar's entries of the appraisal; the lists that are written out."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.navigation import Entry, register
from luoshi.foundation.organizations.enums import HANDLING_ROLES, SUPERVISING_ROLES
from luoshi.foundation.sheets.registry import Listing
from luoshi.foundation.sheets.registry import register as register_listing
from luoshi.supervision.appraisal.domain.queries import exporting, indexing

register(Entry(_("Appraisal"), "appraisal:rankings", "flag", 56, SUPERVISING_ROLES))
register(Entry(_("Our appraisal"), "appraisal:rankings", "flag", 56, HANDLING_ROLES))
for key, label, page, columns, rows in (
    (
        "appraisal-rankings",
        _("Published rankings"),
        "appraisal:rankings",
        indexing.RANKINGS,
        indexing.rankings,
    ),
    (
        "appraisal-versions",
        _("Scoring rules"),
        "appraisal:versions",
        indexing.VERSIONS,
        indexing.versions,
    ),
    (
        "appraisal-recorded",
        _("Recorded facts"),
        "appraisal:facts",
        exporting.RECORDED,
        exporting.recorded,
    ),
    (
        "appraisal-asides",
        _("Facts not counted"),
        "appraisal:facts",
        exporting.ASIDES,
        exporting.asides,
    ),
    ("appraisal-draft", _("Draft ranking"), "appraisal:draft", exporting.DRAFT, exporting.draft),
    (
        "appraisal-simulation",
        _("Simulation"),
        "appraisal:simulation",
        exporting.SIMULATED,
        exporting.simulated,
    ),
    ("appraisal-facts", _("Facts counted"), "appraisal:draft", exporting.FACTS, exporting.facts),
):
    register_listing(Listing(key, label, page, columns, rows))
