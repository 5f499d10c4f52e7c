"""Pages that look back and ahead."""

from django.urls import path

from luoshi.insight.horizons.web import past, whatif

app_name = "horizons"
urlpatterns = [
    path("as-of/ledger/", past.ledger, name="ledger"),
    path("as-of/board/", past.board, name="board"),
    path("as-of/matters/<uuid:pk>/", past.matter, name="matter"),
    path("what-if/", whatif.whatif, name="whatif"),
    path("what-if/export/", whatif.export, name="whatif-export"),
    path("what-if/<uuid:pk>/", whatif.run, name="run"),
    path("duties/<uuid:pk>/trial/", whatif.trial, name="trial"),
]
