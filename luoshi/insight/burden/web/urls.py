"""Pages of the burden ledger."""

from django.urls import path

from luoshi.insight.burden.web import meetings, views

app_name = "burden"
urlpatterns = [
    path("burden/", views.ledger, name="ledger"),
    path("burden/rows/", views.rows, name="rows"),
    path("burden/meetings/", meetings.meetings, name="meetings"),
    path("burden/meetings/<uuid:pk>/calling-off/", meetings.calling_off, name="calling-off"),
    path("burden/settings/", views.settings, name="settings"),
]
