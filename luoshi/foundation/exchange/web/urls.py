"""Pages of nodes and of the mail between them."""

from django.urls import path

from luoshi.foundation.exchange.web import keys, mail, milestones, nodes, returned

app_name = "exchange"
urlpatterns = [
    path("nodes/", nodes.nodes, name="nodes"),
    path("nodes/<uuid:pk>/", nodes.node, name="node"),
    path("nodes/<uuid:pk>/card/", nodes.card, name="card"),
    path("nodes/<uuid:pk>/units/", nodes.units, name="units"),
    path("nodes/<uuid:pk>/acceptance/", nodes.acceptance, name="acceptance"),
    path("nodes/<uuid:pk>/suspension/", nodes.suspension, name="suspension"),
    path("node-keys/<str:pk>/acceptance/", keys.acceptance, name="key-acceptance"),
    path("node-keys/<str:pk>/revocation/", keys.revocation, name="key-revocation"),
    path("exchange/", mail.mail, name="mail"),
    path("exchange/out/<uuid:pk>/", mail.outgoing, name="outgoing"),
    path("exchange/in/<uuid:pk>/", mail.incoming, name="incoming"),
    path("exchange/milestones/", milestones.milestones, name="milestones"),
    path("exchange/milestones/other/", milestones.other, name="other-milestone"),
    path("exchange/milestones/<uuid:pk>/", milestones.milestone, name="milestone"),
    path("exchange/alarms/", mail.alarms, name="alarms"),
    path("returned/", returned.returned, name="returned"),
    path("returned/<uuid:pk>/decision/", returned.reentry, name="reentry"),
]
