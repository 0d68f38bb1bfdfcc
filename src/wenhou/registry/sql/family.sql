-- Households on a day (PostgreSQL), asked for by the key of a household or of persons in them.

-- name: mates_of_household
-- Everybody whom any row, even a superseded one, ever put in the household, by any of their keys.
with mates as (
    select other.person_id from registry_membership other where other.household_id = %(key)s
    union
    select other.person_id from registry_register_entry other where other.household_id = %(key)s
)
select person_id from mates
union
select unnest(array[twin.kept, twin.absorbed]) from mates
join lake_same_person one on person_id in (one.kept, one.absorbed)
join lake_same_person twin on twin.kept = one.kept

-- name: mates_of_persons
-- The same for every household that persons, by any of their keys, ever were in.
with keys as (
    select unnest(%(key)s::bigint[]) as key
    union
    select unnest(array[twin.kept, twin.absorbed]) from lake_same_person one
    join lake_same_person twin on twin.kept = one.kept
    where one.kept = any(%(key)s::bigint[]) or one.absorbed = any(%(key)s::bigint[])
),
mates as (
    select other.person_id from registry_membership mine
    join registry_membership other using (household_id) where mine.person_id in (select key from keys)
    union
    select other.person_id from registry_register_entry mine
    join registry_register_entry other using (household_id) where mine.person_id in (select key from keys)
)
select person_id from mates
union
select unnest(array[twin.kept, twin.absorbed]) from mates
join lake_same_person one on person_id in (one.kept, one.absorbed)
join lake_same_person twin on twin.kept = one.kept

-- name: members
-- Who is in it on the day, upon the steps of standing.sql, each with the lines that say the name, the membership and the
-- standing on the register; the head first.
select homes.household_id as household, homes.person_id as person, homes.relation, records.name, records.sex,
    records.birth_date, records.hukou_division, identity.mark, identity.number, listed.category, belongs.since, belongs.until,
    records.contract as record_contract, records.delivery as record_delivery, records.line as record_line,
    records.as_of as record_as_of,
    belongs.contract as home_contract, belongs.delivery as home_delivery, belongs.line as home_line,
    belongs.as_of as home_as_of,
    listed.contract as listed_contract, listed.delivery as listed_delivery, listed.line as listed_line,
    listed.as_of as listed_as_of
from homes
left join records on records.person_id = homes.person_id
left join lateral (
    select * from entries where entries.person_id = homes.person_id and stands order by rank limit 1
) listed on true
left join lateral (
    select 0 as turn, contract, delivery, line, as_of, confirmed_on as since, exit_on as until
    from entries
    where entries.person_id = homes.person_id and entries.household_id = homes.household_id and stands
    union all
    select 1, contract, delivery, line, as_of, since, until
    from registry_membership member
    left join lake_same_person same on same.absorbed = member.person_id
    where coalesce(same.kept, member.person_id) = homes.person_id and member.household_id = homes.household_id
        and superseded_at is null and since <= %(day)s and (until is null or until > %(day)s)
    order by turn, since desc limit 1
) belongs on true
left join lake_identity identity on identity.key = homes.person_id
where homes.household_id = %(household)s or homes.household_id in (
    select own.household_id from unnest(%(asked)s::bigint[]) asked
    left join lake_same_person one on one.absorbed = asked
    join homes own on own.person_id = coalesce(one.kept, asked)
)
order by homes.household_id, (homes.relation like '0%%') desc, homes.relation, records.birth_date, homes.person_id
