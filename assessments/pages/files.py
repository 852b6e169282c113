"""Files of evidence on pages: to add one, to take one off, and to save one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from assessments import evidence_files, file_kinds
from assessments.actions import accesses, files
from assessments.models import Evidence, EvidenceFile
from assessments.models.access import Door
from assessments.pages.evidence import show_piece
from assessments.pages.forms.evidence import NewFile
from assessments.pages.moves import find
from assessments.serializers.files import sent
from people.refusals import Invalid

UNPROCESSABLE = 422


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a file to a piece; a refusal shows the piece with the reason."""
    piece = get_object_or_404(Evidence.objects.visible_to(request.user), pk=pk)
    form = NewFile(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            if upload.size > file_kinds.MOST_BYTES:
                raise Invalid({"file": [file_kinds.too_large(upload.size)]})
            files.add(piece, by=request.user, name=upload.name, content=upload.read())
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "File added.")
            return redirect("assessments:evidence-piece", pk)
    return show_piece(request, pk, file_form=form, status=UNPROCESSABLE)


@require_POST
def take_off(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Take a file off a piece."""
    files.take_off(_own(request, pk, file), by=request.user)
    messages.success(request, "File taken off.")
    return redirect("assessments:evidence-piece", pk)


@require_safe
def of_piece(request: HttpRequest, pk: int, file: int) -> StreamingHttpResponse:
    """A file of one's own piece, to be saved."""
    return sent(_own(request, pk, file))


@require_safe
def of_case(request: HttpRequest, pk: int, file: int) -> StreamingHttpResponse:
    """A file of the evidence of a case, for those who read it."""
    case = find(request, pk)
    found = evidence_files.of_case(request.user, case, file)
    if found is None:
        raise Http404
    accesses.note(case, by=request.user, door=Door.PAGE)
    return sent(found)


def _own(request: HttpRequest, piece: int, pk: int) -> EvidenceFile:
    found = evidence_files.of_piece(request.user, piece, pk)
    if found is None:
        raise Http404
    return found
