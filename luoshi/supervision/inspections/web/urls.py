"""Pages of inspections and problems."""

from django.urls import path

from luoshi.supervision.inspections.web import acts, inspections, problems, rectification

app_name = "inspections"
urlpatterns = [
    path("inspections/", inspections.index, name="inspections"),
    path("inspections/new/", inspections.new, name="new"),
    path("inspections/<uuid:pk>/", inspections.show, name="inspection"),
    path("inspections/<uuid:pk>/outline/", inspections.outline, name="outline"),
    path("inspections/<uuid:pk>/group/", inspections.group, name="group"),
    path("inspections/<uuid:pk>/findings/", inspections.findings, name="findings"),
    path("inspections/<uuid:pk>/exception/", acts.exception, name="exception"),
    path("inspections/<uuid:pk>/start/", acts.start, name="start"),
    path("inspections/<uuid:pk>/conclusion/", acts.conclusion, name="conclusion"),
    path("inspections/<uuid:pk>/conclusion/pdf/", acts.pdf, name="pdf"),
    path("inspections/<uuid:pk>/receipt/", acts.receipt, name="receipt"),
    path("inspections/<uuid:pk>/review/", acts.review, name="review"),
    path("inspections/<uuid:pk>/decision/", acts.decision, name="decision"),
    path("inspections/<uuid:pk>/closure/", acts.closure, name="closure"),
    path("inspections/<uuid:pk>/calling-off/", acts.calling_off, name="calling-off"),
    path("inspection-plans/<uuid:pk>/", acts.plan, name="plan"),
    path("problems/", problems.index, name="problems"),
    path("problems/new/", problems.new, name="new-problem"),
    path("problems/<uuid:pk>/", problems.show, name="problem"),
    path("problems/<uuid:pk>/measures/", rectification.measures, name="measures"),
    path("problems/<uuid:pk>/evidence/", rectification.evidence, name="evidence"),
    path("problems/<uuid:pk>/report/", rectification.report, name="rectification"),
    path("problems/<uuid:pk>/check/", rectification.check, name="check"),
    path("problems/<uuid:pk>/withdrawal/", rectification.withdrawal, name="withdrawal"),
    path("matters/<uuid:pk>/problems/", problems.of_matter, name="matter"),
]
