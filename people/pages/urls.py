"""Addresses of the pages about people and about the frame."""

from django.urls import path

from people.pages import account, imports, leaves, preferences

app_name = "people"

urlpatterns = [
    path("more/", preferences.more, name="more"),
    path("shortcuts/", preferences.shortcuts, name="shortcuts"),
    path("preferences/theme/", preferences.theme, name="theme"),
    path("people/<int:pk>/leave/", leaves.leave, name="leave"),
    path("leaves/<int:pk>/correction/", leaves.Correction.as_view(), name="leave-correction"),
    path("leaves/<int:pk>/return/", leaves.Return.as_view(), name="leave-return"),
    path("leaves/<int:pk>/withdrawal/", leaves.Withdrawal.as_view(), name="leave-withdrawal"),
    path("people/imports/", imports.all_imports, name="imports"),
    path("people/imports/<int:pk>/", imports.one_import, name="import"),
    path("people/imports/<int:pk>/reading/", imports.look_again, name="import-reading"),
    path("people/imports/<int:pk>/discarding/", imports.discard, name="import-discarding"),
    path("people/imports/<int:pk>/<slug:part>.csv", imports.sheet_of, name="import-sheet"),
    path("people/imports/<int:pk>/<slug:part>/", imports.one_list, name="import-list"),
    path("account/", account.account, name="account"),
    path("account/tokens/", account.tokens, name="tokens"),
    path("account/tokens/<int:pk>/revocation/", account.revoke, name="token-revocation"),
]
