"""Two levels of any ladders, compared."""

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from ladders.filters import Comparison
from ladders.level_names import EXAMPLE
from ladders.serializers import comparison
from people.api.endpoint import Endpoint
from people.refusals import Invalid

NAME = f"A level, like `{EXAMPLE}`; without a version, that of the version in force."


class Levels(Endpoint):
    """What changes from one level to another, of the same ladder or of two."""

    serializer_class = comparison.Comparison
    pagination_class = None

    @extend_schema(
        parameters=[
            OpenApiParameter("left", str, required=True, description=NAME),
            OpenApiParameter("right", str, required=True, description=NAME),
        ]
    )
    def get(self, request: Request) -> Response:
        """Both levels side by side, competency by competency, what changes first."""
        form = Comparison(request.query_params)
        missing = {side: ["Name this level."] for side in form.fields if not form.data.get(side)}
        if missing or not form.is_valid():
            errors = {name: list(messages) for name, messages in form.errors.items()}
            raise Invalid(missing | errors)
        asked = form.cleaned_data
        found = comparison.present(asked["left"], asked["right"], request.user)
        if found is None:
            raise Http404
        return Response(found)
