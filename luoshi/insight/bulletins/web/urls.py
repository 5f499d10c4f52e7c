"""Pages of bulletins and slips."""

from django.urls import path

from luoshi.insight.bulletins.web import views

app_name = "bulletins"
urlpatterns = [
    path("bulletins/", views.index, name="list"),
    path("bulletins/<uuid:pk>/", views.bulletin, name="bulletin"),
    path("bulletins/<uuid:pk>/pdf/", views.pdf, name="pdf"),
    path("bulletins/<uuid:pk>/pages/<int:number>/", views.page_image, name="page"),
    path("bulletins/<uuid:pk>/figures/<slug:key>/", views.rows, name="rows"),
    path("assignments/<uuid:pk>/slip/", views.slip, name="slip"),
    path("matters/<uuid:pk>/conclusion/pdf/", views.conclusion, name="conclusion-pdf"),
    path("assignments/<uuid:pk>/slip/docx/", views.slip_docx, name="slip-docx"),
    path("duties/<uuid:pk>/limit/", views.limit_slip, name="limit"),
]
