from wenhou.registry.models.household import Household, Membership
from wenhou.registry.models.person import Person, PersonRecord, Residence
from wenhou.registry.models.publication import Publication
from wenhou.registry.models.register import RegisterEntry

__all__ = ["Household", "Membership", "Person", "PersonRecord", "Publication", "RegisterEntry", "Residence"]
