"""Addresses of the API of cases, tracks, cycles and reports."""

from django.urls import path

from assessments.api import (
    cases,
    cycles,
    decisions,
    evidence,
    feedback,
    me,
    moves,
    notifications,
    panels,
    publications,
    reports,
    search,
    team,
    track,
)

app_name = "api-assessments"
VERSION = "ladders/<slug:slug>/versions/<str:number>/"

urlpatterns = [
    path("reports/", reports.Catalogue.as_view(), name="reports"),
    path("reports/<slug:name>/", reports.OneReport.as_view(), name="report"),
    path("search/", search.Search.as_view(), name="search"),
    path("people/<int:pk>/team/", team.TeamOfPerson.as_view(), name="team-of"),
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
    path("cases/", cases.Cases.as_view(), name="cases"),
    path("cases/candidates/", cases.Candidates.as_view(), name="candidates"),
    path("cases/<int:pk>/", cases.OneCase.as_view(), name="case"),
    path("cases/<int:pk>/history/", cases.History.as_view(), name="case-history"),
    path("cases/<int:pk>/sections/<int:competency>/", cases.Section.as_view(), name="case-section"),
    path("cases/<int:pk>/evidence/", cases.Attachments.as_view(), name="case-evidence"),
    path(
        "cases/<int:pk>/evidence/<int:attachment>/",
        cases.OneAttachment.as_view(),
        name="case-attachment",
    ),
    path("cases/<int:pk>/submission/", moves.Submission.as_view(), name="case-submission"),
    path("cases/<int:pk>/return/", moves.Return.as_view(), name="case-return"),
    path("cases/<int:pk>/gathering/", moves.Gathering.as_view(), name="case-gathering"),
    path("cases/<int:pk>/requests/", moves.Requests.as_view(), name="case-requests"),
    path("cases/<int:pk>/endorsement/", moves.Endorsement.as_view(), name="case-endorsement"),
    path("cases/<int:pk>/sponsorship/", moves.Sponsorship.as_view(), name="case-sponsorship"),
    path("cases/<int:pk>/freeze/", moves.Freeze.as_view(), name="case-freeze"),
    path("cases/<int:pk>/withdrawal/", moves.Withdrawal.as_view(), name="case-withdrawal"),
    path("cases/<int:pk>/cancellation/", moves.Cancellation.as_view(), name="case-cancellation"),
    path("cases/<int:pk>/panel/", panels.Panel.as_view(), name="case-panel"),
    path("cases/<int:pk>/conflicts/", panels.Conflicts.as_view(), name="case-conflicts"),
    path(
        "cases/<int:pk>/conflicts/<int:seat>/ruling/", panels.Ruling.as_view(), name="case-ruling"
    ),
    path("cases/<int:pk>/ballots/", panels.Ballots.as_view(), name="case-ballots"),
    path(
        "cases/<int:pk>/ballot-closure/", panels.BallotClosure.as_view(), name="case-ballot-closure"
    ),
    path("cases/<int:pk>/second-ballot/", panels.SecondBallot.as_view(), name="case-second-ballot"),
    path(
        "cases/<int:pk>/recommendation/",
        panels.Recommendation.as_view(),
        name="case-recommendation",
    ),
    path("cases/<int:pk>/decision/", decisions.Decision.as_view(), name="case-decision"),
    path(
        "cases/<int:pk>/communication/",
        decisions.Communication.as_view(),
        name="case-communication",
    ),
    path("cases/<int:pk>/schedule/", decisions.Schedule.as_view(), name="case-schedule"),
    path("cases/<int:pk>/closure/", decisions.Closure.as_view(), name="case-closure"),
    path("feedback/", feedback.FeedbackRequests.as_view(), name="feedback-list"),
    path("feedback/<int:pk>/", feedback.OneRequest.as_view(), name="feedback"),
    path("feedback/<int:pk>/answer/", feedback.Answer.as_view(), name="feedback-answer"),
    path("feedback/<int:pk>/refusal/", feedback.Refusal.as_view(), name="feedback-refusal"),
    path(f"{VERSION}impact/", publications.Impact.as_view(), name="version-impact"),
    path(f"{VERSION}review/", publications.Review.as_view(), name="version-review"),
    path(f"{VERSION}return/", publications.Return.as_view(), name="version-return"),
    path(f"{VERSION}approval/", publications.Approval.as_view(), name="version-approval"),
    path(f"{VERSION}class/", publications.ChosenClass.as_view(), name="version-class"),
    path(f"{VERSION}publication/", publications.Publication.as_view(), name="version-publication"),
    path(f"{VERSION}schedule/", publications.Schedule.as_view(), name="version-schedule"),
    path(f"{VERSION}retirement/", publications.Retirement.as_view(), name="version-retirement"),
    path(f"{VERSION}abandonment/", publications.Abandonment.as_view(), name="version-abandonment"),
]
