"""Pages of the imports."""

from django.urls import path

from luoshi.desks.ledgers.web import ledgers

app_name = "ledgers"
urlpatterns = [
    path("ledger-imports/", ledgers.index, name="ledgers"),
    path("ledger-imports/new/", ledgers.new, name="new"),
    path("ledger-imports/<uuid:pk>/", ledgers.show, name="ledger"),
    path("ledger-imports/<uuid:pk>/columns/", ledgers.matching, name="columns"),
    path("ledger-imports/<uuid:pk>/rows/<int:place>/", ledgers.row, name="row"),
    path("ledger-imports/<uuid:pk>/skips/", ledgers.skipping, name="skips"),
    path("ledger-imports/<uuid:pk>/confirmation/", ledgers.confirmation, name="confirmation"),
    path("ledger-imports/<uuid:pk>/assignment/", ledgers.assignment, name="assignment"),
    path("ledger-imports/<uuid:pk>/undoing/", ledgers.undoing, name="undoing"),
]
