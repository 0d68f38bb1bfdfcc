"""The web server has read every page and all the rules before anybody asks for one."""

import os
import subprocess
import sys

SAID = """
import sys, wenhou.site.wsgi
print(*(name in sys.modules for name in ("wenhou.desk.views.worth", "wenhou.monitoring.indicators.e_urgent")))
"""


def test_the_first_reader_waits_for_nothing() -> None:
    nowhere = {**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    nowhere.pop("DJANGO_SETTINGS_MODULE", None)
    told = subprocess.run(
        [sys.executable, "-c", SAID], env=nowhere, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["True", "True"]
