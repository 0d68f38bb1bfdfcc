"""Finding somebody by name, pinyin, number, or an alert by its own number.

What is looked for is sent as a form, never in the address: an address is kept by browsers, proxies and logs.
"""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from wenhou.base import clock
from wenhou.desk import access, frame, people
from wenhou.monitoring import queries
from wenhou.registry import queries as registry

_ALERT = re.compile(r"YJ\d{6,}", re.ASCII)
_DIGIT = re.compile(r"\d")


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """People within the reader's places. Nobody outside them is found, and the page does not say whether there are."""
    scope, on = access.scope_of(request), clock.today()
    text = request.POST.get("q", "").strip()[:40]
    if _ALERT.fullmatch(text.upper()) and queries.alert(text.upper(), scope):
        return redirect("desk:alert", number=text.upper())
    found = people.find(text, scope, on=on) if text else []
    # No number is printed back, whole or in part.
    said = "" if _DIGIT.search(text) else text
    context = {"asked": bool(text), "said": said, "found": found, "most": registry.MOST_FOUND}
    return frame.page(request, "desk/find.html", context, here="find")
