"""Pages of the reading lessons."""

from django.urls import path

from luoshi.desks.lessons.web import lists, teaching, versions

app_name = "lessons"
urlpatterns = [
    path("lessons/", versions.overview, name="overview"),
    path("lessons/rows/", lists.rows, name="rows"),
    path("lessons/cases/", lists.cases, name="cases"),
    path("lessons/names/", lists.names, name="names"),
    path("lessons/names/<uuid:pk>/", teaching.name, name="name"),
    path("lessons/expressions/", lists.expressions, name="expressions"),
    path("lessons/expressions/<uuid:pk>/", teaching.expression, name="expression"),
    path("lessons/training/", versions.training, name="training"),
    path("lessons/versions/<uuid:pk>/use/", versions.use, name="use"),
    path("lessons/export/", teaching.export_page, name="export"),
]
