"""The table of pages: each app brings its own list, the site gives it its place."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
