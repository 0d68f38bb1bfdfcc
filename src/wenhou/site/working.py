"""How a worker reaches the database: what a job queues in its turn belongs to the job's own transaction."""

from procrastinate.connector import BaseConnector
from procrastinate.contrib.django import app, utils
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.psycopg_connector import PsycopgConnector


class Connector(PsycopgConnector):
    """procrastinate's own queues from another connection: a job then begins before what it is to follow is committed, or
    follows what never was."""

    def __init__(self) -> None:
        super().__init__(kwargs=utils.connector_params())

    def get_sync_connector(self) -> BaseConnector:
        return DjangoConnector()


def run(*, concurrency: int) -> None:
    """Work on all queues until told to stop (SIGINT, SIGTERM)."""
    with app.replace_connector(Connector()):
        app.run_worker(concurrency=concurrency)
