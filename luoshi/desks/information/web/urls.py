"""Pages of urgent and of ordinary information."""

from django.urls import path

from luoshi.desks.information.web import acts, events, facts, limits
from luoshi.desks.information.web.ordinary.urls import urlpatterns as ordinary

app_name = "information"
urlpatterns = [
    path("urgent/", events.index, name="events"),
    path("urgent/new/", events.new, name="new"),
    path("urgent/figures/", events.figures, name="figures"),
    path("urgent/limits/", limits.show, name="limits"),
    path("urgent/line/", limits.line, name="line"),
    path("urgent/<uuid:pk>/", events.show, name="event"),
    path("matters/<uuid:pk>/event/", events.of_matter, name="matter"),
    path("urgent/<uuid:pk>/facts/", facts.facts, name="facts"),
    path("urgent/<uuid:pk>/calls/", acts.calls, name="calls"),
    path("urgent/<uuid:pk>/reports/", acts.reports, name="reports"),
    path("urgent/<uuid:pk>/merger/", acts.merger, name="merger"),
    path("urgent/<uuid:pk>/findings/", acts.findings, name="findings"),
    path("urgent/instructions/<uuid:pk>/matter/", acts.registration, name="registration"),
    path("urgent/<uuid:pk>/instructions/", acts.instructions, name="instructions"),
    *ordinary,
]
