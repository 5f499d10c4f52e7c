"""Pages of the account."""

from django.urls import path

from luoshi.foundation.accounts.web import factor, policy, signing, views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-out/", signing.sign_out, name="sign-out"),
    path("password/", views.password, name="password"),
    path("preferences/", views.preferences, name="preferences"),
    path("sessions/", views.sessions, name="sessions"),
    path("second-factor/", factor.factor, name="factor"),
    path("proof/", factor.proof, name="proof"),
    path("access-policy/", policy.access_policy, name="policy"),
    path("language/", views.language, name="language"),
]
