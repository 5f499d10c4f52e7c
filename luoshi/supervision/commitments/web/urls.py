"""Pages of recurring commitments."""

from django.urls import path

from luoshi.supervision.commitments.web import acts, pages, record

app_name = "commitments"
urlpatterns = [
    path("commitments/", pages.index, name="commitments"),
    path("commitments/new/", acts.new, name="new"),
    path("commitments/record/", record.year, name="record"),
    path("commitments/occurrences/", record.occurrences, name="occurrences"),
    path("commitments/occurrences/<uuid:pk>/", pages.occurrence, name="occurrence"),
    path("commitments/occurrences/<uuid:pk>/keeping/", acts.keeping, name="keeping"),
    path("commitments/occurrences/<uuid:pk>/excuse/", acts.excuse, name="excuse"),
    path("commitments/<uuid:pk>/", pages.show, name="commitment"),
    path("commitments/<uuid:pk>/change/", acts.change, name="change"),
    path("commitments/<uuid:pk>/ending/", acts.ending, name="ending"),
]
