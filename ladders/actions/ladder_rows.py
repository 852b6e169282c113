"""Turns a checked document into the rows of one version, a set of rows at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from ladders.formats import packing, rows
from ladders.formats.references import Index
from ladders.models import (
    Competency,
    Expectation,
    Grade,
    LadderVersion,
    Level,
    LevelLink,
    Pillar,
    ProficiencyStatement,
    Scale,
    ScaleStep,
    Standing,
    Statement,
    Track,
)

Said = dict[str, Any]


class Writer:
    """Writes the rows of `version`; each keeps in `extra` what its columns do not."""

    SECTIONS: ClassVar = (
        "tracks",
        "levels",
        "level_links",
        "proficiency_scales",
        "pillars",
        "competencies",
        "proficiency_statements",
        "expectations",
    )

    def __init__(self, version: LadderVersion, document: Said) -> None:
        self.version, self.document = version, document
        self.index = Index(document)

    def write(self) -> None:
        """All rows, in the order in which they point at each other."""
        self.grades = self._grades()
        self.tracks = self._keyed(Track, "tracks", self._track)
        self.levels = self._keyed(Level, "levels", self._level)
        self._all(LevelLink, "level_links", self._link)
        self.scales = self._keyed(Scale, "proficiency_scales", self._scale)
        self.steps = self._steps()
        self.pillars = self._keyed(Pillar, "pillars", self._pillar)
        self._parents()
        self.competencies = self._keyed(Competency, "competencies", self._competency)
        self._all(ProficiencyStatement, "proficiency_statements", self._proficiency_statement)
        said = list(enumerate(self.document.get("expectations") or []))
        self._expectations(said)

    def rewrite_expectations(self, old: list[Said]) -> None:
        """Of a version whose other rows stand: replace the expectations that differ from `old`."""
        new = self.document.get("expectations") or []
        same = {at for at, (one, two) in enumerate(zip(old, new, strict=False)) if one == two}
        Expectation.objects.filter(version=self.version).exclude(position__in=same).delete()
        self.levels = {row.key: row for row in self.version.levels.all()}
        self.competencies = {row.key: row for row in self.version.competencies.all()}
        steps = ScaleStep.objects.filter(scale__version=self.version).select_related("scale")
        self.steps = {(step.scale.key, step.key): step for step in steps}
        self._expectations([(at, said) for at, said in enumerate(new) if at not in same])

    def _expectations(self, entries: list[tuple[int, Said]]) -> None:
        said = [row for _, row in entries]
        made = Expectation.objects.bulk_create([self._expectation(row, at) for at, row in entries])
        self._standing(made, said)
        self._statements(made, said)

    def _all(self, model: Any, section: str, build: Callable[[Said, int], Any]) -> list[Any]:
        said = self.document.get(section) or []
        return model.objects.bulk_create([build(row, at) for at, row in enumerate(said)])

    def _keyed(self, model: Any, section: str, build: Callable[[Said, int], Any]) -> dict:
        return {row.key: row for row in self._all(model, section, build)}

    def _grades(self) -> dict[str, Grade]:
        """The organisation's grades by the ids that this document uses; new ranks are added."""
        said = self.document.get("grades") or []
        named = [
            Grade(rank=row["rank"], name=row.get("name") or f"Grade {row['rank']}") for row in said
        ]
        Grade.objects.bulk_create(named, ignore_conflicts=True)
        ranks = {grade.rank: grade for grade in Grade.objects.all()}
        return {str(row["id"]): ranks[row["rank"]] for row in said}

    def _track(self, said: Said, at: int) -> Track:
        track = Track(
            version=self.version,
            key=str(said["id"]),
            kind=rows.TRACKS.get(said.get("kind") or "", rows.OTHER),
            name=said.get("name") or "",
            description=said.get("description") or "",
            order=at,
        )
        track.extra = packing.kept(said, rows.track(track))
        return track

    def _level(self, said: Said, at: int) -> Level:
        months = said.get("typical_months") or {}
        grade = self.grades.get(str(said.get("grade")))
        level = Level(
            version=self.version,
            track=self.tracks[str(said["track"])],
            grade=grade,
            key=str(said["id"]),
            order=at if said.get("order") is None else said["order"],
            position=at,
            code=said.get("code") or "",
            titles=said.get("titles") or [],
            summary=said.get("summary") or "",
            scope=said.get("scope") or "",
            typical_months_min=months.get("min"),
            typical_months_max=months.get("max"),
            terminal=said.get("terminal") or False,
            seat_limited=said.get("seat_limited") or False,
            archetypes=packing.pack(said.get("archetypes") or []),
        )
        grade_id = str(said["grade"]) if grade else None
        core = rows.level(level, level.track.key, grade_id)
        core |= rows.given(archetypes=said.get("archetypes"))
        level.extra = packing.kept(said, core)
        return level

    def _link(self, said: Said, at: int) -> LevelLink:
        ends = (self.levels[str(said["from"])], self.levels[str(said["to"])])
        link = LevelLink(
            version=self.version,
            from_level=ends[0],
            to_level=ends[1],
            type=said["type"],
            position=at,
        )
        link.extra = packing.kept(said, rows.link(link, ends[0].key, ends[1].key))
        return link

    def _scale(self, said: Said, at: int) -> Scale:
        scale = Scale(version=self.version, key=str(said["id"]), position=at)
        scale.extra = _kept_around("levels", said, rows.scale(scale, []))
        return scale

    def _steps(self) -> dict[tuple[str, str], ScaleStep]:
        steps = [
            self._step(self.scales[str(scale["id"])], row, at)
            for scale in self.document.get("proficiency_scales") or []
            for at, row in enumerate(scale.get("levels") or [])
        ]
        ScaleStep.objects.bulk_create(steps)
        return {(step.scale.key, step.key): step for step in steps}

    def _step(self, scale: Scale, said: Said, at: int) -> ScaleStep:
        step = ScaleStep(
            scale=scale,
            key=str(said["id"]),
            rank=said.get("rank"),
            position=at,
            name=said.get("name") or "",
            description=said.get("description") or "",
        )
        step.extra = packing.kept(said, rows.step(step))
        return step

    def _pillar(self, said: Said, at: int) -> Pillar:
        pillar = Pillar(
            version=self.version,
            key=str(said["id"]),
            order=said.get("order"),
            position=at,
            name=said.get("name") or "",
            description=said.get("description") or "",
        )
        pillar.extra = packing.kept(said, rows.pillar(pillar, _id(said.get("parent"))))
        return pillar

    def _parents(self) -> None:
        """Pillars lie in pillars of the same list, so parents are set once all exist."""
        inner = []
        for said in self.document.get("pillars") or []:
            if said.get("parent") is not None:
                pillar = self.pillars[str(said["id"])]
                pillar.parent = self.pillars[str(said["parent"])]
                inner.append(pillar)
        if inner:
            Pillar.objects.bulk_update(inner, ["parent"])

    def _competency(self, said: Said, at: int) -> Competency:
        inherits = said.get("inherits")
        competency = Competency(
            version=self.version,
            pillar=self.pillars.get(_id(said.get("pillar"))),
            scale=self.scales.get(_id(said.get("scale"))),
            key=str(said["id"]),
            order=said.get("order"),
            position=at,
            kind=said.get("kind") or "",
            name=said.get("name") or "",
            description=said.get("description") or "",
            inherits=inherits if isinstance(inherits, bool) else None,
        )
        ids = (_id(said.get("pillar")), _id(said.get("scale")))
        competency.extra = packing.kept(said, rows.competency(competency, *ids))
        return competency

    def _proficiency_statement(self, said: Said, at: int) -> ProficiencyStatement:
        competency = self.competencies[str(said["competency"])]
        step = self._meant(said)
        row = ProficiencyStatement(
            version=self.version,
            competency=competency,
            step=step,
            position=at,
            summary=said.get("summary") or "",
            statements=packing.pack(said.get("statements") or []),
        )
        core = rows.proficiency_statement(row, competency.key, step.key, said.get("statements"))
        row.extra = packing.kept(said, core)
        return row

    def _expectation(self, said: Said, at: int) -> Expectation:
        competency = self.competencies[str(said["competency"])]
        step = None if said.get("proficiency") is None else self._meant(said)
        named = self.index.rungs.named(said["levels"])
        plain = packing.same(said["levels"], sorted(named, key=self._place))
        row = Expectation(
            version=self.version,
            competency=competency,
            selector=None if plain else packing.pack(said["levels"]),
            proficiency=step,
            key=_id(said.get("id")) or "",
            position=at,
            requirement=said.get("requirement") or "",
            summary=said.get("summary") or "",
            state=said.get("state") or rows.STATED,
        )
        step_id = step.key if step else None
        core = rows.expectation(row, competency.key, said["levels"], step_id, [])
        row.extra = _kept_around("statements", said, core)
        return row

    def _standing(self, expectations: list[Expectation], said: list[Said]) -> None:
        """Which expectation is shown at which level."""
        Standing.objects.bulk_create(
            Standing(expectation_id=row.pk, level_id=self.levels[name].pk)
            for row, entry in zip(expectations, said, strict=True)
            for name in self.index.rungs.named(entry["levels"])
        )

    def _statements(self, expectations: list[Expectation], said: list[Said]) -> None:
        Statement.objects.bulk_create(
            _statement(row, statement, at)
            for row, entry in zip(expectations, said, strict=True)
            for at, statement in enumerate(entry.get("statements") or [])
        )

    def _meant(self, said: Said) -> ScaleStep:
        """The step that a row names; the document was checked, so there is one."""
        found = self.index.step(said["competency"], said["proficiency"])
        assert found is not None  # noqa: S101 (references.check refuses such a document)
        return self.steps[found]

    def _place(self, name: str) -> int:
        return self.levels[name].position


def _statement(expectation: Expectation, said: Said, at: int) -> Statement:
    statement = Statement(
        expectation=expectation,
        key=_id(said.get("id")) or "",
        position=at,
        kind=said.get("kind") or "",
        text=said.get("text") or "",
        counter=said.get("counter") or "",
        examples=said.get("examples") or [],
    )
    statement.extra = packing.kept(said, rows.statement(statement))
    return statement


def _kept_around(section: str, said: Said, core: Said) -> Said:
    """As `packing.kept`, for a row whose `section` becomes rows of its own unless it is empty."""
    outer = {name: value for name, value in said.items() if name != section or not value}
    return packing.kept(outer, core)


def _id(said: Any) -> str | None:
    return None if said is None else str(said)
