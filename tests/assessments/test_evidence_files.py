"""Files of evidence: taken for what they are, kept with the piece, read where the piece is read."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from assessments import evidence_files, file_kinds
from assessments.actions import evidence, files, gathering, texts
from assessments.actions.packets import digest
from assessments.models import EvidenceFile, Packet
from people.models import Event
from people.refusals import Forbidden, Invalid
from tests import cast as story

PDF = b"%PDF-1.7\n%quokka-file\n%%EOF\n"


def package(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name in names:
            packed.writestr(name, "<x/>")
    return file.getvalue()


def patched(at, new):
    """A Word file with other bytes in the first entry of its directory."""
    content = bytearray(WORD)
    at += content.find(b"PK\x01\x02")
    content[at : at + len(new)] = new
    return bytes(content)


WORD = package("[Content_Types].xml", "word/document.xml")
GOOD = {
    "a.pdf": PDF,
    "a.PNG": b"\x89PNG\r\n\x1a\nrest",
    "a.jpg": b"\xff\xd8\xff\xe0rest",
    "a.gif": b"GIF89arest",
    "a.webp": b"RIFF\x10\0\0\0WEBPVP8 ",
    "a.txt": "Grüße\n".encode(),
    "a.md": b"# Title\n",
    "a.csv": b"a;b\n1;2\n",
    "with a mark.csv": b"\xef\xbb\xbfa;b\n1;2\n",
    "full.txt": b"x" * file_kinds.MOST_BYTES,
    "a.docx": WORD,
    "a.xlsx": package("[Content_Types].xml", "xl/workbook.xml"),
    "a.pptx": package("[Content_Types].xml", "ppt/presentation.xml"),
}
BAD = {
    "a": (PDF, "ending"),
    "a.zip": (package("x"), "ending"),
    "a.html": (b"<script>", "ending"),
    "a.svg": (b"<svg/>", "ending"),
    "a.docm": (WORD, "ending"),
    "a.pdf.exe": (b"MZ", "ending"),
    "b.pdf": (b"MZ\x90", "looks like a program"),
    "c.png": (PDF, "looks like a PDF"),
    "d.docx": (package("x"), "looks like a zip file"),
    "e.docx": (package("[Content_Types].xml", "xl/workbook.xml"), "looks like an Excel file"),
    "f.docx": (
        package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        "looks like a zip file",
    ),
    "g.docx": (b"PK\x03\x04broken", "looks like a zip file"),
    "h.txt": (b"\xff\xfe\0\x01", "nobody could open it"),
    "i.txt": (PDF, "looks like a PDF"),
    "j.jpg": (b"hello", "looks like text"),
    "k.txt": (b"", "empty"),
    "l.txt": (b"x" * (file_kinds.MOST_BYTES + 1), "10 MB"),
    "m.webp": (b"RIFF\x10\0\0\0WAVEfmt ", "nobody could open it"),
    "n.webp": (b"XIFF\x10\0\0\0WEBPVP8 ", "nobody could open it"),
    "o.docx": (package("word/document.xml"), "looks like a zip file"),
    "p.docx": (package("[Content_Types].xml", "word/VBAPROJECT.BIN"), "looks like a zip file"),
    "of tomorrow.docx": (patched(6, b"\xff\0"), "looks like a zip file"),
    "odd names.docx": (
        patched(8, b"\0\x08").replace(b"[Con", b"\xff\xfeon"),
        "looks like a zip file",
    ),
    "q.txt": (b"MZ means nothing to readers", "looks like a program"),
    "r.txt": (b"a bell\x07", "nobody could open it"),
    "s.csv": ("Grüße".encode("latin-1"), "nobody could open it"),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_file_that_is_what_its_name_says_is_taken(name):
    assert file_kinds.kind_of(name, GOOD[name])


@pytest.mark.parametrize("name", BAD)
def test_any_other_is_refused_in_a_sentence(name):
    content, why = BAD[name]
    with pytest.raises(file_kinds.NotTaken, match=why) as refused:
        file_kinds.kind_of(name, content)
    assert str(refused.value).endswith(".")


@given(st.text(), st.sampled_from(list(file_kinds.ENDINGS)))
def test_no_name_leads_out_of_a_folder_or_hides_its_ending(stem, ending):
    name = file_kinds.safe_name(f"{stem}.{ending}")
    assert name == file_kinds.safe_name(name)
    assert name.endswith(ending)
    assert len(name) <= file_kinds.LONGEST_NAME
    assert not set(name) & set('/\\"\0\n\r\u202e')


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\plans\\plan.pdf", "plan.pdf"),
        (" ..hidden.pdf", "hidden.pdf"),
        ('say "when".pdf', "say 'when'.pdf"),
        ("two  spaces\n.txt", "two spaces.txt"),
        ("", "file"),
        ("…/", "file"),
        ("plan-" + "x" * 130 + ".pdf", "plan-" + "x" * 111 + ".pdf"),
        ("x" * 116 + ".pdf", "x" * 116 + ".pdf"),
        ("x" * 130, "x" * 120),
    ],
)
def test_a_name_keeps_its_last_part_and_its_ending(given, kept):
    assert file_kinds.safe_name(given) == kept


# --- Through both doors ------------------------------------------------------------------------


@pytest.fixture
def piece(cast):
    return evidence.add(
        by=cast.carl,
        what="Split it",
        happened_on=datetime.date(2026, 5, 4),
        competencies=["architecture"],
    )


def upload(client, door, piece, name="plan.pdf", content=PDF):
    address = reverse(f"{door}:evidence-files", args=[piece.pk])
    return client.post(address, {"file": SimpleUploadedFile(name, content)})


DOORS = pytest.mark.parametrize("door", ["assessments", "api-assessments"])


@DOORS
def test_a_file_is_kept_recorded_and_sent_to_be_saved(client, cast, piece, door):
    client.force_login(cast.carl)
    assert upload(client, door, piece, "../../plän.pdf").status_code in (201, 302)
    file = EvidenceFile.objects.get()
    assert Event.objects.about(piece)[0].data == {"file": file.pk}

    answer = client.get(reverse(f"{door}:evidence-file", args=[piece.pk, file.pk]))

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''pl%C3%A4n.pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Length"] == str(len(PDF))


@DOORS
def test_a_file_that_lies_is_refused_at_its_field(client, cast, piece, door):
    client.force_login(cast.carl)
    answer = upload(client, door, piece, "plan.pdf", b"MZ program")
    page = door == "assessments"
    assert answer.status_code == (422 if page else 400)
    errors = answer.context["file_form"].errors if page else answer.json()["errors"]
    assert "looks like a program" in errors["file"][0]
    assert not EvidenceFile.objects.exists()


@DOORS
def test_nobody_else_reads_or_changes_the_files_of_a_piece(client, cast, piece, door):
    file = files.add(piece, by=cast.carl, name="plan.pdf", content=PDF)
    for reader in ("maya", "hana", "ada", "stella"):
        client.force_login(getattr(cast, reader))
        address = reverse(f"{door}:evidence-file", args=[piece.pk, file.pk])
        assert client.get(address).status_code == 404
        assert upload(client, door, piece, content=PDF + b"x").status_code == 404
    with pytest.raises(Forbidden):
        files.take_off(file, by=cast.maya)


def test_a_piece_holds_five_files_and_none_twice(cast, piece):
    for number in range(5):
        files.add(piece, by=cast.carl, name="a.txt", content=b"%d" % number)
    for content in (b"3", b"another"):
        with pytest.raises(Invalid):
            files.add(piece, by=cast.carl, name="a.txt", content=content)


@pytest.mark.parametrize("size", [1, evidence_files.AT_ONCE + 1, 1_140_000])
def test_a_file_of_any_length_comes_whole(client, cast, piece, size):
    content = (bytes(range(32, 127)) * 12_000)[:size]
    file = files.add(piece, by=cast.carl, name="a.txt", content=content)
    client.force_login(cast.carl)
    answer = client.get(reverse("assessments:evidence-file", args=[piece.pk, file.pk]))
    assert b"".join(answer.streaming_content) == content


@DOORS
def test_a_file_is_taken_off_once(client, cast, piece, door):
    file = files.add(piece, by=cast.carl, name="plan.pdf", content=PDF)
    client.force_login(cast.carl)
    if door == "assessments":
        press = client.post
        address = reverse("assessments:evidence-file-removal", args=[piece.pk, file.pk])
    else:
        press = client.delete
        address = reverse("api-assessments:evidence-file", args=[piece.pk, file.pk])
    assert press(address).status_code in (200, 302)
    assert press(address).status_code == 404
    assert not EvidenceFile.objects.standing().exists()


def test_the_database_keeps_every_file_as_it_was(cast, piece):
    file = files.add(piece, by=cast.carl, name="plan.pdf", content=PDF)
    for harm in (file.delete, lambda: EvidenceFile.objects.update(content=b"else")):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic():
            harm()


def test_the_packet_keeps_the_file_and_its_digest_whatever_happens_later(client, cast):
    case = story.draft(cast)
    attached = case.attachments.order_by("pk")[0]
    file = files.add(attached.evidence, by=cast.carl, name="plan.pdf", content=PDF)
    addresses = [
        reverse(f"{door}:case-file", args=[case.pk, file.pk])
        for door in ("assessments", "api-assessments")
    ]
    client.force_login(cast.sam)
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    story.cases.submit(case, by=cast.maya, off_cycle_reason="A seat opened.")
    asked = [gathering.Request(one, "subject_named") for one in (cast.fred, cast.stella)]
    gathering.gather(case, by=cast.hana, requests=asked)
    for feedback in case.feedback.all():
        gathering.give(feedback, by=feedback.author, text="Strong.")
    gathering.freeze(case, by=cast.hana, note="Sam is away.")
    later = files.add(attached.evidence, by=cast.carl, name="late.txt", content=b"late")
    files.take_off(file, by=cast.carl)

    packet = Packet.objects.get(case=case)
    frozen = next(one for one in packet.content["evidence"] if one["attachment"] == attached.pk)
    assert [one["digest"] for one in frozen["files"]] == [file.digest]
    assert packet.digest == digest(packet.content)
    for address in addresses:
        answer = client.get(address)
        assert b"".join(answer.streaming_content) == PDF
        assert client.get(address.replace(str(file.pk), str(later.pk))).status_code == 404
    shown = client.get(reverse("api-assessments:case", args=[case.pk])).json()
    piece = next(one for one in shown["attachments"] if one["id"] == attached.pk)["evidence"]
    assert [one["name"] for one in piece["files"]] == ["plan.pdf"]
    assert (
        piece["files"][0]["page_url"]
        in client.get(reverse("assessments:case-preview", args=[case.pk])).content.decode()
    )
    client.force_login(cast.stella)
    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_a_file_that_was_taken_off_before_the_freeze_is_in_no_case(client, cast, piece):
    case = story.draft(cast)
    texts.attach(case, piece, by=cast.carl)
    file = files.add(piece, by=cast.carl, name="plan.pdf", content=PDF)
    assert evidence_files.of_case(cast.maya, case, file.pk) == file
    assert evidence_files.of_case(cast.fred, case, file.pk) is None
    files.take_off(file, by=cast.carl)
    assert evidence_files.of_case(cast.maya, case, file.pk) is None


def test_a_file_of_a_piece_that_is_not_attached_is_in_no_case(client, cast, piece):
    case = story.draft(cast)
    file = files.add(piece, by=cast.carl, name="plan.pdf", content=PDF)
    client.force_login(cast.maya)
    address = reverse("assessments:case-file", args=[case.pk, file.pk])
    assert client.get(address).status_code == 404
    texts.attach(case, piece, by=cast.carl)
    assert client.get(address).status_code == 200
