-- Three administrators (三员): who keeps accounts, who approves posts, who looks at what was done. Theirs is no place of
-- anybody's data; what each may write is said by the policies and held to its form here.

-- The duties the reader holds that day.
create or replace function staff_duties() returns text[]
language plpgsql stable parallel safe security definer as $$
declare
    reader text[] := staff_reader();
begin
    if reader[1] is null or reader[1] like 'key%' then
        return '{}';
    end if;
    return array(
        select distinct held.role from staff_posts_of(reader[1]::bigint, reader[2]::date) held
        where held.role in ('system_admin', 'security_admin', 'audit_admin')
    );
end $$;

-- Whether the reader holds a duty over a place.
create or replace function staff_administers(duty text, place text) returns boolean
language plpgsql stable parallel safe security definer as $$
declare
    reader text[] := staff_reader();
begin
    return reader[1] is not null and reader[1] not like 'key%' and exists (
        select from staff_posts_of(reader[1]::bigint, reader[2]::date) held
        where held.role = duty and place ^@ held.division
    );
end $$;

-- The accounts that ever held a post where the reader is the audit's administrator.
create or replace function staff_overseen() returns bigint[]
language plpgsql stable parallel safe security definer as $$
declare
    reader text[] := staff_reader();
begin
    if reader[1] is null or reader[1] like 'key%' then
        return '{}';
    end if;
    return array(
        select distinct post.account_id from staff_post post
        join staff_posts_of(reader[1]::bigint, reader[2]::date) held
            on held.role = 'audit_admin' and post.division ^@ held.division
    );
end $$;

-- A post is proposed by one and approved by another; duties are held apart, each without any other post. As whoever writes.
create or replace function staff_post_guard() returns trigger
language plpgsql as $$
declare
    by_a_page boolean := current_user = 'wenhou_web';
begin
    if by_a_page and tg_op = 'INSERT' and not (
        staff_administers('system_admin', new.division) and new.proposed_by_id = staff_account()
        and new.approved_at is null and new.approved_by_id is null and new.ended_at is null
    ) then
        raise insufficient_privilege using message = 'a post is proposed by the system administrator of its place';
    end if;
    if by_a_page and tg_op = 'UPDATE' and (new.approved_at, new.approved_by_id, new.matters)
            is distinct from (old.approved_at, old.approved_by_id, old.matters) and not (
        staff_administers('security_admin', new.division) and new.approved_by_id = staff_account()
        and new.proposed_by_id is distinct from staff_account() and new.account_id <> staff_account()
    ) then
        raise insufficient_privilege using message = 'a post is approved by the security administrator of its place';
    end if;
    if by_a_page and tg_op = 'UPDATE' and (new.ended_at, new.ended_by_id, new.until)
            is distinct from (old.ended_at, old.ended_by_id, old.until) and not (
        (staff_administers('security_admin', new.division) or staff_administers('system_admin', new.division))
        and old.ended_at is null and new.ended_by_id = staff_account()
        and new.until is not null and (old.until is null or new.until <= old.until)
    ) then
        raise insufficient_privilege using message = 'a post is ended by an administrator of its place';
    end if;
    perform pg_advisory_xact_lock(hashtext('staff_post'), new.account_id::int);
    if new.ended_at is null and (
        exists (
            select from staff_post other
            where other.account_id = new.account_id and other.id is distinct from new.id and other.ended_at is null
                and other.role <> new.role
                and daterange(other.since, other.until, '[]') && daterange(new.since, new.until, '[]')
                and (staff_is_duty(other.role) or staff_is_duty(new.role))
        )
        or staff_is_duty(new.role) and exists (
            select from staff_delegation lent
            where lent.borrower_id = new.account_id and lent.ended_at is null
                and daterange(lent.since, lent.until, '[]') && daterange(new.since, new.until, '[]')
        )
    ) then
        raise check_violation using constraint = 'staff_post_duties_apart',
            message = 'an administrator holds no other post';
    end if;
    return new;
end $$;

create or replace function staff_is_duty(role text) returns boolean
language sql immutable parallel safe as $$
    select role in ('system_admin', 'security_admin', 'audit_admin')
$$;

create or replace trigger staff_post_guarded before insert or update on staff_post
for each row execute function staff_post_guard();

-- A post is lent by its holder, within its own term and matters, to somebody who is no administrator; what was borrowed is
-- nobody's to lend, as it is another's post. With the owner's rights, for the borrower's posts may be beyond the lender's sight.
create or replace function staff_delegation_guard() returns trigger
language plpgsql security definer as $$
begin
    if tg_op = 'UPDATE' then
        if old.ended_at is not null then
            raise check_violation using constraint = 'staff_delegation_ended', message = 'it has ended';
        end if;
        return new;
    end if;
    perform pg_advisory_xact_lock(hashtext('staff_post'), new.borrower_id::int);
    if not exists (
        select from staff_post post
        where post.id = new.post_id and post.account_id = new.lender_id and post.approved_at is not null
            and post.ended_at is null and not staff_is_duty(post.role)
            and daterange(new.since, new.until, '[]') <@ daterange(post.since, post.until, '[]')
            and new.matters <@ post.matters
    ) then
        raise check_violation using constraint = 'staff_delegation_within', message = 'beyond what the lender has';
    end if;
    if exists (
        select from staff_post other
        where other.account_id = new.borrower_id and other.ended_at is null and staff_is_duty(other.role)
            and daterange(other.since, other.until, '[]') && daterange(new.since, new.until, '[]')
    ) then
        raise check_violation using constraint = 'staff_post_duties_apart',
            message = 'an administrator holds no other post';
    end if;
    return new;
end $$;

create or replace trigger staff_delegation_guarded before insert or update on staff_delegation
for each row execute function staff_delegation_guard();

-- Somebody leaves: account, posts, what was lent by them or to them, second factors and machines' keys end in one statement.
-- A page may do it for the system administrator of every place the leaver still has, and nobody for themselves.
create or replace function staff_close(leaver bigint, day date) returns void
language plpgsql volatile security definer as $$
declare
    by_a_page boolean := coalesce(nullif(current_setting('role'), 'none'), session_user) = 'wenhou_web';
    closer bigint := staff_account();
begin
    if by_a_page and (
        leaver is not distinct from closer or 'system_admin' <> all(staff_duties())
        or exists (
            select from staff_posts_of(leaver, day) held where not staff_administers('system_admin', held.division)
        )
    ) then
        raise insufficient_privilege using message = 'an account is closed by the system administrator of its places';
    end if;
    update staff_account set is_active = false where id = leaver;
    update staff_post set ended_at = now(), ended_by_id = closer, until = greatest(since, least(until, day))
    where account_id = leaver and ended_at is null and (until is null or until >= day);
    update staff_delegation set ended_at = now(), ended_by_id = closer
    where leaver in (lender_id, borrower_id) and ended_at is null;
    delete from staff_second_factor where account_id = leaver;
    update api_source_key set revoked_at = now(), revoked_by = '保管人离岗' where holder_id = leaver and revoked_at is null;
end $$;
