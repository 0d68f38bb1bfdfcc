"""The door of the web server. However it is started, it is not the owner of the database."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenhou.site.settings")
os.environ.setdefault("WENHOU_AS", "web")
application = get_wsgi_application()
