"""The door of the web server. However it is started, it is not the owner of the database."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from wenhou.site import apart

apart.end_with_the_parent()  # else what a killed server leaves goes on holding its port
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenhou.site.settings")
os.environ.setdefault("WENHOU_AS", "web")
application = get_wsgi_application()
assert (
    get_resolver().url_patterns
)  # every page and all the rules now, not while the first reader of each process waits
