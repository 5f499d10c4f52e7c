"""Pages of the catalogue."""

from django.urls import path

from luoshi.supervision.rulebook.web import views

app_name = "rulebook"
urlpatterns = [
    path("rules/", views.index, name="catalogue"),
    path("rules/words/", views.vague, name="vague"),
    path("rules/<path:code>/", views.rule, name="rule"),
]
