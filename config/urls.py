"""Every address of the app: pages at /, the API at /api/v1/."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("account/", include("allauth.account.urls")),
]

for app in ("people", "ladders", "assessments"):
    for prefix, door in (("", "pages"), ("api/v1/", "api")):
        if find_spec(f"{app}.{door}") and find_spec(f"{app}.{door}.urls"):
            urlpatterns.append(path(prefix, include(f"{app}.{door}.urls")))
