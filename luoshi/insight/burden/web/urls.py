"""Pages of the burden ledger."""

from django.urls import path

from luoshi.insight.burden.web import views

app_name = "burden"
urlpatterns = [
    path("burden/", views.ledger, name="ledger"),
    path("burden/rows/", views.rows, name="rows"),
    path("burden/settings/", views.settings, name="settings"),
]
