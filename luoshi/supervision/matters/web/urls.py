"""Pages of supervision."""

from django.urls import path

from luoshi.supervision.matters.web import (
    changes,
    extensions,
    handover,
    matters,
    proposals,
    reports,
    ruling,
)

app_name = "matters"
urlpatterns = [
    path("matters/new/", matters.new, name="new"),
    path("matters/<uuid:pk>/", matters.show, name="matter"),
    path("matters/<uuid:pk>/plan/", matters.plan, name="plan"),
    path("matters/<uuid:pk>/registration/", matters.registration, name="registration"),
    path("matters/<uuid:pk>/assignments/", matters.assignments, name="assignments"),
    path("matters/<uuid:pk>/closure/", matters.closure, name="closure"),
    path("matters/<uuid:pk>/reopening/", matters.reopening, name="reopening"),
    path("matters/<uuid:pk>/revocation/", matters.revocation, name="revocation"),
    path("matters/<uuid:pk>/changes/", changes.changes, name="changes"),
    path("matters/<uuid:pk>/parts/", changes.parts, name="parts"),
    path("matters/<uuid:pk>/merger/", changes.merger, name="merger"),
    path("matters/<uuid:pk>/stops/", changes.stops, name="stops"),
    path("matters/<uuid:pk>/opinions/", handover.opinions, name="opinions"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("stops/<uuid:pk>/answer/", changes.stop_answer, name="stop-answer"),
    path("stops/<uuid:pk>/resumption/", changes.resumption, name="resumption"),
    path("objections/<uuid:pk>/answer/", handover.objection_answer, name="objection-answer"),
    path("assignments/<uuid:pk>/stop/", changes.asked_stop, name="asked-stop"),
    path("assignments/<uuid:pk>/objection/", handover.objection, name="objection"),
    path("assignments/<uuid:pk>/reassignment/", handover.reassignment, name="reassignment"),
    path("assignments/<uuid:pk>/opinion/", handover.opinion, name="opinion"),
    path("assignments/<uuid:pk>/receipt/", reports.receipt, name="receipt"),
    path("assignments/<uuid:pk>/report/", reports.report, name="report"),
    path("reports/<uuid:pk>/", reports.sent, name="sent"),
    path("reports/<uuid:pk>/review/", reports.review, name="review"),
    path("extensions/", extensions.queue, name="extension-queue"),
    path("duties/<uuid:pk>/extensions/", extensions.extensions, name="extensions"),
    path("extensions/<uuid:pk>/decision/", extensions.decision, name="extension-decision"),
    path("extensions/<uuid:pk>/withdrawal/", extensions.withdrawal, name="extension-withdrawal"),
    path("rules/proposals/<uuid:pk>/", ruling.proposal, name="proposal"),
    path("rules/proposals/<uuid:pk>/export/", ruling.proposal_export, name="proposal-export"),
    path("redatings/", ruling.redatings, name="redatings"),
    path("redatings/<uuid:pk>/", ruling.redating, name="redating"),
    path("redatings/<uuid:pk>/export/", ruling.redating_export, name="redating-export"),
    path("reviews/", reports.queue, name="reviews"),
]
