"""The watch room's pages."""

from django.urls import path

from luoshi.insight.watch.web import views

app_name = "watch"
urlpatterns = [
    path("watch/", views.room_page, name="room"),
    path("watch/now/", views.now, name="now"),
]
