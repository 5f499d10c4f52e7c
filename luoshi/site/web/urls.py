"""Pages of the site."""

from django.urls import path

from luoshi.site.web import calendars, metrics, overview, processes, setup, state, trail, views

app_name = "site"
urlpatterns = [
    path("healthz/live", views.live, name="live"),
    path("healthz/ready", views.ready, name="ready"),
    path("metrics", metrics.metrics, name="metrics"),
    path("setup/", setup.setup, name="setup"),
    path("state/", state.state, name="state"),
    path("processes/", processes.processes, name="processes"),
    path("overview/", overview.show, name="overview"),
    path("overview/step/", overview.step, name="step"),
    path("audit/", trail.trail, name="trail"),
    path("audit/package/", trail.export, name="trail-package"),
    path("calendar/", calendars.calendars, name="calendars"),
    path("calendar/preview/", calendars.preview, name="calendar-preview"),
]
