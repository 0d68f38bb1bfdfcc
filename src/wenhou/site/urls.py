"""Addresses: the desk at the root, machines under /api/."""

from django.urls import include, path

urlpatterns = [
    path("api/", include("wenhou.api.urls")),
    path("", include("wenhou.desk.urls")),
]

handler400 = "wenhou.site.refusals.unreadable"
handler404 = "wenhou.site.refusals.not_here"
handler500 = "wenhou.site.refusals.broken"
