"""The door of the web server."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenhou.site.settings")
application = get_wsgi_application()
assert (
    get_resolver().url_patterns
)  # every page and all the rules now, not while the first reader of each process waits
