-- What the lake's current rows say, in the shape of the registry's tables (DuckDB). `parts`: delivery, division,
-- period_to. `register_latest` is made first of the rows of SA-ARCH up to a day.

-- name: persons
-- Everybody whom a residence record, a permit or the register names.
select id_no as key, min(period_to) as known_since
from (
    select id_no, delivery from di01
    union all select id_no, delivery from di02
    union all select id_no, delivery from di04
    union all select id_no, delivery from sa_arch
) named
join parts using (delivery)
group by id_no;

-- name: names
-- Every name once, for the tokens it is found by.
select distinct name from di01;

-- name: person_records
-- The residence registration's word.
select
    id_no as person_id, sex, name, nation, birth_date, division_code as hukou_division,
    hukou_addr as hukou_address, hukou_type, household_no, relation_to_head as relation,
    father_id as father, mother_id as mother, spouse_id as spouse, guardian_id as guardian, status,
    found_by.search, 'DI01' as contract, delivery, line, period_to as as_of
from di01
join parts using (delivery)
join found_by using (name);

-- name: residences
-- Residence permits and registrations.
select
    id_no as person_id, permit_no, division_code as division, reside_addr as address,
    reg_date as registered_on, valid_to, status, 'DI04' as contract, delivery, line, period_to as as_of
from di04
join parts using (delivery);

-- name: residence_memberships
-- Who belongs to which residence household: DI02's rows, and DI01's word for those of whom DI02 has no open row.
-- A number is a county's own; DI01 names the county, else the delivery's division does. DI01 knows no beginning,
-- so the birth date stands for it.
with numbers as (
    select household_no, min(left(division_code, 6)) as county
    from di01
    group by household_no
    having count(distinct left(division_code, 6)) = 1
),
moves as (
    select
        moved.*, parts.period_to,
        coalesce(
            case when own.household_no = moved.household_no then left(own.division_code, 6) end,
            numbers.county,
            case when length(parts.division) >= 6 then left(parts.division, 6) end
        ) as county
    from di02 moved
    join parts using (delivery)
    left join di01 own on own.id_no = moved.id_no
    left join numbers on numbers.household_no = moved.household_no
)
select
    'residence' as kind, county, household_no, id_no as person_id, relation_to_head as relation,
    move_in_date as since, move_out_date as until, 'DI02' as contract, delivery, line, period_to as as_of
from moves
where county is not null
union all
select
    'residence', left(division_code, 6), household_no, id_no, relation_to_head,
    birth_date, null, 'DI01', delivery, line, period_to
from di01
join parts using (delivery)
where not exists (select 1 from moves where moves.id_no = di01.id_no and move_out_date is null);

-- name: register_days
-- The days for which the register has rows.
select distinct as_of from sa_arch order by as_of;

-- name: register_latest
-- The latest row of each person, household, category and place up to a day.
select *
from sa_arch
where as_of <= $day
qualify row_number() over (
    partition by household_no, id_no, category, division_code order by as_of desc, delivery desc, line desc
) = 1;

-- name: entries
-- Standings on the register; fields without a column of their own go to details, money in fen.
select
    'register' as kind, left(division_code, 6) as county, household_no, id_no as person_id, category,
    division_code as division, resides_division, urban_rural, coalesce(status, '') as status, is_covered,
    confirmed_on, valid_until, exit_on,
    to_json({
        applied_on: applied_on, authorised: authorised, work_able: work_able, relation_to_head: relation_to_head,
        dibao_class: dibao_class, single_person: single_person, last_review_on: last_review_on,
        next_review_on: next_review_on, grace_end: grace_end, exit_reason: exit_reason, refused_on: refused_on,
        refused_reason: refused_reason, pci_determined: pci_determined, income_items: income_items,
        assets_determined: assets_determined, supporters: supporters, self_care: self_care,
        self_care_on: self_care_on, care_mode: care_mode, carer_id: carer_id, care_colour: care_colour,
        family_colour: family_colour, kin_of_staff: kin_of_staff, refusals_of_work: refusals_of_work
    })::varchar as details,
    'SA-ARCH' as contract, delivery, line, as_of
from register_latest;

-- name: register_memberships
-- Who belongs to which household of the register, from confirmation (else from the first row seen) to exit.
with first_seen as (
    select household_no, id_no, left(division_code, 6) as county, min(as_of) as seen_on
    from sa_arch_history
    group by all
)
select
    'register' as kind, county, household_no, id_no as person_id,
    arg_max(relation_to_head, (latest.as_of, delivery, line)) as relation,
    min(coalesce(confirmed_on, applied_on, seen_on)) as since,
    case when bool_and(coalesce(status = '退出', false)) then max(coalesce(exit_on, latest.as_of)) end as until,
    'SA-ARCH' as contract,
    arg_max(delivery, (latest.as_of, delivery, line)) as delivery,
    arg_max(line, (latest.as_of, delivery, line)) as line,
    max(latest.as_of) as as_of
from register_latest latest
join first_seen using (household_no, id_no)
where first_seen.county = left(division_code, 6)
group by county, household_no, id_no;
