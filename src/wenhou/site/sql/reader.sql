-- Who asks, and what they may see. Made anew after every migration by `site.trust`, as the owner's.
-- Each runs with the owner's rights and answers for the signed reader of the connection only.

create table if not exists base_reader_key (
    only_one boolean primary key default true check (only_one),
    inside bytea not null,
    outside bytea not null,
    made_of text not null
);

-- {account, day} where the signature is right and its time has not passed, else null.
create or replace function staff_reader() returns text[]
language plpgsql stable parallel safe security definer as $$
declare
    told text := current_setting('wenhou.reader', true);
    part text[];
    proof text;
begin
    if coalesce(told, '') = '' then
        return null;
    end if;
    part := string_to_array(told, '|');
    if cardinality(part) <> 4 or part[1] !~ '^(key)?[0-9]{1,18}$' then
        return null;
    end if;
    select encode(
        sha256(outside || sha256(inside || convert_to(part[1] || '|' || part[2] || '|' || part[3], 'UTF8'))), 'hex'
    ) into proof from base_reader_key;
    if proof is distinct from part[4] or part[3]::bigint < extract(epoch from clock_timestamp()) then
        return null;
    end if;
    return part[1:2];
end $$;

-- The signed account; null for a source and for nobody.
create or replace function staff_account() returns bigint
language plpgsql stable parallel safe security definer as $$
declare
    reader text[] := staff_reader();
begin
    return case when reader[1] not like 'key%' then reader[1]::bigint end;
end $$;

-- The posts that somebody acts by on a day: their own, and those lent to them, with the matters and the name they are lent
-- with. Approved, not ended, within their term; lent ones for as long as the lender has them too.
-- In plpgsql, whose plans are kept: a function in SQL is planned at every call.
create or replace function staff_posts_of(account bigint, day date)
returns table (id bigint, role text, division text, since date, until date, matters text[], lender bigint)
language plpgsql stable parallel safe security definer rows 2 as $$
#variable_conflict use_column
begin
    return query
    select
        post.id, post.role::text, post.division::text, post.since, post.until, post.matters::text[], null::bigint
    from staff_post post
    join staff_account holder on holder.id = post.account_id and holder.is_active
    where post.account_id = staff_posts_of.account and post.approved_at is not null and post.ended_at is null
        and post.since <= day and (post.until is null or post.until >= day)
    union all
    select
        post.id, post.role::text, post.division::text, lent.since, lent.until,
        array(select matter::text from unnest(lent.matters) matter where matter = any(post.matters)), lent.lender_id
    from staff_delegation lent
    join staff_account borrower on borrower.id = lent.borrower_id and borrower.is_active
    join staff_account holder on holder.id = lent.lender_id and holder.is_active
    join staff_post post on post.id = lent.post_id and post.account_id = lent.lender_id
    where lent.borrower_id = staff_posts_of.account and lent.ended_at is null and lent.since <= day and lent.until >= day
        and post.approved_at is not null and post.ended_at is null
        and post.since <= day and (post.until is null or post.until >= day);
end $$;

-- The places of the reader's posts that day, an administrator's aside, or of the source's key: codes of 2 to 12 digits. Empty
-- where there is none.
create or replace function staff_places() returns text[]
language plpgsql stable parallel safe security definer as $$
declare
    reader text[] := staff_reader();
begin
    if reader[1] like 'key%' then
        return array(
            select division::text from api_source_key
            where id = substr(reader[1], 4)::bigint and revoked_at is null
        );
    end if;
    return array(
        select distinct held.division from staff_posts_of(reader[1]::bigint, reader[2]::date) held
        where held.role not in ('system_admin', 'security_admin', 'audit_admin')
    );
end $$;

-- The special walls that the reader may look behind, and where: matter and place in one word, 'minor640104'. A source none.
create or replace function staff_walls() returns text[]
language plpgsql stable parallel safe security definer as $$
declare
    reader text[] := staff_reader();
begin
    if reader[1] like 'key%' then
        return '{}';
    end if;
    return array(
        select distinct matter || held.division
        from staff_posts_of(reader[1]::bigint, reader[2]::date) held, unnest(held.matters) matter
        where held.role not in ('system_admin', 'security_admin', 'audit_admin')
    );
end $$;

-- Whether the reader may look behind a wall at one of two places; asked of walled rows only.
create or replace function staff_opens(wall text, place text, other text) returns boolean
language plpgsql stable parallel safe security definer as $$
begin
    return wall || place ^@ any(staff_walls()) or wall || other ^@ any(staff_walls());
end $$;

-- What reaches over those places: their own codes, every code above, and '' for the whole country.
create or replace function staff_above() returns text[]
language plpgsql stable parallel safe security definer as $$
begin
    return array(
        select distinct left(place, digits) from unnest(staff_places()) place, unnest(array[0, 2, 4, 6, 9, 12]) digits
    );
end $$;

-- Whether any of these people is registered, resides, stands on the register, or is told of, within places.
create or replace function staff_has_near(keys bigint[], places text[]) returns boolean
language plpgsql stable parallel safe security definer as $$
begin
    return exists (select from registry_person_record where person_id = any(keys) and hukou_division ^@ any(places))
        or exists (select from registry_residence where person_id = any(keys) and division ^@ any(places))
        or exists (
            select from registry_register_entry
            where person_id = any(keys) and (division ^@ any(places) or resides_division ^@ any(places))
        )
        or exists (
            select from monitoring_alert
            where subject = any(array(select 'p' || key from unnest(keys) key))
                and (division ^@ any(places) or copy_division ^@ any(places))
                and (wall = '' or staff_opens(wall, division, copy_division))
        )
        or exists (
            select from monitoring_gap
            where subject = any(array(select 'p' || key from unnest(keys) key))
                and (division ^@ any(places) or copy_division ^@ any(places))
                and (wall = '' or staff_opens(wall, division, copy_division))
        );
end $$;

-- Whether an alert or a gap within places tells of one of these households.
create or replace function staff_has_told(homes bigint[], places text[]) returns boolean
language plpgsql stable parallel safe security definer as $$
begin
    return exists (
            select from monitoring_alert
            where household = any(homes) and (division ^@ any(places) or copy_division ^@ any(places))
                and (wall = '' or staff_opens(wall, division, copy_division))
        )
        or exists (
            select from monitoring_gap
            where subject = any(array(select 'h' || home from unnest(homes) home))
                and (division ^@ any(places) or copy_division ^@ any(places))
                and (wall = '' or staff_opens(wall, division, copy_division))
        );
end $$;

-- Everybody who is or ever was in these households.
create or replace function staff_members(homes bigint[]) returns bigint[]
language plpgsql stable parallel safe security definer as $$
begin
    return array(
        select person_id from registry_membership where household_id = any(homes)
        union
        select person_id from registry_register_entry where household_id = any(homes)
    );
end $$;

-- Whether the reader sees somebody: themselves, whoever was found to be the same, or somebody of their households is near.
create or replace function staff_sees_person(key bigint) returns boolean
language plpgsql stable parallel safe security definer cost 10000 as $$
declare
    places text[] := staff_places();
    keys bigint[];
    homes bigint[];
begin
    if key is null or cardinality(places) = 0 then
        return false;
    end if;
    keys := array(
        select staff_sees_person.key
        union select merge.kept from linkage_person_merge merge where merge.absorbed = staff_sees_person.key
        union select merge.absorbed from linkage_person_merge merge where merge.kept = staff_sees_person.key
    );
    if staff_has_near(keys, places) then
        return true;
    end if;
    homes := array(
        select household_id from registry_membership where person_id = any(keys)
        union
        select household_id from registry_register_entry where person_id = any(keys)
    );
    return cardinality(homes) > 0
        and (staff_has_told(homes, places) or staff_has_near(staff_members(homes), places));
end $$;

-- Whether somebody is placed nowhere by any register, so that whoever holds a post may find out where they belong.
create or replace function staff_may_place(key bigint) returns boolean
language plpgsql stable parallel safe security definer cost 10000 as $$
begin
    return cardinality(staff_places()) > 0
        and not exists (select from registry_person_record where person_id = key)
        and not exists (select from registry_residence where person_id = key)
        and not exists (select from registry_register_entry where person_id = key);
end $$;

-- Whether the reader sees anybody who is or ever was in a household.
create or replace function staff_sees_household(home bigint) returns boolean
language plpgsql stable parallel safe security definer cost 10000 as $$
declare
    places text[] := staff_places();
begin
    return cardinality(places) > 0
        and (staff_has_told(array[home], places) or staff_has_near(staff_members(array[home]), places));
end $$;

-- Records of people by the tokens of their names, and these characters in them, within places; of a page only within its
-- reader's.
create or replace function staff_finds(tokens text[], said text, places text[], most int) returns setof bigint
language plpgsql stable security definer rows 50 as $$
declare
    near text[] := places;
begin
    if coalesce(nullif(current_setting('role'), 'none'), session_user) = 'wenhou_web' then
        near := array(select place from unnest(places) place where place ^@ any(staff_places()));
    end if;
    return query
        select record.id from registry_person_record record
        where record.superseded_at is null and record.search @> tokens::varchar[] and strpos(record.name, said) > 0
            and (
                record.hukou_division ^@ any(near)
                or exists (
                    select from registry_residence
                    where person_id = record.person_id and superseded_at is null and division ^@ any(near)
                )
                or exists (
                    select from registry_register_entry
                    where person_id = record.person_id and superseded_at is null
                        and (division ^@ any(near) or resides_division ^@ any(near))
                )
            )
        order by record.name, record.person_id
        limit most;
end $$;

-- Sign-in comes before there is a reader: one account by its whole name, one source's key by its whole digest.
create or replace function staff_account_named(name text) returns setof staff_account
language sql stable security definer rows 1 as $$
    select * from staff_account where username = name
$$;

create or replace function api_key_of(told text) returns setof api_source_key
language sql stable security definer rows 1 as $$
    select * from api_source_key where digest = told and revoked_at is null
$$;

-- A request begins: the connection is told its reader, and gives their account with the posts of the day.
create or replace function staff_begin(told text) returns table (account staff_account, held_posts jsonb)
language plpgsql security definer rows 1 as $$
declare
    reader text[];
begin
    perform set_config('wenhou.reader', told, false);
    reader := staff_reader();
    return query
        select one, coalesce(
            (
                select jsonb_agg(
                    jsonb_build_object(
                        'id', held.id, 'role', held.role, 'division', held.division, 'since', held.since,
                        'until', held.until, 'matters', held.matters, 'lender', lender.full_name, 'lender_id', lender.id
                    )
                    order by held.division, held.role
                )
                from staff_posts_of(one.id, reader[2]::date) held
                left join staff_account lender on lender.id = held.lender
            ),
            '[]'
        )
        from staff_account one where one.id = reader[1]::bigint;
end $$;
