"""Addresses of the pages about cases, tracks, cycles and reports."""

from django.urls import path

from assessments.pages import cycles, evidence, home, inbox, reports, search, track

app_name = "assessments"

urlpatterns = [
    path("reports/", reports.catalogue, name="reports"),
    path("reports/<slug:name>/", reports.report, name="report"),
    path("search/", search.search, name="search"),
    path("track/", track.my_track, name="my-track"),
    path("people/<int:pk>/track/", track.of_person, name="track"),
    path("evidence/", evidence.pieces, name="evidence"),
    path("evidence/evidence.csv", evidence.download, name="evidence-download"),
    path("evidence/<int:pk>/", evidence.piece, name="evidence-piece"),
    path("", home.home, name="home"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/reading/", inbox.read_all, name="inbox-reading"),
    path("inbox/<int:pk>/reading/", inbox.read, name="notification-reading"),
    path("cycles/", cycles.listing, name="cycles"),
    path("cycles/new/", cycles.new, name="cycle-new"),
    path("cycles/<int:pk>/", cycles.cycle, name="cycle"),
    path("cycles/<int:pk>/dates/", cycles.dates, name="cycle-dates"),
    path("cycles/<int:pk>/announcement/", cycles.announcement, name="cycle-announcement"),
    path("cycles/<int:pk>/extension/", cycles.extension, name="cycle-extension"),
    path("cycles/<int:pk>/closure/", cycles.closure, name="cycle-closure"),
]
