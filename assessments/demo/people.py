"""Who works at the demo organisation: plain data, one line a person."""

from __future__ import annotations

from typing import NamedTuple

TEAMS = {
    # key: (name, parent)
    "engineering": ("Engineering", None),
    "money": ("Money movement", "engineering"),
    "payments": ("Payments platform", "money"),
    "checkout": ("Checkout", "money"),
    "ledger": ("Ledger", "money"),
    "discovery": ("Discovery", "engineering"),
    "search": ("Search", "discovery"),
    "data": ("Data platform", "discovery"),
    "mobile": ("Mobile", "discovery"),
    "people": ("People team", None),
}


class Step(NamedTuple):
    """From how many months ago somebody stood on a level, and how they came there."""

    months: int
    level: str
    kind: str = "promotion"


class Member(NamedTuple):
    """One person. `way` runs from hire to today."""

    key: str
    name: str
    team: str
    manager: str | None
    way: tuple[Step, ...]
    zone: str = "Europe/Berlin"
    roles: tuple[str, ...] = ()
    title: str = ""


A, E, S = "associate-engineer", "engineer", "senior-engineer"
ST, SST, P = "staff-engineer", "senior-staff-engineer", "principal-engineer"
EM, SEM, D = "engineering-manager", "senior-engineering-manager", "director-of-engineering"
BERLIN, LISBON, NEW_YORK = "Europe/Berlin", "Europe/Lisbon", "America/New_York"
BANGALORE, AUCKLAND, PAGO_PAGO = "Asia/Kolkata", "Pacific/Auckland", "Pacific/Pago_Pago"


def _way(*steps: tuple) -> tuple[Step, ...]:
    first, *rest = (Step(*step) for step in steps)
    return (first._replace(kind="hire"), *rest)


MEMBERS = (
    Member("vera", "Vera Lindqvist", "engineering", None,
           _way((96, SEM), (52, D))),
    Member("sam", "Sam Okafor", "money", "vera",
           _way((80, EM), (30, SEM)), LISBON),
    Member("paul", "Paul Moreau", "discovery", "vera",
           _way((72, EM), (26, SEM))),
    Member("petra", "Petra Nováková", "engineering", "vera",
           _way((110, S), (70, ST), (41, SST), (9, P))),
    Member("arjun", "Arjun Menon", "engineering", "vera",
           _way((64, ST), (28, SST)), BANGALORE, roles=("ladder_publisher",)),
    Member("noemi", "Noémi Szabó", "discovery", "paul",
           _way((88, S), (55, ST), (16, SST))),
    # Payments platform
    Member("maya", "Maya Lindholm", "payments", "sam",
           _way((70, E), (52, S), (27, EM, "track_move"))),
    Member("carl", "Carl Adler", "payments", "maya",
           _way((50, E), (28, S))),
    Member("priya", "Priya Raman", "payments", "maya",
           _way((58, E), (33, S)), BANGALORE),
    Member("fred", "Fred Oyelaran", "payments", "maya",
           _way((44, A), (25, E))),
    Member("lena", "Lena Brandt", "payments", "maya",
           _way((40, E), (14, S))),
    Member("tomas", "Tomás Herrera", "payments", "maya",
           _way((16, A),)),
    Member("jonas", "Jonas Weidmann", "payments", "maya",
           _way((92, S), (66, ST), (44, EM, "track_move"), (13, ST, "return"))),
    Member("ling", "Ling Zhao", "payments", "maya",
           _way((20, E),), AUCKLAND),
    # Checkout
    Member("rosa", "Rosa Ferreira", "checkout", "sam",
           _way((61, S), (21, EM, "track_move")), LISBON),
    Member("ines", "Inês Duarte", "checkout", "rosa",
           _way((77, S), (45, EM, "track_move"), (24, S, "return"), (8, ST)), LISBON),
    Member("omar", "Omar Haddad", "checkout", "rosa",
           _way((49, E), (27, S))),
    Member("yuki", "Yuki Tanabe", "checkout", "rosa",
           _way((30, E),), AUCKLAND),
    Member("bea", "Beatriz Cavalcanti de Albuquerque e Vasconcelos Figueira", "checkout", "rosa",
           _way((38, E), (15, S)), NEW_YORK),
    Member("nils", "Nils Åkesson", "checkout", "rosa",
           _way((11, A),)),
    Member("dana", "Dana Whitfield", "checkout", "rosa",
           _way((27, A), (6, E)), NEW_YORK),
    # Ledger
    Member("igor", "Igor Petrov", "ledger", "sam",
           _way((57, S), (30, EM, "track_move"))),
    Member("greta", "Greta Sommer", "ledger", "igor",
           _way((84, S), (47, ST))),
    Member("hugo", "Hugo Lambert", "ledger", "igor",
           _way((53, E), (31, S))),
    Member("aisha", "Aisha Bello", "ledger", "igor",
           _way((35, A), (17, E))),
    Member("victor", "Victor Andersen", "ledger", "igor",
           _way((47, E), (22, S))),
    Member("mina", "Mina Karimi", "ledger", "igor",
           _way((9, A),)),
    Member("leo", "Leo Castellano", "ledger", "igor",
           _way((26, E),), NEW_YORK),
    # Search
    Member("ellen", "Ellen Marsh", "search", "paul",
           _way((68, S), (34, EM, "track_move")), NEW_YORK),
    Member("stella", "Stella Vance", "search", "ellen",
           _way((46, E), (24, S)), NEW_YORK),
    Member("otto", "Otto Reiter", "search", "ellen",
           _way((74, S), (40, ST))),
    Member("kofi", "Kofi Mensah", "search", "ellen",
           _way((33, A), (13, E))),
    Member("sofia", "Sofia Rossi", "search", "ellen",
           _way((51, E), (29, S))),
    Member("ben", "Ben Achterberg", "search", "ellen",
           _way((22, E),)),
    Member("mei", "Mei Tanaka", "search", "ellen",
           _way((62, S), (35, ST)), AUCKLAND),
    Member("ravi", "Ravi Iyer", "search", "ellen",
           _way((15, A),), BANGALORE),
    # Data platform
    Member("clara", "Clara Weiss", "data", "paul",
           _way((59, S), (19, EM, "track_move"))),
    Member("dmitri", "Dmitri Volkov", "data", "clara",
           _way((69, S), (38, ST))),
    Member("hannah", "Hannah Cole", "data", "clara",
           _way((43, E), (23, S)), NEW_YORK),
    Member("emeka", "Emeka Nwosu", "data", "clara",
           _way((31, A), (12, E))),
    Member("astrid", "Astrid Holm", "data", "clara",
           _way((48, E), (26, S))),
    Member("pablo", "Pablo Ortega", "data", "clara",
           _way((18, E),)),
    Member("zoe", "Zoë Laurent", "data", "clara",
           _way((8, A),)),
    Member("samir", "Samir Qureshi", "data", "clara",
           _way((36, E), (18, S)), PAGO_PAGO),
    # Mobile
    Member("nadia", "Nadia El-Amin", "mobile", "paul",
           _way((54, S), (25, EM, "track_move"))),
    Member("felix", "Felix Braun", "mobile", "nadia",
           _way((56, S), (32, ST))),
    Member("grace", "Grace Kimani", "mobile", "nadia",
           _way((45, E), (25, S))),
    Member("luca", "Luca Moretti", "mobile", "nadia",
           _way((29, A), (10, E))),
    Member("anya", "Anya Sokolova", "mobile", "nadia",
           _way((37, E), (16, S))),
    Member("tim", "Tim O'Connell", "mobile", "nadia",
           _way((21, E),)),
    Member("jia", "Jia Chen", "mobile", "nadia",
           _way((7, A),), AUCKLAND),
    Member("marek", "Marek Zieliński", "mobile", "nadia",
           _way((42, E), (20, S))),
    # People team
    Member("hana", "Hana Sato", "people", None, (), roles=("hr",), title="Head of People"),
    Member("henry", "Henry Clarke", "people", "hana", (), roles=("hr",), title="People operations"),
    Member("nora", "Nora Lund", "people", "hana", (),
           roles=("hr_partner",), title="People partner"),
    Member("anna", "Anna Keller", "people", "hana", (), roles=("analyst",), title="People analyst"),
    Member("edda", "Edda Jónsdóttir", "people", "hana", (),
           roles=("ladder_editor",), title="Organisation development"),
    Member("ada", "Ada Byrne", "people", "hana", (),
           roles=("admin",), title="Systems administrator"),
    Member("gustav", "Gustav Nyberg", "ledger", "igor",
           _way((34, E), (11, S))),
)  # fmt: skip
