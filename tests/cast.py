"""The named cast, and how a case comes to each stage: always by running the actions."""

from __future__ import annotations

import datetime
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings
from django.utils import timezone

from assessments.actions import cases, decisions, evidence, gathering, panels, texts
from assessments.actions.reasons import Reason
from assessments.models import Feedback, PromotionCase
from ladders.actions import imports, placements
from ladders.formats import documents
from ladders.models import Level, Placement
from people.actions import lines, people, teams
from people.models import Person, Role, Team

STARTER = Path(settings.BASE_DIR) / "ladders/starters/software-engineering.ladder.yaml"
LONG_AGO = datetime.date(2022, 3, 1)

TEAMS = {"engineering": None, "payments": "engineering", "search": "engineering", "hr": None}
PEOPLE = {
    # key: (name, team, manager, level, roles)
    "vera": ("Vera Top", "engineering", None, "director-of-engineering", []),
    "sam": ("Sam Skip", "engineering", "vera", "senior-engineering-manager", []),
    "maya": ("Maya Manager", "payments", "sam", "engineering-manager", []),
    "carl": ("Carl Candidate", "payments", "maya", "senior-engineer", []),
    "fred": ("Fred Peer", "payments", "maya", "engineer", []),
    "petra": ("Petra Panel", "search", "vera", "principal-engineer", []),
    "paul": ("Paul Panel", "search", "vera", "senior-engineering-manager", []),
    "pia": ("Pia Panel", "search", "paul", "senior-staff-engineer", []),
    "otto": ("Otto Other", "search", "paul", "staff-engineer", []),
    "ulla": ("Ulla Author", "search", "paul", "engineer", []),
    "ulf": ("Ulf Author", "search", "paul", "engineer", []),
    "ute": ("Ute Author", "search", "paul", "engineer", []),
    "stella": ("Stella Stranger", "search", "paul", "senior-engineer", []),
    "hana": ("Hana HR", "hr", None, None, [Role.HR]),
    "henry": ("Henry HR", "hr", "hana", None, [Role.HR]),
    "noor": ("Noor Partner", "hr", "hana", None, [Role.HR_PARTNER]),
    "anna": ("Anna Analyst", "hr", "hana", None, [Role.ANALYST]),
    "ada": ("Ada Admin", "hr", "hana", None, [Role.ADMIN]),
}


class Cast(SimpleNamespace):
    """Everybody by first name, teams under `teams`, levels of the starter ladder under `levels`."""

    maya: Person
    carl: Person
    sam: Person
    hana: Person
    teams: dict[str, Team]
    levels: dict[str, Level]

    def everybody(self) -> dict[str, Person]:
        """All people, by first name in lower case."""
        return {key: getattr(self, key) for key in PEOPLE}


def assemble() -> Cast:
    """Found the teams, publish the starter ladder, hire everybody and place them."""
    cast = Cast(teams=_found_teams(), levels=starter_levels())
    for key, (name, team, manager, level, roles) in PEOPLE.items():
        person = people.add(by=None, name=name, email=f"{key}@example.com", employee_number=key)
        lines.change(
            person,
            by=None,
            on=LONG_AGO,
            manager=getattr(cast, manager) if manager else None,
            team=cast.teams[team],
        )
        if level:
            placements.place(
                person, cast.levels[level], by=None, on=LONG_AGO, kind=Placement.Kind.HIRE
            )
        if roles:
            unit = cast.teams["engineering"] if Role.HR_PARTNER in roles else None
            person = people.set_roles(person, by=None, roles=roles, partner_team=unit)
        setattr(cast, key, Person.objects.for_session().get(pk=person.pk))
    return cast


def starter_levels() -> dict[str, Level]:
    """The levels of the starter ladder by key, publishing it first where it is not there yet."""
    reading = documents.read(STARTER.read_bytes(), STARTER.name)
    assert reading.document is not None, reading.report
    imports.import_document(reading.document, by=None)
    levels = Level.objects.for_display().filter(version__ladder__slug="software-engineering")
    return {level.key: level for level in levels}


def _found_teams() -> dict[str, Team]:
    found: dict[str, Team] = {}
    for key, parent in TEAMS.items():
        found[key] = teams.add(
            by=None, key=key, name=key.title(), parent=found[parent] if parent else None
        )
    return found


# --- How a case comes to each stage ------------------------------------------------------------


def draft(cast: Cast, **options) -> PromotionCase:
    """Maya has opened a case for Carl; it holds text and evidence and is ready to be submitted."""
    target = options.pop("target", cast.levels["staff-engineer"])
    case = cases.open_case(cast.carl, target, by=cast.maya, **options)
    texts.write_statement(case, by=cast.maya, text="Carl leads the work on payouts.")
    parts = list(case.pinned_version.competencies.order_by("position"))
    for number, part in enumerate(parts[:3]):
        piece = evidence.add(
            by=cast.carl,
            what=f"Piece {number}: split the ledger",
            happened_on=datetime.date(2025, 5, 1 + number),
            competencies=[part.key],
        )
        texts.attach(case, piece, by=cast.carl, competency=part)
        texts.write_section(case, part, by=cast.maya, text=f"What I saw of {part}.")
    texts.write_own_section(case, by=cast.carl, text="What I am proud of.")
    return fresh(case)


def submitted(cast: Cast, **options) -> PromotionCase:
    """Maya has handed the case on."""
    case = draft(cast, **options)
    cases.submit(case, by=cast.maya, off_cycle_reason="" if case.cycle_id else "A seat opened.")
    return fresh(case)


def gathering_stage(cast: Cast, **options) -> PromotionCase:
    """HR has asked Fred and Stella, and Sam has endorsed."""
    case = submitted(cast, **options)
    asked = [
        gathering.Request(cast.fred, Feedback.Visibility.SUBJECT_NAMED),
        gathering.Request(cast.stella, Feedback.Visibility.PANEL_ONLY),
    ]
    gathering.gather(case, by=cast.hana, requests=asked)
    gathering.endorse(case, by=cast.sam, endorses=True, text="I see the same.")
    return fresh(case)


def frozen(cast: Cast, **options) -> PromotionCase:
    """Both answers are in and the packet is frozen."""
    case = gathering_stage(cast, **options)
    for feedback in case.feedback.all():
        gathering.give(feedback, by=feedback.author, text=f"{feedback.author.name} says: strong.")
    gathering.freeze(case, by=cast.hana)
    return fresh(case)


def in_review(cast: Cast, **options) -> PromotionCase:
    """Petra chairs; Paul and Pia sit with her, Vera approves."""
    case = frozen(cast, **options)
    panels.assign(
        case,
        by=cast.hana,
        chair=cast.petra,
        voters=[cast.petra, cast.paul, cast.pia],
        approver=cast.vera,
    )
    return fresh(case)


def voted(cast: Cast, votes: tuple[str, str, str] = ("yes", "yes", "yes")) -> PromotionCase:
    """All three have voted and the ballot is closed."""
    case = in_review(cast)
    for person, vote in zip((cast.petra, cast.paul, cast.pia), votes, strict=True):
        panels.vote(case, by=person, vote=vote, reason="Because of the packet.")
    panels.close_ballot(case, by=cast.petra)
    return fresh(case)


def reasons(case: PromotionCase, count: int = 1) -> list[Reason]:
    """A reason for the first expectations of the target level."""
    expectations = case.target_level.expectations.order_by("position")[:count]
    return [Reason(expectation.pk, "Shown across two teams.") for expectation in expectations]


def recommended(cast: Cast, votes: tuple[str, str, str] = ("yes", "yes", "yes")) -> PromotionCase:
    """The chair has spoken for the panel."""
    case = voted(cast, votes)
    panels.recommend(case, by=cast.petra, text="The panel is convinced.", reasons=reasons(case))
    return fresh(case)


def approved(cast: Cast, effective_on: datetime.date | None = None) -> PromotionCase:
    """Vera has approved."""
    case = recommended(cast)
    decisions.approve(case, by=cast.vera, effective_on=effective_on or timezone.localdate())
    return fresh(case)


def declined(cast: Cast) -> PromotionCase:
    """The panel said not yet, and Vera follows it."""
    case = recommended(cast, ("not_yet", "not_yet", "not_yet"))
    later = timezone.localdate() + datetime.timedelta(days=180)
    decisions.decline(case, by=cast.vera, reasons=reasons(case), look_again_on=later)
    return fresh(case)


def told(cast: Cast, effective_on: datetime.date | None = None) -> PromotionCase:
    """Maya has told Carl; the promotion is scheduled."""
    case = approved(cast, effective_on)
    decisions.communicate(case, by=cast.maya, letter="Congratulations, Carl.")
    return fresh(case)


def effective(cast: Cast, effective_on: datetime.date | None = None) -> PromotionCase:
    """Carl stands on the new level."""
    case = told(cast, effective_on)
    decisions.make_effective(case)
    return fresh(case)


def fresh(case: PromotionCase) -> PromotionCase:
    """The case as it stands now, loaded the way policies and sight need it."""
    return PromotionCase.objects.for_display().get(pk=case.pk)


STAGES = {
    "draft": draft,
    "submitted": submitted,
    "gathering": gathering_stage,
    "frozen": frozen,
    "in_review": in_review,
    "recommended": recommended,
    "decided": approved,
    "scheduled": told,
    "effective": effective,
}
