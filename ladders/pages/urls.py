"""Addresses of the pages about ladders."""

from django.urls import path

from ladders.pages import (
    comparison,
    drafts,
    editor,
    imports,
    ladders,
    openings,
    people,
    records,
    relevels,
    versions,
)

app_name = "ladders"

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/relevels/", relevels.relevels, name="relevels"),
    path("people/relevels/new/", relevels.new, name="relevel-new"),
    path("people/relevels/<int:pk>/", relevels.relevel, name="relevel"),
    path("people/<int:pk>/records/", records.records, name="records"),
    path("people/<int:pk>/records/<slug:name>/", records.Record.as_view(), name="record"),
    path(
        "placements/<int:pk>/correction/",
        records.CorrectPlacement.as_view(),
        name="placement-correction",
    ),
    path("lines/<int:pk>/correction/", records.CorrectLine.as_view(), name="line-correction"),
    path("ladders/", ladders.ladders, name="ladders"),
    path("ladders/comparison/", comparison.levels, name="comparison"),
    path("ladders/comparison/comparison.csv", comparison.download, name="comparison-file"),
    path("ladders/drafts/", drafts.Start.as_view(), name="drafts"),
    path("ladders/imports/", imports.all_imports, name="imports"),
    path("ladders/imports/template.xlsx", imports.template, name="template"),
    path("ladders/imports/<int:pk>/", imports.one_import, name="import"),
    path("ladders/<slug:slug>/", ladders.ladder, name="ladder"),
    path("ladders/<slug:slug>/opening/", openings.open_up, name="opening"),
    path("ladders/<slug:slug>/closure/", openings.close, name="closure"),
    path("ladders/<slug:slug>/booklet/", ladders.print_out, name="booklet"),
    path("ladders/<slug:slug>/levels/<path:key>/", ladders.level, name="level"),
    path("ladders/<slug:slug>/competencies/<path:key>/", ladders.competency, name="competency"),
    path("ladders/<slug:slug>/versions/", versions.versions, name="versions"),
    path("ladders/<slug:slug>/versions/<str:number>/", ladders.ladder, name="version"),
    path("ladders/<slug:slug>/versions/<str:number>/changes/", versions.changes, name="changes"),
    path(
        "ladders/<slug:slug>/versions/<str:number>/changes/changes.csv",
        versions.download,
        name="changes-file",
    ),
    path(
        "ladders/<slug:slug>/versions/<str:number>/levels/<path:key>/",
        ladders.level,
        name="version-level",
    ),
    path(
        "ladders/<slug:slug>/versions/<str:number>/booklet/",
        ladders.print_out,
        name="version-booklet",
    ),
    path(
        "ladders/<slug:slug>/versions/<str:number>/competencies/<path:key>/",
        ladders.competency,
        name="version-competency",
    ),
    path(
        "ladders/<slug:slug>/versions/<str:number>/file.<str:form>",
        ladders.download,
        name="file",
    ),
    path("ladders/<slug:slug>/versions/<str:number>/copy/", drafts.copy, name="copy"),
    path(
        "ladders/<slug:slug>/versions/<str:number>/edit/",
        editor.Edit.as_view(),
        name="editor",
    ),
]
