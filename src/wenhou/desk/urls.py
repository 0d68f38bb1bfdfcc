"""Addresses of the desk. Numbers are the product's own; none carries an identity number."""

from django.urls import URLPattern, URLResolver, path

from wenhou.desk.views import alert, alerts, bulk, deliveries, find, people, runs, sign_in, watch

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", alerts.alerts, name="alerts"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("alerts/export.xlsx", bulk.export, name="alerts_export"),
    path("alerts/bulk/", bulk.bulk, name="bulk"),
    path("alerts/bulk/dispatch/", bulk.dispatch, name="bulk_dispatch"),
    path("alerts/bulk/snooze/", bulk.snooze, name="bulk_snooze"),
    path("alerts/<str:number>/", alert.alert, name="alert"),
    path("alerts/<str:number>/dispatch/", alert.dispatch, name="alert_dispatch"),
    path("alerts/<str:number>/visit/", alert.visit, name="alert_visit"),
    path("alerts/<str:number>/close/", alert.close, name="alert_close"),
    path("alerts/<str:number>/snooze/", alert.snooze, name="alert_snooze"),
    path("alerts/<str:number>/wake/", alert.wake, name="alert_wake"),
    path("alerts/<str:number>/reveal/", alert.reveal, name="alert_reveal"),
    path("people/", find.find, name="find"),
    path("people/<int:key>/", people.person, name="person"),
    path("households/<int:key>/", people.household, name="household"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/upload/", deliveries.upload, name="upload"),
    path("deliveries/<int:key>/", deliveries.delivery, name="delivery"),
    path("deliveries/<int:key>/progress/", deliveries.progress, name="delivery_progress"),
    path("deliveries/<int:key>/rejects.csv", deliveries.rejects, name="delivery_rejects"),
    path("runs/", runs.runs, name="runs"),
    path("runs/start/", runs.start, name="run_start"),
    path("runs/<int:key>/", runs.run, name="run"),
    path("runs/<int:key>/progress/", runs.progress, name="run_progress"),
    path("indicators/", watch.indicators, name="indicators"),
    path("indicators/<str:code>/", watch.indicator, name="indicator"),
]
