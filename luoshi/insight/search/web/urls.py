"""Pages of search."""

from django.urls import path

from luoshi.insight.search.web import views

app_name = "search"
urlpatterns = [
    path("search/", views.results, name="results"),
]
