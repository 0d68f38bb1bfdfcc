"""One's own account: its second factors and its password."""

import segno
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenhou.base import clock
from wenhou.base.errors import Refused
from wenhou.desk import frame, sessions
from wenhou.desk.access import account_of
from wenhou.staff import passwords as rules
from wenhou.staff.actions import factors, passwords
from wenhou.staff.enums import FactorKind

PROPOSED = "proposed"


@require_safe
@never_cache
def safety(request: HttpRequest) -> HttpResponse:
    """What the account proves itself with."""
    account = account_of(request)
    several = account.factors.order_by("added_at")
    left = {one.pk: len(one.secret.split()) for one in several if one.kind == FactorKind.PAPER}
    context = {"factors": [(one, left.get(one.pk)) for one in several], "account": account}
    return frame.page(request, "desk/safety.html", context)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def add_factor(request: HttpRequest) -> HttpResponse:
    """An authenticator: a picture to scan, then a code that shows it works."""
    account, wrong = account_of(request), ""
    secret = request.session.setdefault(PROPOSED, factors.propose())
    if request.method == "POST":
        said = {"code": request.POST.get("code", "").strip(), "name": request.POST.get("name", "").strip()}
        try:
            factors.add_authenticator(account=account, secret=secret, at=clock.instant(), **said)
        except Refused as why:
            wrong = why.message
        else:
            request.session.pop(PROPOSED)
            sessions.done(request)
            return _codes(request, "动态口令已经加上。请把下面的备用码抄下来，手机不在时用。")
    picture = segno.make(factors.address(account, secret), error="m")
    context = {
        "picture": mark_safe(picture.svg_inline(scale=5, border=2, dark="#1f1d1a", light="#fff")),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "wrong": wrong,
        "must": request.session.get(sessions.MUST) == "desk:add_factor",
    }
    status = 401 if wrong else 200
    return frame.page(request, "desk/add_factor.html", context, status=status)


@require_POST
def new_codes(request: HttpRequest) -> HttpResponse:
    """Ten new codes on paper, on proof by a code."""
    account = account_of(request)
    if not factors.prove(account=account, code=request.POST.get("code", ""), at=clock.instant()):
        raise Refused("验证码不对，没有换备用码。")
    return _codes(request, "备用码已经换新，以前的都作废了。")


@require_POST
def remove_factor(request: HttpRequest, key: int) -> HttpResponse:
    """Take one away, on proof by a code."""
    code, account = request.POST.get("code", ""), account_of(request)
    factors.remove(account=account, factor=key, code=code, at=clock.instant())
    messages.success(request, "已移除。")
    return redirect("desk:safety")


@never_cache
@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """A new password; other sessions of the account end."""
    account, wrong = account_of(request), ""
    if request.method == "POST":
        old, new, again = (request.POST.get(name, "") for name in ("old", "new", "again"))
        try:
            if new != again:
                raise Refused("两次写的新密码不一样。")
            changed = passwords.change(account=account, old=old, new=new, at=clock.instant())
        except Refused as why:
            wrong = why.message
        else:
            update_session_auth_hash(request, changed)
            sessions.done(request)
            messages.success(request, "密码已经改好，别处登录的都已退出。")
            return redirect("desk:safety")
    context = {"wrong": wrong, "old_enough": rules.is_too_old(account)}
    status = 409 if wrong else 200
    return frame.page(request, "desk/password.html", context, status=status)


def _codes(request: HttpRequest, said: str) -> HttpResponse:
    codes = factors.print_codes(account=account_of(request), at=clock.instant())
    return frame.page(request, "desk/paper_codes.html", {"codes": codes, "said": said})
