-- Whom we know as of a day (PostgreSQL). `day`; `persons`: keys, or null for everybody. A row is true from its
-- as_of until replaced_on; of what was only said for later days the earliest word is taken, so that a day before the
-- first delivery is not empty. People who were found to be one (lake_same_person) are one.

-- name: records
-- Each person's word of the residence registration; of two found to be one, that under the key which is kept.
select distinct on (coalesce(same.kept, told.person_id))
    coalesce(same.kept, told.person_id) as person_id, told.name, told.sex, told.birth_date, told.hukou_division,
    told.hukou_type, told.household_no, told.relation, told.status,
    coalesce(fathers.kept, told.father) as father, coalesce(mothers.kept, told.mother) as mother,
    coalesce(spouses.kept, told.spouse) as spouse, coalesce(guardians.kept, told.guardian) as guardian,
    told.contract, told.delivery, told.line, told.as_of
from registry_person_record told
left join lake_same_person same on same.absorbed = told.person_id
left join lake_same_person fathers on fathers.absorbed = told.father
left join lake_same_person mothers on mothers.absorbed = told.mother
left join lake_same_person spouses on spouses.absorbed = told.spouse
left join lake_same_person guardians on guardians.absorbed = told.guardian
where (told.replaced_on is null or told.replaced_on > greatest(%(day)s::date, told.as_of))
    and (%(persons)s::bigint[] is null or told.person_id = any(%(persons)s))
order by
    coalesce(same.kept, told.person_id), same.kept is not null, (told.as_of <= %(day)s) desc,
    case when told.as_of <= %(day)s then told.as_of end desc, told.as_of, told.id desc

-- name: known_entries
-- Each standing known on the register.
select distinct on (told.household_id, coalesce(same.kept, told.person_id), told.category, told.division)
    told.household_id, coalesce(same.kept, told.person_id) as person_id, told.category, told.division,
    told.resides_division, told.urban_rural, told.status, told.is_covered, told.confirmed_on, told.valid_until,
    told.exit_on, told.details, told.contract, told.delivery, told.line, told.as_of
from registry_register_entry told
left join lake_same_person same on same.absorbed = told.person_id
where (told.replaced_on is null or told.replaced_on > greatest(%(day)s::date, told.as_of))
    and (told.as_of <= %(day)s or coalesce(told.confirmed_on, told.as_of) <= %(day)s)
    and (%(persons)s::bigint[] is null or told.person_id = any(%(persons)s))
order by
    told.household_id, coalesce(same.kept, told.person_id), told.category, told.division,
    (told.as_of <= %(day)s) desc, case when told.as_of <= %(day)s then told.as_of end desc, told.as_of, told.id desc

-- name: entries
-- And whether it stands on the day.
select
    *,
    category in ('DB', 'TK', 'BY', 'GX', 'JC', 'QT') and status <> '退出'
        and (exit_on is null or exit_on > %(day)s) as stands,
    array_position(array['DB', 'TK', 'BY', 'GX', 'JC', 'QT'], category::text) as rank
from known_entries

-- name: register_homes
-- The household of those on the register: that of the weightiest category.
select distinct on (person_id)
    person_id, household_id, details ->> 'relation_to_head' as relation, division, resides_division
from entries
where stands
order by person_id, rank, as_of desc, household_id

-- name: residence_homes
-- The household by residence records, DI02 before DI01; the cancelled have none.
select distinct on (records.person_id)
    records.person_id, member.household_id, member.relation,
    case when member.contract = 'DI02' then member.since end as since
from registry_membership member
left join lake_same_person same on same.absorbed = member.person_id
join registry_household household on household.id = member.household_id and household.kind = 'residence'
join records on records.person_id = coalesce(same.kept, member.person_id) and records.status = '正常'
where member.superseded_at is null
    and member.since <= %(day)s and (member.until is null or member.until > %(day)s)
order by
    records.person_id, same.kept is not null, member.contract desc, (household.household_no = records.household_no) desc,
    member.since desc, member.id

-- name: homes
-- Each person's one household: the register's, else the residence records'.
select person_id, household_id, relation from register_homes
union all
select person_id, household_id, relation from residence_homes
where not exists (select from register_homes where register_homes.person_id = residence_homes.person_id)

-- name: permits
-- The residence permit in force.
select distinct on (coalesce(kept, person_id)) coalesce(kept, person_id) as person_id, division
from registry_residence
left join lake_same_person on absorbed = person_id
where (replaced_on is null or replaced_on > greatest(%(day)s::date, as_of))
    and status = '有效' and registered_on <= %(day)s and valid_to >= %(day)s
    and (%(persons)s::bigint[] is null or person_id = any(%(persons)s))
order by coalesce(kept, person_id), registered_on desc, registry_residence.id desc

-- name: persons
-- Everybody we know by a record or by the register.
select person_id from records
union
select person_id from register_homes

-- name: people
-- published/people: everybody with a record or on the register, and relatives they name of whom we know no more.
with known as (
    select
        persons.person_id as person, homes.household_id as household,
        coalesce(homes.relation, records.relation) as relation, records.sex, records.birth_date,
        records.hukou_division, records.hukou_type,
        coalesce(permits.division, register_homes.resides_division, records.hukou_division) as resides_division,
        records.father, records.mother, records.spouse, records.guardian,
        residence_homes.since as registered_on,
        coalesce(register_homes.division, records.hukou_division) as place
    from persons
    left join records using (person_id)
    left join homes using (person_id)
    left join register_homes using (person_id)
    left join residence_homes using (person_id)
    left join permits using (person_id)
),
named as (
    select relative as person, min(place) as place
    from known, unnest(array[father, mother, spouse, guardian]) relative
    where relative is not null and not exists (select from known again where again.person = relative)
    group by relative
)
select
    person, household, relation, sex, birth_date, hukou_division, hukou_type, resides_division,
    father, mother, spouse, guardian, registered_on, place
from known
union all
select person, null, null, null, null, null, null, null, null, null, null, null, null, place
from named
order by person

-- name: households
-- published/households: where the head lives; of the register the category of those not supported singly.
with ranked as (
    select distinct on (household_id) household_id, homes.person_id
    from homes
    left join records using (person_id)
    order by household_id, (homes.relation like '0%') desc, homes.relation, birth_date, homes.person_id
),
categories as (
    select
        household_id,
        min(rank) filter (where not coalesce((details ->> 'single_person')::boolean, false)) as whole,
        min(rank) as best,
        min(urban_rural) as urban_rural,
        min(division) as division
    from entries
    where stands
    group by household_id
)
select
    household.id as household, household.household_no,
    coalesce(permits.division, register_homes.resides_division, records.hukou_division, categories.division)
        as division,
    left(
        coalesce(permits.division, register_homes.resides_division, records.hukou_division, categories.division),
        6
    ) as county,
    left(coalesce(records.hukou_division, categories.division), 6) as hukou_county,
    coalesce(
        categories.urban_rural,
        case records.hukou_type when '城镇' then '城市' when '农村' then '农村' end
    ) as urban_rural,
    household.kind = 'register' as on_register,
    (array['DB', 'TK', 'BY', 'GX', 'JC', 'QT'])[coalesce(categories.whole, categories.best)] as category
from ranked
join registry_household household on household.id = ranked.household_id
left join records on records.person_id = ranked.person_id
left join register_homes on register_homes.person_id = ranked.person_id
    and register_homes.household_id = household.id
left join permits on permits.person_id = ranked.person_id
left join categories on categories.household_id = household.id
order by household.id

-- name: register
-- published/register: the rows of SA-ARCH that hold, with our household beside its number.
select
    entries.as_of, household.household_no, entries.person_id as id_no, told.applied_on, told.authorised,
    told.work_able, entries.category, entries.is_covered, told.relation_to_head, told.dibao_class,
    told.single_person, entries.confirmed_on, entries.valid_until, told.last_review_on, told.next_review_on,
    told.grace_end, entries.exit_on, told.exit_reason, told.refused_on, told.refused_reason,
    told.pci_determined, told.income_items, told.assets_determined, told.supporters, told.self_care,
    told.self_care_on, told.care_mode,
    coalesce(carers.kept, told.carer_id) as carer_id, told.care_colour, told.family_colour,
    entries.division as division_code, entries.resides_division, entries.urban_rural, told.kin_of_staff,
    told.refusals_of_work, nullif(entries.status, '') as status, entries.delivery, entries.line,
    entries.household_id as household
from entries
join registry_household household on household.id = entries.household_id
cross join jsonb_to_record(entries.details) as told (
    applied_on date, authorised boolean, work_able boolean, relation_to_head text, dibao_class text,
    single_person boolean, last_review_on date, next_review_on date, grace_end date, exit_reason text,
    refused_on date, refused_reason text, pci_determined bigint, income_items text, assets_determined text,
    supporters text, self_care text, self_care_on date, care_mode text, carer_id bigint, care_colour text,
    family_colour text, kin_of_staff boolean, refusals_of_work bigint
)
left join lake_same_person carers on carers.absorbed = told.carer_id
order by entries.person_id, entries.household_id, entries.category
