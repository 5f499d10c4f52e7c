"""Pages of documents: what was sent, what arrived."""

from django.urls import path

from luoshi.desks.documents.web import arrivals, dispatches, passing_on

app_name = "documents"
urlpatterns = [
    path("dispatches/", dispatches.index, name="dispatches"),
    path("dispatches/new/", dispatches.new, name="new"),
    path("dispatches/<uuid:pk>/", dispatches.board, name="board"),
    path("dispatches/<uuid:pk>/urging/", dispatches.urging, name="urging"),
    path("dispatches/<uuid:pk>/recall/", dispatches.withdrawal, name="recall"),
    path("receipts/<int:pk>/envelope/", dispatches.evidence, name="evidence"),
    path("arrivals/", arrivals.index, name="arrivals"),
    path("arrivals/<uuid:pk>/", arrivals.show, name="arrival"),
    path("arrivals/<uuid:pk>/opening/", arrivals.opening, name="opening"),
    path("arrivals/<uuid:pk>/signature/", arrivals.signature, name="signature"),
    path("arrivals/<uuid:pk>/refusal/", arrivals.refusal, name="refusal"),
    path("arrivals/<uuid:pk>/passing-on/", passing_on.passing_on, name="passing-on"),
    path("standing-orders/", passing_on.orders, name="orders"),
    path("standing-orders/<uuid:pk>/end/", passing_on.ending, name="order-end"),
]
