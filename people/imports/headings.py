"""What a heading says, word by word, in the languages that HR systems speak. Pure.

A heading means a field when it says what the field is, and nothing that this does not know.
"""

from __future__ import annotations

from functools import lru_cache

from people.folding import fold

_SAID = {
    "person": "employee employees worker associate staff personnel person emp member associated "
    "mitarbeiter mitarbeiters mitarbeiterin arbeitnehmer beschäftigte beschäftigter beschäftigten "
    "bewerbers salarié salariée collaborateur employé empleado empleada trabajador colaborador "
    "medewerker werknemer funcionário dipendente lavoratore pracownik pracownika persona users",
    "private": "private privat privé privée prive privato particular secondary recovery",
    "personal": "personal pers personeels",
    "number": "number numbers no nr num id ids identifier nummer numéro número numero numer n nº "
    "n° kennung idnumber",
    "name": "name names naam nom nome nombre namen",
    "first": "first given forename firstname vorname rufname vorna prénom prénoms voornaam "
    "roepnaam imię fname",
    "last": "last family surname lastname nachname familienname nachn achternaam apellido "
    "apellidos cognome sobrenome nazwisko lname",
    "infix": "tussenvoegsel tussenvoegsels voorvoegsel voorvoegsels namensvorsatz vorsatzwort",
    "which": "primer segundo paterno materno",
    "full": "full display complete complet completo vollständiger volledige anzeige preferred "
    "legal known spoken payroll",
    "email": "email emailaddress mail courriel correo upn emailadresse mailadresse emailadres",
    "address": "address adresse adres dirección endereço indirizzo electrónico électronique "
    "elettronica eletrônico",
    "work": "work business company primary office corporate professional professionnel "
    "professionnelle dienstlich dienstliche geschäftlich geschäftliche zakelijk zakelijke werk "
    "corporativo corporativa aziendale firma entreprise empresa contact",
    "manager": "manager managers mgr supervisor supervisors boss superior reportsto reportingto "
    "vorgesetzter vorgesetzte vorgesetzten vorgesetztennummer führungskraft leidinggevende "
    "responsable gestor jefe chef responsabile capo przełożony leiter n1 "
    "teamlead teamleader teamleiter teamleiterin abteilungsleiter vorgesetztenname",
    "line": "line direct hierarchical hiérarchique hierarchique direto directo "
    "diretto direkter direkte disziplinarischer disziplinarische inmediato supérieur",
    "date": "date datum fecha data dt am day tag dag utc",
    "hire": "hire hired hiring join joined joining eintritt einstellung embauche entrée alta "
    "ingreso contratación admissão assunzione zatrudnienia commencement commencing dateofhire "
    "indienst",
    "start": "start begin beginn startdatum",
    "hire date": "hiredate eintrittsdatum einstellungsdatum indiensttreding einstelldatum",
    "leave": "termination terminated term leaving left exit separation relieving austritt "
    "départ sortie baja cese demissão desligamento cessazione departure uitdienst "
    "dateoftermination",
    "end": "end ende",
    "leave date": "terminationdate austrittsdatum uitdiensttreding",
    "lastday": "lastday lastworkingday",
    "status": "status statut estado situação situación stato état",
    "active": "active aktiv actif activo ativo attivo",
    "employment": "employment employer beschäftigung assignment actual lifecycle hr",
    "team": "team équipe equipo equipe squad subunit",
    "department": "department dept abteilung département departamento afdeling service unit "
    "bereich dipartimento reparto dział orgunit organisationseinheit orgeinheit deptname",
    "org": "org organization organisation organizational organisational home",
    "title": "title job role designation functie funktion puesto cargo poste fonction "
    "stellenbezeichnung mansione ruolo jobtitle positionstitel berufsbezeichnung "
    "stanowisko jobrole",
    "description": "description desc descr bezeichnung descripción libellé intitulé text titre",
    "effective": "effective effdt wirksam gültig vigencia",
    "original": "original",
    "latest": "latest recent rehire adjusted",
    "title post": "position planstelle stelle",
}
_COMPOUND = {
    "personalnummer": "personal number", "personalnr": "personal number",
    "persnr": "personal number", "mitarbeiternummer": "person number",
    "mitarbeiternr": "person number", "personeelsnummer": "personal number",
    "medewerkernummer": "person number", "personeelsnr": "personal number",
    "matricule": "person number", "matricula": "person number", "matricola": "person number",
    "empno": "person number", "empid": "person number", "emplid": "person number",
    "eid": "person number", "ename": "person name", "empname": "person name",
    "employeename": "person name", "employeeid": "person number",
    "vorgesetztennummer": "manager number",
}  # fmt: skip
_WORDS = {fold(word): senses.split() for senses, listed in _SAID.items() for word in listed.split()}
_WORDS |= {word: senses.split() for word, senses in _COMPOUND.items()}
_TOGETHER = (
    ("e mail", "email"),
    ("reports to", "reportsto"),
    ("report to", "reportsto"),
    ("reporting to", "reportsto"),
    ("last working day", "lastworkingday"),
    ("last day of work", "lastday"),
    ("last day", "lastday"),
    ("letzter arbeitstag", "lastday"),
    ("laatste werkdag", "lastday"),
    ("in dienst", "indienst"),
    ("uit dienst", "uitdienst"),
    ("sub unit", "subunit"),
    ("team lead", "teamlead"),
    ("dateof", "date of "),
    ("n 1", "n1"),
)
_NOISE = frozenset(
    "de du des la le les l d der die das den dem the of del do da di van het s bzw zum".split()
)

# (field, rank): what must be said, and what may be said beside it.
_MEANINGS: tuple[tuple[str, int, str, str], ...] = (
    ("employee_number", 0, "person number", "work"),
    ("employee_number", 0, "personal number", "person"),
    ("name", 0, "first last", "name person full"),
    ("name", 1, "name", "person full"),
    ("name", 2, "person", ""),
    ("first_name", 0, "first", "name person full"),
    ("last_name", 0, "last", "name person full"),
    ("email", 0, "email", "address work person"),
    ("title", 0, "title", "post name description work person employment"),
    ("manager", 0, "manager number", "line person personal work"),
    ("manager", 1, "manager email", "line person address work"),
    ("manager", 2, "manager", "line person name full work"),
    ("manager", 3, "manager", "line person name full work last first"),
    ("manager", 3, "manager title post", "line number person"),
    ("team", 0, "team", "name org"),
    ("team", 1, "department", "name description org"),
    ("team_parent", 0, "department", "name description org"),
    ("hired_on", 0, "hire", "date start person employment work"),
    ("hired_on", 1, "start", "date person employment work"),
    ("hired_on", 2, "hire", "date start person employment work last latest"),
    ("hired_on", 3, "hire", "date start person employment work last latest original full"),
    ("left_on", 0, "leave", "date person employment end work"),
    ("left_on", 0, "lastday", "date person employment work"),
    ("left_on", 1, "end", "date person employment"),
    ("status", 0, "status", "person employment active work"),
    ("status", 1, "active", "person employment"),
    ("effective_on", 0, "effective", "date start"),
)


@lru_cache(maxsize=4_096)
def meanings(heading: str) -> dict[str, int]:
    """Every field that this heading can mean, with its rank; 0 is the plainest way to say it."""
    senses = says(heading)
    found: dict[str, int] = {}
    for field, rank, must, may in _MEANINGS:
        needed = set(must.split())
        if needed <= senses <= needed | set(may.split()):
            found.setdefault(field, rank)
    return found


@lru_cache(maxsize=4_096)
def says(heading: str) -> frozenset[str]:
    """What the words of a heading say; “?” among it for a word that nobody taught us."""
    text = heading_key(heading)
    for apart, together in _TOGETHER:
        text = text.replace(apart, together)
    words = [word for word in text.split() if word not in _NOISE]
    return frozenset(sense for word in words for sense in _WORDS.get(word, "?"))


@lru_cache(maxsize=4_096)
def heading_key(heading: str) -> str:
    """Fold a heading: "Employee_ID" and "employee id" are the same one."""
    split = "".join(
        f" {letter}" if letter.isupper() and before.islower() else letter
        for before, letter in zip(" " + heading, heading, strict=False)
    )
    return fold("".join(letter if letter.isalnum() else " " for letter in split))
