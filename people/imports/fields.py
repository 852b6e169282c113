"""What a file of people may say, and under which headings HR systems usually say it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from people.imports.headings import heading_key


@dataclass(frozen=True)
class Field:
    """One thing that a row can say. `kind` is text, name, date, email, time_zone or
    employment; `headings` are parted by a bar, the preferred ones first."""

    name: str
    label: str
    headings: str
    kind: str = "text"
    longest: int = 200
    required: bool = False


PEOPLE = (
    Field(
        "employee_number",
        "Employee number",
        "employee id|employee no|employee nr|employee|emp no|emp id|emplid|personnel number|"
        "personnel no|person number|person id|worker id|associate id|staff id|staff number|"
        "payroll number|badge number|eid|pernr|personalnummer|personal nr|personalnr|pers nr|"
        "mitarbeiternummer|mitarbeiter nr|mitarbeiter id|matricule|id|user id|"
        "userid|number|badge id|id number|external id",
        longest=64,
        required=True,
    ),
    Field(
        "name",
        "Name",
        "full name|display name|preferred name|employee name|worker name|legal name|payroll name|"
        "worker|mitarbeiter|mitarbeitername|vollständiger name|anzeigename|nom complet|"
        "employee|associate",
        "name",
    ),
    Field(
        "first_name",
        "First name",
        "given name|forename|firstname|preferred first name|legal first name|vorname|rufname|"
        "vorna|prénom",
    ),
    Field(
        "last_name",
        "Last name",
        "family name|surname|lastname|preferred last name|legal last name|nachname|familienname|"
        "nachn|nom|nom de famille",
    ),
    Field(
        "email",
        "E-mail",
        "work email|email work|primary work email|business email|company email|email address|"
        "work email address|e mail|e mail address|mail|email|e mail adresse|"
        "geschäftliche e mail|dienstliche e mail|adresse e mail|upn|user principal name",
        "email",
        254,
    ),
    Field(
        "title",
        "Title",
        "job title|business title|position title|job title description|position|role|job|"
        "job profile|job name|job id|stelle|stellenbezeichnung|planstelle|position bezeichnung|"
        "jobtitel|berufsbezeichnung|funktion|tätigkeit|stltx|plstx|intitulé du poste",
    ),
    Field(
        "manager",
        "Manager",
        "manager id|manager number|manager no|manager employee number|manager employee id|"
        "manager employee|manager worker id|reports to employee id|reports to id|"
        "reports to associate id|supervisor id|supervisor eid|supervisor number|"
        "supervisor employee number|line manager id|vorgesetzter id|vorgesetzten id|"
        "personalnummer vorgesetzter|vorgesetzter personalnummer|vorgesetztennummer|"
        "manager email|manager e mail|reports to email|supervisor email|line manager email|"
        "vorgesetzter e mail|e mail vorgesetzter|manager|line manager|direct manager|"
        "reports to|reporting to|supervisor|manager name|reports to name|supervisor name|"
        "worker s manager|workers manager|vorgesetzter|vorgesetzte|vorgesetzte person|"
        "führungskraft|name vorgesetzter|disziplinarischer vorgesetzter|chef|responsable",
    ),
    Field(
        "team",
        "Team",
        "department|supervisory organization|supervisory org|supervisory organisation|team key|"
        "org unit|organizational unit|organisational unit|home department description|"
        "home department|unit|department id|abteilung|organisationseinheit|orgeinheit|orgtx|"
        "orgeh|bereich|équipe|département|service",
    ),
    Field("team_name", "Team name", "department name|org unit name|teamname"),
    Field("team_parent", "Part of", "parent team|part of team|parent department"),
    Field(
        "hired_on",
        "Hired on",
        "hire date|original hire date|start date|start|date of hire|hired|date hired|hiredate|"
        "employment start date|joining date|date of joining|company start date|eintritt|"
        "eintrittsdatum|einstellungsdatum|eintritt am|date d entrée",
        "date",
    ),
    Field(
        "left_on",
        "Left on",
        "termination date|end date|leave date|left|last day of work|last working day|exit date|"
        "employment end date|termination|leaving date|austritt|austrittsdatum|austritt am|"
        "letzter arbeitstag|date de sortie",
        "date",
    ),
    Field(
        "status",
        "Status",
        "worker status|employee status|employment status|active status|is active|lifecycle status|"
        "position status|assignment status|active|stat2|beschäftigungsstatus|mitarbeiterstatus|"
        "aktiv|statut",
        "employment",
    ),
    Field(
        "effective_on",
        "Effective from",
        "effective date|effective as of|as of date|valid from|change effective date|gültig ab|"
        "wirksam ab|gültig von|begda|date d effet",
        "date",
    ),
    Field("time_zone", "Time zone", "timezone|tz|zeitzone", "time_zone", 64),
)
PLACEMENTS = (
    Field(
        "employee_number",
        "Employee number",
        "employee id|employee|worker id|person|emp id",
        longest=64,
        required=True,
    ),
    Field("start", "From", "start date|from|since|valid from", "date", required=True),
    Field("end", "To", "end date|to|until|valid to", "date"),
    Field("level", "Level", "level key|level code|job level|job id", required=True),
    Field("ladder", "Ladder", "ladder slug|job family", longest=100),
)


@cache
def headings(field: Field) -> dict[str, int]:
    """Every heading that means this field without being told, with its rank; 0 is preferred.
    Without spaces, because some systems leave them out."""
    listed = [squeezed(heading) for heading in field.headings.split("|")]
    own = [key for key in (squeezed(field.name), squeezed(field.label)) if key not in listed]
    return {key: rank for rank, key in reversed(list(enumerate([*own, *listed])))}


@lru_cache(maxsize=4_096)
def squeezed(heading: str) -> str:
    """A heading without case, accents and everything that is not a letter or digit."""
    return heading_key(heading).replace(" ", "")
