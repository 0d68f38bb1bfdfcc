-- A household on a day (PostgreSQL), asked for by the key of a household or of a person in it.

-- name: mates_of_household
-- Everybody whom any row, even a superseded one, ever put in the household.
select distinct other.person_id from registry_membership mine
join registry_membership other using (household_id) where mine.household_id = %(key)s
union
select distinct other.person_id from registry_register_entry mine
join registry_register_entry other using (household_id) where mine.household_id = %(key)s

-- name: mates_of_person
-- The same for every household a person ever was in.
select distinct other.person_id from registry_membership mine
join registry_membership other using (household_id) where mine.person_id = %(key)s
union
select distinct other.person_id from registry_register_entry mine
join registry_register_entry other using (household_id) where mine.person_id = %(key)s

-- name: members
-- Who is in it on the day, upon the steps of standing.sql; the head first.
select
    homes.household_id, homes.person_id, homes.relation, records.name, records.sex, records.birth_date,
    records.hukou_division, identity.id_no, records.contract, records.as_of,
    (
        select category from entries
        where entries.person_id = homes.person_id and stands order by rank limit 1
    ) as category
from homes
left join records on records.person_id = homes.person_id
left join lake_identity identity on identity.key = homes.person_id
where homes.household_id = coalesce(
    %(household)s, (select own.household_id from homes own where own.person_id = %(person)s)
)
order by (homes.relation like '0%%') desc, homes.relation, records.birth_date, homes.person_id
