"""Pages of chasing."""

from django.urls import path

from luoshi.supervision.chasing.web import bulk, ladder, leaders, matter, nudges

app_name = "chasing"
urlpatterns = [
    path("matters/<uuid:pk>/urging/", matter.of_matter, name="matter"),
    path("urging/", nudges.index, name="nudges"),
    path("urging/several/", bulk.several, name="several"),
    path("urging/ladder/", ladder.ladder, name="ladder"),
    path("urging/leaders/", leaders.leaders, name="leaders"),
    path("urges/<uuid:pk>/exception/", nudges.exception, name="exception"),
    path("nudge-exceptions/<uuid:pk>/decision/", nudges.decision, name="decision"),
    path("slips/<uuid:pk>/pdf/", nudges.slip, name="slip"),
]
