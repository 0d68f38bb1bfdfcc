"""/api/v1/: what machines may call. No session, no cookie, hence no CSRF token; every door asks for a key."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from wenhou.api import deliveries, determinations
from wenhou.base.errors import NotAllowed, TooMany, WenhouError

api = NinjaAPI(
    title="温厚数据接口",
    version="1",
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
)
api.add_router("/deliveries", deliveries.router)
api.add_router("/determinations", determinations.router)


@api.exception_handler(AuthenticationError)
def no_key(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """401 with one sentence."""
    said = {"error": "没有钥匙，或钥匙不对、已收回；请在Authorization头里写“Bearer 钥匙”。"}
    response = api.create_response(request, said, status=401)
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(WenhouError)
def refused(request: HttpRequest, error: WenhouError) -> HttpResponse:
    """404 for what is not there, 403 for what the key may not do, 429 for too many, 422 for what cannot be taken."""
    status = next((code for kind, code in STATUSES.items() if isinstance(error, kind)), 422)
    said = {"error": error.message, **getattr(error, "done", {})}
    response = api.create_response(request, said, status=status)
    if isinstance(error, TooMany):
        response["Retry-After"] = str(error.seconds)
    return response


STATUSES: dict[type[WenhouError], int] = {deliveries.NotFound: 404, NotAllowed: 403, TooMany: 429}
"""The first that fits counts."""


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A number of a delivery that is no number leads nowhere; else 422 with one sentence."""
    if any(one["loc"][0] == "path" for one in error.errors):
        return refused(request, deliveries.NotFound(deliveries.NOT_THERE))
    said = {"error": "请求应是multipart表单：file是数据文件，manifest是清单的JSON。"}
    return api.create_response(request, said, status=422)


def openapi() -> dict[str, Any]:
    """The description of every door (OpenAPI 3.1), for whoever writes the other side."""
    return dict(api.get_openapi_schema(path_prefix="/api/v1/"))


def _without_sign_in(pattern: URLPattern | URLResolver) -> URLPattern | URLResolver:
    """The sign-in of staff does not stand here: the key does."""
    if isinstance(pattern, URLPattern):
        pattern.callback = login_not_required(pattern.callback)
    return pattern


_patterns, _app, _namespace = api.urls
_doors = [_without_sign_in(one) for one in _patterns if getattr(one, "name", None) != "api-root"]
urlpatterns = [path("v1/", (_doors, _app, _namespace))]
