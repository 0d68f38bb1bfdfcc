"""Deaths, custody, and those nobody finds; parents who are away mostly for one of these."""

from typing import TYPE_CHECKING

from wenhou.sandbox.law.columns import Columns, picked

if TYPE_CHECKING:
    from wenhou.sandbox.law.families import People


def fill(table: Columns, people: "People") -> None:
    why = picked(people.rng, people.size, (0.2, 0.12, 0.12, 0.12, 0.12, 0.12, 0.1, 0.1))
    rare = people.chance(0.003)
    due = people.away
    dead = (due & (why == 1)) | (people.chance(0.012))
    table.dated("has_police_death", dead & people.chance(0.9), "police_death_on", people.ago(900))
    table.dated("has_hospital_death", dead & people.chance(0.6), "hospital_death_on", people.ago(900))
    table.dated("is_cremated", dead & people.chance(0.7), "cremated_on", people.ago(900))
    prison = (due & (why == 2)) | (rare & people.chance(0.5))
    table.dated("is_in_prison", prison, "prison_since", people.ago(1500))
    table.put("is_in_prison_six_months", prison & people.chance(0.8))
    detox = (due & (why == 3)) | (rare & people.chance(0.5))
    table.dated("is_in_detox", detox, "detox_since", people.ago(700))
    table.put("is_in_detox_six_months", detox & people.chance(0.8))
    table.put("is_confined_six_months", (due & (why == 4)) | people.chance(0.002))
    table.put("is_untraceable", (due & (why == 5)) | people.chance(0.003))
    lost = (due & (why == 6)) | people.chance(0.004)
    table.dated("is_out_of_contact", lost, "out_of_contact_since", people.ago(420))
    missing = (due & (why == 7)) | people.chance(0.004)
    table.put("is_missing_on_evidence", missing)
    table.put("missing_since", people.ago(365 * 4), missing)
    table.dated("is_declared_missing", missing & people.chance(0.3), "declared_missing_on", people.ago(700))
    table.dated("has_been_met", people.chance(0.5), "last_met_on", people.ago(500))
    table.put("visits_missed_in_row", picked(people.rng, people.size, (0.9, 0.06, 0.04)))
