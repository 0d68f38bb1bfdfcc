"""Which deliveries still count for somebody: those that nothing has replaced, and all where versions are compared."""

from django.db.models import Q

COMPARED = frozenset({"DI41"})
"""Contracts of which readings look at replaced deliveries too."""
COUNTS = Q(origin=None) & (Q(superseded_by=None) | Q(contract__in=COMPARED))
"""Of parts as they came."""
