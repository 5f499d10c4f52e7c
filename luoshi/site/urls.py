"""The table of pages: each app brings its own list, the site gives it its place."""

from django.urls import include, path

from luoshi.site.api import open_urls

urlpatterns = [
    path("", include("luoshi.foundation.accounts.web.urls")),
    path("", include("luoshi.foundation.organizations.web.urls")),
    path("", include("luoshi.foundation.notifications.web.urls")),
    path("", include("luoshi.foundation.attachments.web.urls")),
    path("", include("luoshi.foundation.exchange.web.urls")),
    path("", include("luoshi.foundation.sheets.web.urls")),
    path("", include("luoshi.supervision.matters.web.urls")),
    path("", include("luoshi.supervision.mirrors.web.urls")),
    path("", include("luoshi.supervision.lookbacks.web.urls")),
    path("", include("luoshi.supervision.appraisal.web.urls")),
    path("", include("luoshi.supervision.lists.web.urls")),
    path("", include("luoshi.supervision.inspections.web.urls")),
    path("", include("luoshi.supervision.chasing.web.urls")),
    path("", include("luoshi.supervision.commitments.web.urls")),
    path("", include("luoshi.supervision.rulebook.web.urls")),
    path("", include("luoshi.desks.meetings.web.urls")),
    path("", include("luoshi.desks.lessons.web.urls")),
    path("", include("luoshi.insight.burden.web.urls")),
    path("", include("luoshi.insight.watch.web.urls")),
    path("", include("luoshi.desks.documents.web.urls")),
    path("", include("luoshi.desks.duty.web.urls")),
    path("", include("luoshi.desks.information.web.urls")),
    path("", include("luoshi.desks.instructions.web.urls")),
    path("", include("luoshi.desks.ledgers.web.urls")),
    path("", include("luoshi.desks.publications.web.urls")),
    path("", include("luoshi.insight.figures.web.urls")),
    path("", include("luoshi.insight.search.web.urls")),
    path("", include("luoshi.insight.bulletins.web.urls")),
    path("", include("luoshi.insight.horizons.web.urls")),
    path("", include("luoshi.site.web.urls")),
    path("api/v1/", open_urls()),
]
handler404 = "luoshi.site.web.errors.no_such_address"
handler500 = "luoshi.site.web.errors.server_error"
