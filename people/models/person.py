"""A person: somebody who works here, and who signs in."""

from __future__ import annotations

import datetime
from typing import Any, Self

import pgtrigger
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone

from people.folding import fold

SAME_IN_POSITION = """
UPDATE people_position SET name = NEW.name, left_on = NEW.left_on WHERE person_id = NEW.id;
RETURN NULL;
"""


def working_week() -> list[int]:
    """Monday to Friday, where Monday is 0."""
    return [0, 1, 2, 3, 4]


class Role(models.TextChoices):
    """What a person is trusted with beyond their own relations."""

    HR = "hr", "HR"
    HR_PARTNER = "hr_partner", "HR partner of a unit"
    ANALYST = "analyst", "Analyst"
    LADDER_EDITOR = "ladder_editor", "Ladder editor"
    LADDER_PUBLISHER = "ladder_publisher", "Ladder publisher"
    ADMIN = "admin", "Administrator"


def search_key(*parts: str | None) -> str:
    """Fold names for search: lower case, without accents, one space between words."""
    return fold(" ".join(part for part in parts if part))


def still_here(path: str = "") -> Q:
    """Who works here today, whatever day they leave; `path` leads to the person, as "person__"."""
    later = Q((f"{path}left_on__gt", timezone.localdate()))
    return Q((f"{path}left_on__isnull", True)) | later


class PersonQuerySet(models.QuerySet):
    """Which people."""

    def employed(self) -> Self:
        """People who have not left."""
        return self.filter(still_here())

    def holding(self, role: str) -> Self:
        """People with a role, found by the index of the few who have any."""
        return self.exclude(roles=[]).filter(roles__contains=[role])

    def for_session(self) -> Self:
        """What a request needs to know about who asks, in one query."""
        return self.select_related("partner_team")

    def with_current_line(self, on: datetime.date | None = None) -> Self:
        """Annotate `manager_id`, `team_id` and names as of `on`; without a date, of today."""
        from people.models.reporting_line import ReportingLine

        on = on or timezone.localdate()
        line = ReportingLine.objects.as_of(on).filter(person=OuterRef("pk"))
        return self.annotate(
            manager_id=line.values("manager")[:1],
            manager_name=line.values("manager__name")[:1],
            team_id=line.values("team")[:1],
            team_name=line.values("team__name")[:1],
            team_path=line.values("team__path")[:1],
        )

    def visible_to(self, person: Person) -> Self:
        """Everybody sees who works here; those who left are for HR and their own unit's partner."""
        if Role.HR in person.roles:
            return self
        if Role.HR_PARTNER in person.roles and person.partner_team:
            return self.filter(still_here() | Q(pk=person.pk) | self._in(person.partner_team.path))
        return self.filter(still_here() | Q(pk=person.pk))

    def _in(self, path: str) -> Exists:
        from people.models.reporting_line import ReportingLine

        lines = ReportingLine.objects.known_at().filter(
            person=OuterRef("pk"), team__path__startswith=path
        )
        return Exists(lines)


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Makes people who can sign in."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Make a person; without a password they cannot sign in with one."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.search_key = search_key(person.name, person.email)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Make an administrator of the system, who is blind to the content of cases."""
        return self.create_user(email, password, roles=[Role.ADMIN], **fields)


class Person(AbstractBaseUser):
    """Somebody who works here. The employee number is the key of imports; the e-mail signs in."""

    email = models.EmailField(null=True, blank=True, max_length=254, unique=True)
    employee_number = models.CharField(max_length=64, null=True, blank=True)
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=200, blank=True, help_text="As the HR system says it.")
    time_zone = models.CharField(max_length=64, default="UTC")
    working_days = ArrayField(
        models.SmallIntegerField(), default=working_week, help_text="0 is Monday."
    )
    hired_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    roles = ArrayField(models.CharField(max_length=32, choices=Role), default=list, blank=True)
    partner_team = models.ForeignKey(
        "people.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    search_key = models.CharField(max_length=520, editable=False, default="")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(
                name="e-mails are in lower case", condition=Q(email=Lower("email"))
            ),
            models.UniqueConstraint("employee_number", name="an employee number names one person"),
            models.CheckConstraint(
                name="people leave after they came",
                condition=Q(left_on__isnull=True)
                | Q(hired_on__isnull=True)
                | Q(left_on__gte=models.F("hired_on")),
            ),
            models.CheckConstraint(
                name="an HR partner has a unit",
                condition=~Q(roles__contains=[Role.HR_PARTNER]) | Q(partner_team__isnull=False),
            ),
        ]
        indexes = [
            models.Index(OpClass("search_key", name="text_pattern_ops"), name="person_search"),
            models.Index("name", "id", name="person_by_name"),
            models.Index("id", name="person_with_role", condition=~Q(roles=[])),
            models.Index(
                "left_on", include=["id"], name="person_left", condition=Q(left_on__isnull=False)
            ),
        ]
        triggers = (
            pgtrigger.Trigger(
                name="same_in_position",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("name", "left_on"),
                condition=pgtrigger.AnyChange("name", "left_on"),
                func=SAME_IN_POSITION,
            ),
        )

    def __str__(self) -> str:
        return self.name

    def is_here(self, today: datetime.date) -> bool:
        """True until their last day; whoever leaves later works here as before."""
        return self.is_active and (self.left_on is None or self.left_on > today)

    def has_role(self, *roles: str) -> bool:
        """True when the person holds any of `roles`."""
        return any(role in self.roles for role in roles)
