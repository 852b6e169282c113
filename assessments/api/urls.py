"""Addresses of the API of cases, tracks, cycles and reports."""

from django.urls import path

from assessments.api import cycles, evidence, me, notifications, reports, search, track

app_name = "api-assessments"

urlpatterns = [
    path("reports/", reports.Catalogue.as_view(), name="reports"),
    path("reports/<slug:name>/", reports.OneReport.as_view(), name="report"),
    path("search/", search.Search.as_view(), name="search"),
    path("people/<int:pk>/track/", track.TrackOfPerson.as_view(), name="track"),
    path("people/<int:pk>/evidence/", evidence.EvidenceList.as_view(), name="evidence"),
    path("evidence/<int:pk>/", evidence.EvidencePiece.as_view(), name="evidence-piece"),
    path("me/", me.Me.as_view(), name="me"),
    path("notifications/", notifications.Notifications.as_view(), name="notifications"),
    path(
        "notifications/<int:pk>/",
        notifications.OneNotification.as_view(),
        name="notification",
    ),
    path(
        "notifications/<int:pk>/reading/",
        notifications.Reading.as_view(),
        name="notification-reading",
    ),
    path("cycles/", cycles.Cycles.as_view(), name="cycles"),
    path("cycles/<int:pk>/", cycles.OneCycle.as_view(), name="cycle"),
    path("cycles/<int:pk>/phases/", cycles.Phases.as_view(), name="cycle-phases"),
    path("cycles/<int:pk>/progress/", cycles.Progress.as_view(), name="cycle-progress"),
    path("cycles/<int:pk>/dry-run/", cycles.DryRun.as_view(), name="cycle-dry-run"),
    path("cycles/<int:pk>/announcement/", cycles.Announcement.as_view(), name="cycle-announcement"),
    path("cycles/<int:pk>/extension/", cycles.Extension.as_view(), name="cycle-extension"),
    path("cycles/<int:pk>/closure/", cycles.Closure.as_view(), name="cycle-closure"),
]
