"""Pages that read."""

from django.urls import path

from luoshi.insight.figures.web import views

app_name = "figures"
urlpatterns = [
    path("", views.home, name="home"),
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/export/", views.export, name="export"),
    path("board/", views.board, name="board"),
    path("minute/", views.minute, name="minute"),
]
