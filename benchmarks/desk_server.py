"""The product's server with two pages more: the alert list as one writes it with the ORM and a template. To measure."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenhou.site.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

# Only once Django is set up.
from functools import partial  # noqa: E402

from django.http import HttpRequest, HttpResponse  # noqa: E402, TID251
from django.template import engines  # noqa: E402
from django.urls import path  # noqa: E402

from wenhou.base import clock  # noqa: E402
from wenhou.desk import frame, watched  # noqa: E402
from wenhou.desk.alert_rows import working_days_left  # noqa: E402
from wenhou.divisions import queries as divisions  # noqa: E402
from wenhou.divisions.models import Division  # noqa: E402
from wenhou.monitoring import queries  # noqa: E402
from wenhou.site import urls  # noqa: E402
from wenhou.staff.queries import visible_to  # noqa: E402

PAGE = """
{% extends "desk/frame.html" %}{% block work %}
<h1>预警</h1><p>{{ counts.open }} {{ counts.late }} {{ counts.today }}
{{ counts.soon }} {{ counts.waiting }} {{ counts.snoozed }}</p>
<table class="ledger"><tbody>{% for row in rows %}<tr data-row>
<td><input type="checkbox" name="number" value="{{ row.alert.number }}" aria-label="选中{{ row.alert.indicator }}"></td>
<td><span class="sev">{% stamp row.alert.colour %} {{ row.alert.severity }}</span></td>
<td><span class="due">{{ row.alert.due_on|day }}</span><span class="sub">{{ row.left|days_left }}</span></td>
<td><a class="who" href="{% url 'desk:alert' row.alert.number %}">
{{ row.alert.name_masked|mask }}</a>
{{ row.alert.sex|sex }}，{{ row.alert.age }}岁
<span class="sub">{% if row.alert.id_masked %}{{ row.alert.id_masked|mask }}{% endif %}
{{ row.alert.standing }} 一户{{ row.alert.household_size }}人</span></td>
<td><span class="code">{{ row.alert.indicator }}</span>{{ row.name }}<span class="sub">{{ row.alert.headline }}</span></td>
<td>{{ row.place }}</td><td class="nb">{{ row.alert.get_alert_type_display }}</td>
<td>{% if row.alert.post %}{% state "doing" row.alert.post.account.full_name %}{% else %}{% state "wait" "待派" %}{% endif %}</td>
</tr>{% endfor %}</tbody></table>{% endblock %}
""".strip()


def page(request: HttpRequest, *, tidy: bool) -> HttpResponse:
    """The list from objects through a template. Tidy: joined and looked up at once; else asked row by row."""
    on = clock.today()
    scope = visible_to(request.user, on=on)  # type: ignore[arg-type]
    found = queries.filtered(scope, queries.Filters(on=on))
    shown = found.select_related("post__account") if tidy else found
    alerts = list(shown.order_by("due_on", "-severity", "id")[:50])
    places = divisions.lookup({alert.division for alert in alerts}) if tidy else {}
    rows = [
        {
            "alert": alert,
            "left": working_days_left(alert.due_on, on),
            "place": places.get(alert.division)
            or Division.objects.get(code=alert.division, valid_to=None).name,
            "name": watched.names().get(alert.indicator, ""),
        }
        for alert in alerts
    ]
    context = {**frame.surroundings(request), "here": "", "rows": rows, "counts": queries.summary(scope, on)}
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


urls.urlpatterns[:0] = [
    path("tidy/", partial(page, tidy=True)),
    path("naive/", partial(page, tidy=False)),
]
