"""Pages that read."""

from django.urls import path

from luoshi.insight.figures.web import board, ledger, views

app_name = "figures"
urlpatterns = [
    path("", views.home, name="home"),
    path("today/", views.today, name="today"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/numbers/", ledger.numbers, name="numbers"),
    path("ledger/look/", ledger.look, name="look"),
    path("board/", board.board, name="board"),
    path("minute/", views.minute, name="minute"),
]
