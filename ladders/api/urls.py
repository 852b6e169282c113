"""Addresses of the API about ladders."""

from django.urls import path

from ladders.api import comparison, drafts, imports, ladders, people, records, relevels

app_name = "api-ladders"
VERSION = "ladders/<slug:slug>/versions/<str:number>/"

urlpatterns = [
    path("people/", people.People.as_view(), name="people"),
    path("people/<int:pk>/", people.OnePerson.as_view(), name="person"),
    path("people/<int:pk>/placements/", people.Placements.as_view(), name="placements"),
    path("people/<int:pk>/records/", records.Records.as_view(), name="records"),
    path("people/<int:pk>/lines/", records.Lines.as_view(), name="lines"),
    path("people/<int:pk>/departure/", records.Departure.as_view(), name="departure"),
    path("people/<int:pk>/rehire/", records.Rehire.as_view(), name="rehire"),
    path(
        "placements/<int:pk>/correction/",
        records.CorrectPlacement.as_view(),
        name="placement-correction",
    ),
    path("lines/<int:pk>/correction/", records.CorrectLine.as_view(), name="line-correction"),
    path("relevels/", relevels.Relevels.as_view(), name="relevels"),
    path("relevels/preview/", relevels.Preview.as_view(), name="relevel-preview"),
    path("relevels/<int:pk>/", relevels.OneRelevel.as_view(), name="relevel"),
    path("ladders/", ladders.Ladders.as_view(), name="ladders"),
    path("ladders/comparison/", comparison.Levels.as_view(), name="comparison"),
    path("ladders/drafts/", drafts.Drafts.as_view(), name="drafts"),
    path("ladders/imports/", imports.Imports.as_view(), name="imports"),
    path("ladders/imports/<int:pk>/", imports.OneImport.as_view(), name="import"),
    path(
        "ladders/imports/<int:pk>/confirmation/",
        imports.Confirm.as_view(),
        name="import-confirmation",
    ),
    path("ladders/<slug:slug>/", ladders.Ladder.as_view(), name="ladder"),
    path("ladders/<slug:slug>/versions/", ladders.Versions.as_view(), name="versions"),
    path(
        "ladders/<slug:slug>/versions/<str:number>/",
        ladders.Version.as_view(),
        name="version",
    ),
    path(
        "ladders/<slug:slug>/versions/<str:number>/files/<str:form>/",
        ladders.File.as_view(),
        name="file",
    ),
    path(
        "ladders/<slug:slug>/versions/<str:number>/diff/",
        ladders.Diff.as_view(),
        name="diff",
    ),
    path(f"{VERSION}copy/", drafts.Copy.as_view(), name="copy"),
    path(f"{VERSION}cells/", drafts.Cell.as_view(), name="cell"),
    path(f"{VERSION}gaps/", drafts.Gaps.as_view(), name="gaps"),
    path(f"{VERSION}positions/", drafts.Positions.as_view(), name="positions"),
    path(f"{VERSION}readiness/", drafts.Readiness.as_view(), name="readiness"),
    path(f"{VERSION}parts/<slug:section>/", drafts.Parts.as_view(), name="parts"),
    path(f"{VERSION}parts/<slug:section>/<path:key>/", drafts.Part.as_view(), name="part"),
]
