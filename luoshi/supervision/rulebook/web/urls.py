"""Pages of the catalogue."""

from django.urls import path

from luoshi.supervision.rulebook.web import office, views

app_name = "rulebook"
urlpatterns = [
    path("rules/", views.index, name="catalogue"),
    path("rules/office/", office.office, name="office"),
    path("rules/words/", views.vague, name="vague"),
    path("rules/corrections/<path:code>/", views.correction, name="correction"),
    path("rules/<path:code>/", views.rule, name="rule"),
]
