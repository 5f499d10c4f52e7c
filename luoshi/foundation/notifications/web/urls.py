"""Pages of the inbox."""

from django.urls import path

from luoshi.foundation.notifications.web import views

app_name = "notifications"
urlpatterns = [path("notices/", views.inbox, name="inbox")]
