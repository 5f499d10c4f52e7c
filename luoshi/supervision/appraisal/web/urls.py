"""Pages of the appraisal."""

from django.urls import path

from luoshi.supervision.appraisal.web import facts, publications, rankings, simulations, versions

app_name = "appraisal"
urlpatterns = [
    path("appraisal/", rankings.index, name="rankings"),
    path("appraisal/draft/", rankings.draft, name="draft"),
    path("appraisal/draft/units/<uuid:pk>/", rankings.draft_unit, name="draft-unit"),
    path("appraisal/simulation/", simulations.simulation, name="simulation"),
    path(
        "appraisal/simulation/units/<uuid:pk>/", simulations.simulated_unit, name="simulated-unit"
    ),
    path("appraisal/publications/<uuid:pk>/", publications.show, name="publication"),
    path("appraisal/publications/<uuid:pk>/xlsx/", publications.xlsx, name="xlsx"),
    path("appraisal/publications/<uuid:pk>/pdf/", publications.pdf, name="pdf"),
    path("appraisal/publications/<uuid:pk>/units/<uuid:unit>/", publications.unit, name="score"),
    path("appraisal/objections/<uuid:pk>/", publications.answering, name="answer"),
    path("appraisal/rules/", versions.index, name="versions"),
    path("appraisal/rules/<uuid:pk>/", versions.show, name="version"),
    path("appraisal/facts/", facts.index, name="facts"),
    path("appraisal/facts/<uuid:pk>/withdrawal/", facts.withdrawal, name="withdrawal"),
    path("appraisal/set-aside/", facts.aside, name="aside"),
]
