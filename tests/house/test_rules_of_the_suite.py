"""The ground rules of the suite hold."""

import socket

import pytest
from django.template import engines


def test_a_template_that_names_what_is_not_there_fails() -> None:
    with pytest.raises(AssertionError, match="names what is not there: nobody"):
        engines["django"].from_string("{{ nobody }}").render({})


def test_no_socket_leaves_the_machine() -> None:
    with pytest.raises(Exception, match="socket"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
