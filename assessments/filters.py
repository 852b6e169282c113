"""How lists of cases are narrowed: the fields of a query string, and nothing that is not named."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from assessments.models import Evidence, PromotionCase
from assessments.pieces import tag_of
from assessments.states import State
from people.models import Person
from people.models.hierarchy import all_below
from people.models.person import search_key

OF_THE_PAGE = frozenset({"cursor", "page_size", "format"})
"""What a list takes besides its filters."""


class StrictForm(forms.Form):
    """Refuses what is not a filter, by name, so that a slip never shows more than was meant."""

    def clean(self) -> dict[str, Any]:
        """Name every unknown field."""
        for name in sorted(set(self.data) - set(self.fields) - OF_THE_PAGE):
            self.errors[name] = self.error_class(["This filter is not known here."])
        return super().clean() or {}


class IdFilter(django_filters.Filter):
    """Rows by the id of what they point to."""

    field_class = forms.IntegerField


class CaseFilters(django_filters.FilterSet):
    """The filters of `GET /cases/`. There is none by outcome: it would tell what is not told."""

    state = django_filters.MultipleChoiceFilter(choices=State.choices)
    cycle = IdFilter()
    off_cycle = django_filters.BooleanFilter("cycle", lookup_expr="isnull")
    candidate = IdFilter()
    owner = IdFilter()
    target_level = IdFilter(help_text="The id of a level of any version.")
    ladder = django_filters.CharFilter("pinned_version__ladder__slug", max_length=100)
    mine = django_filters.ChoiceFilter(
        method="by_relation",
        choices=[
            ("candidate", "About me"),
            ("owner", "I own it"),
            ("panel", "I sit on its panel"),
            ("approver", "I decide it"),
        ],
    )
    q = django_filters.CharFilter(method="by_name", max_length=200)
    below = IdFilter(
        "candidate", method="by_leader", help_text="Candidates below this person, on all layers."
    )

    class Meta:
        model = PromotionCase
        form = StrictForm
        fields: list[str] = []

    def by_relation(self, cases: QuerySet, name: str, relation: str) -> QuerySet:
        """Cases to which the reader stands so."""
        person = self.request.user  # type: ignore[union-attr]
        if relation == "panel":
            return cases.filter(pk__in=PromotionCase.objects.reviewed_by(person).values("pk"))
        return cases.filter(**{relation: person})

    def by_leader(self, cases: QuerySet, name: str, leader: int) -> QuerySet:
        """Cases of candidates who report to somebody today, directly or through others."""
        return cases.filter(candidate__in=all_below(leader, timezone.localdate()))

    def by_name(self, cases: QuerySet, name: str, text: str) -> QuerySet:
        """Cases of candidates whose name holds the text."""
        return cases.filter(candidate__search_key__contains=search_key(text))


class Organisation(StrictForm):
    """What the tree of people may be asked: a name to find, and a day."""

    q = forms.CharField(required=False, max_length=200, label="Name, e-mail or number")
    as_of = forms.DateField(
        required=False, label="As of", widget=forms.DateInput(attrs={"type": "date"})
    )


class CandidateFilters(django_filters.FilterSet):
    """The filter of `GET /cases/candidates/`."""

    q = django_filters.CharFilter("search_key", max_length=200, method="by_name")

    class Meta:
        model = Person
        form = StrictForm
        fields: list[str] = []

    def by_name(self, people: QuerySet, name: str, text: str) -> QuerySet:
        """People whose name or e-mail holds the text."""
        return people.filter(search_key__contains=search_key(text))


class EvidenceFilters(django_filters.FilterSet):
    """The filters of one's own evidence, on the page and in the API."""

    competency = django_filters.CharFilter(
        method="by_competency", max_length=200, help_text="The key of a competency."
    )
    tag = django_filters.CharFilter(method="by_tag", max_length=200)
    since = django_filters.DateFilter("happened_on", lookup_expr="gte")
    until = django_filters.DateFilter("happened_on", lookup_expr="lte")
    put_away = django_filters.BooleanFilter(
        method="by_place", help_text="Pieces that were put away, instead of those on the list."
    )

    class Meta:
        model = Evidence
        form = StrictForm
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """What was put away is shown only when it is asked for."""
        if not self.form.cleaned_data.get("put_away"):
            queryset = queryset.kept()
        return super().filter_queryset(queryset)

    def by_competency(self, rows: QuerySet, name: str, key: str) -> QuerySet:
        """Pieces that show it."""
        return rows.showing(key.replace("\0", ""))

    def by_tag(self, rows: QuerySet, name: str, tag: str) -> QuerySet:
        """Pieces with this tag, however it is typed."""
        return rows.filter(tags__contains=[tag_of(tag)])

    def by_place(self, rows: QuerySet, name: str, put_away: bool) -> QuerySet:
        """Pieces that were put away."""
        return rows.filter(archived_at__isnull=False) if put_away else rows
