"""Addresses: the desk at the root, machines under /api/."""

from django.urls import include, path

urlpatterns = [
    path("api/", include("wenhou.api.urls")),
    path("", include("wenhou.desk.urls")),
]

handler404 = "wenhou.desk.views.refusals.not_here"
handler500 = "wenhou.desk.views.refusals.broken"
