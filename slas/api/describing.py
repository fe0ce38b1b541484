"""How the API describes itself: errors that any call can meet, and how a key is sent."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from slas.api.serializers import ErrorSerializer

TENANT = OpenApiParameter("tenant", str, OpenApiParameter.PATH, description="The tenant of the token.")
SLUG = OpenApiParameter("slug", str, OpenApiParameter.PATH, description="The measure.")
LIMIT = OpenApiParameter("limit", int, description="Rows of a page, at most 200.")
OFFSET = OpenApiParameter("offset", int, description="Rows to pass over.")
FROM = OpenApiParameter("from", OpenApiTypes.DATE, description="From this date, 2026-10-01.")
UNTIL = OpenApiParameter("until", OpenApiTypes.DATE, description="Until before this date, at most 400 days later.")


def _error(words: str) -> OpenApiResponse:
    return OpenApiResponse(ErrorSerializer, description=words)


ERRORS: dict[int, Any] = {
    400: _error("The request cannot be understood; “errors” names the fields."),
    401: _error("No valid token. Unknown tenants answer alike."),
    403: _error("The token lacks the scope, or the role of its member does not allow it."),
    404: _error("There is no such thing, or this token may not see it."),
    429: _error("Too many requests; “Retry-After” says how many seconds to wait."),
    503: _error("The limit of requests cannot be checked now; send the same request again."),
}


def rows_may_fit_several(result: dict[str, Any], **_options: Any) -> dict[str, Any]:
    """A row is of the kind that its measure counts; by its fields alone it may be one of others too."""
    for name in ("Row", "ReadRow"):
        described = result["components"]["schemas"][name]
        described["anyOf"] = described.pop("oneOf")
    return result


class KeyDescription(OpenApiAuthenticationExtension):
    """The key of a token, as a bearer of it sends it."""

    target_class = "portal.accounts.api.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """The header."""
        return {"type": "http", "scheme": "bearer", "description": "parley_<tenant>_<key id>_<secret>"}
