"""Every address of the app: pages at /, the API at /api/v1/."""

from allauth.account import views as account
from csp.decorators import csp_update
from django.contrib.auth.decorators import login_required
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from config import health

# Swagger UI brings its own inline styles; only this page may use them.
_relaxed = csp_update({"style-src": ["'unsafe-inline'"]})
docs = _relaxed(login_required(SpectacularSwaggerSplitView.as_view(url_name="schema")))

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/reset/", account.password_reset, name="account_reset_password"),
    path("account/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^account/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/reset/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/v1/docs/", docs, name="docs"),
    path("api/v1/", include("people.api.urls")),
    path("api/v1/", include("ladders.api.urls")),
    path("api/v1/", include("assessments.api.urls")),
    path("", include("people.pages.urls")),
    path("", include("ladders.pages.urls")),
    path("public/ladders/", include(("ladders.pages.public", "ladders"), namespace="public")),
    path("", include("assessments.pages.urls")),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.broken"
