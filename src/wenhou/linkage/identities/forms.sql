-- plain_number: digits and X; wide ones, letters typed for digits and what stands between them put right.
create or replace macro plain_number(x) as
    case when regexp_full_match(x, '[0-9]{17}[0-9X]') then x
         else regexp_replace(translate(upper(x), '０１２３４５６７８９ＸOＯIＩL', '0123456789X00111'), '[^0-9X]', '', 'g') end;

-- is_whole: a valid identity number.
create or replace macro is_whole(v) as coalesce(id_number(v, first17(v)), '') <> '';

-- told_number: 15 digits in the 18-character form; a certificate's number (the number and two digits) without them;
-- nothing where fewer than 14 or more than 19 are left.
create or replace macro told_number(v) as
    case when length(v) = 15 then upgraded(v)
         when length(v) = 20 and is_whole(substr(v, 1, 18)) then substr(v, 1, 18)
         when length(v) between 14 and 19 then v end;

-- filled_up: a number nobody can have: hardly any character but its first, or counted up from 1.
create or replace macro filled_up(v) as
    length(replace(v, substr(v, 1, 1), '')) <= 3 or starts_with(v, '123456789');

-- shown_head, shown_tail: what is left of a number cut to 15 digits by a spreadsheet (…000), ended for want of better
-- (…0001, …000X, …9999), masked (…****…) or written as a power of ten; nothing of others.
create or replace macro shown_head(x, v) as
    case when filled_up(v) then null
         when x = v and not contains(substr(v, 15), '000') and right(v, 4) <> '9999' then null
         when regexp_full_match(trim(x), '[0-9]{3,14}[*＊]{4,}[0-9Xx]*') then regexp_extract(trim(x), '^[0-9]+')
         when regexp_full_match(trim(x), '[0-9]\.[0-9]{2,}[Ee]\+?1[67]')
         then rtrim(replace(regexp_extract(trim(x), '^[0-9.]+'), '.', ''), '0')
         when regexp_full_match(v, '[0-9]{14}(000[0-9X]|9999)') then substr(v, 1, 14)
         when regexp_full_match(v, '[0-9]{15}000') then substr(v, 1, 15) end;
create or replace macro shown_tail(x) as
    case when regexp_full_match(x, '[0-9X]*') then null
         when regexp_full_match(trim(x), '[0-9]{3,14}[*＊]{4,}[0-9Xx]{3,6}') then upper(regexp_extract(trim(x), '[0-9Xx]+$')) end;

-- read_otherwise: one of them sounds like the other where a character of it is read the other way (单: shan, dan).
create or replace macro read_otherwise(a, b, also_a, also_b) as
    coalesce(list_contains(also_a, b), false) or coalesce(list_contains(also_b, a), false);

-- numbers_alike: whether they can be one place apart; a look that costs little.
create or replace macro numbers_alike(a, b) as
    coalesce(case when length(a) = length(b) then hamming(a, b) <= 2 else abs(length(a) - length(b)) = 1 end, false);

-- names_alike: whether names can be more alike than any two; a look that costs little. One that is not told is.
create or replace macro names_alike(a, b, loose_a, loose_b, sound_a, sound_b, also_a, also_b) as
    coalesce(substr(a, 1, 1) = substr(b, 1, 1) or right(a, 1) = right(b, 1) or loose_a = loose_b
        or read_otherwise(sound_a, sound_b, also_a, also_b), true);

-- edits_of: in how many places two numbers differ, 3 standing for more; reckoned where there can be fewer. One digit wrong, missing or too many, or two
-- neighbours changed about is one place. The check character of a 15-digit number is ours: it is not compared.
create or replace macro places_off(a, b) as
    case when a = b then 0
         when case when length(a) = length(b) then hamming(a, b) = 1 else false end then 1
         when levenshtein(a, b) > 4 then 3
         else least(3, damerau_levenshtein(a, b)) end;
create or replace macro edits_of(a, b, a_short, b_short) as
    case when abs(length(a) - length(b)) > 2 then 3
         when a_short or b_short then places_off(substr(a, 1, 17), substr(b, 1, 17))
         else places_off(a, b) end;

-- differing: in how many places names of the same length differ.
create or replace macro differing(a, b) as
    len([i for i in range(1, length(a) + 1) if substr(a, i, 1) <> substr(b, i, 1)]);

-- without_one: whether the longer name without one of its characters is the shorter one.
create or replace macro without_one(longer, shorter) as
    length(longer) = length(shorter) + 1 and list_contains(
        [substr(longer, 1, i - 1) || substr(longer, i + 1) for i in range(1, length(longer) + 1)], shorter);

-- noted_off: a name without a note in brackets behind it or a mark of the writer's.
create or replace macro noted_off(x) as
    regexp_replace(regexp_replace(x, '^(.+?)[(（\[【].*$', '\1'), '^(..+)[*＊]\s*$', '\1');

-- noted: the note itself, letters and digits, variants as the common character: 李明（之子） is not 李明.
create or replace macro noted(x) as
    case when regexp_matches(x, '.[(（\[【]') then nullif(variants(upper(regexp_replace(
        regexp_extract(x, '^.+?[(（\[【](.*)$', 1), '[^\p{L}\p{N}]', '', 'g'))), '') end;

-- plain_name: letters and ? for what cannot be read; without blanks, dots, invisible marks, what is noted behind in
-- brackets, digits or stars; variants as the common character.
create or replace macro plain_name(x) as
    case when regexp_full_match(x, '\p{Han}{2,4}') then variants(x)
         else nullif(variants(upper(regexp_replace(regexp_replace(translate(noted_off(x), '？*＊〓□', '?????'),
            '[^\p{L}?]', '', 'g'), '^(.{2,})\?$', '\1'))), '') end;

-- one_character_off: names of three characters or more, one of which is another, one too many, one missing, or two
-- neighbours changed about; a longer name begun with the shorter one counts too.
create or replace macro one_character_off(a, b) as
    case when greatest(length(a), length(b)) < 3 then false
         when length(a) = length(b) then differing(a, b) = 1
              or (differing(a, b) = 2 and list_sort(string_split(a, '')) = list_sort(string_split(b, '')))
         when length(a) < length(b) then without_one(b, a) or (length(a) >= 3 and starts_with(b, a))
         else without_one(a, b) or (length(b) >= 3 and starts_with(a, b)) end;

-- half_the_same: names of two characters that share one in its place.
create or replace macro half_the_same(a, b) as length(a) = 2 and length(b) = 2 and differing(a, b) = 1;

-- of_one_surname: names that begin with the same character.
create or replace macro of_one_surname(a, b) as substr(a, 1, 1) = substr(b, 1, 1);

-- plain_day: YYYYMMDD of a date however it is written, nothing where there is none such.
create or replace macro plain_day(x) as
    strftime(try_strptime(trim(x), ['%Y-%m-%d', '%Y%m%d', '%Y/%m/%d', '%Y.%m.%d', '%Y年%m月%d日', '%Y-%m-%d %H:%M:%S']), '%Y%m%d');

-- birth_in: eight digits out of a number, where they are a day of the last twelve decades.
create or replace macro birth_in(day) as
    case when length(day) = 8 and (starts_with(day, '19') or starts_with(day, '20'))
              and try_strptime(day, '%Y%m%d') is not null then day end;

-- sex_in: the sex within a number.
create or replace macro sex_in(v) as
    case when strpos('13579', nullif(substr(v, 17, 1), '')) > 0 then '1' else '2' end;

-- plain_sex: 1 man, 2 woman.
create or replace macro plain_sex(x) as
    case when upper(trim(x)) in ('1', '男', '男性', 'M') then '1' when upper(trim(x)) in ('2', '女', '女性', 'F') then '2' end;

-- plain_phone: the last eleven digits of a mobile number; others as their digits where there are seven or more.
create or replace macro plain_phone(x) as
    nullif(case when regexp_matches(regexp_replace(x, '[^0-9]', '', 'g'), '1[3-9][0-9]{9}$')
                then right(regexp_replace(x, '[^0-9]', '', 'g'), 11)
                when length(regexp_replace(x, '[^0-9]', '', 'g')) >= 7 then regexp_replace(x, '[^0-9]', '', 'g') end, '');

-- names_contradict: both are told and have next to nothing in common. Sounds are compared later, where they are known.
create or replace macro names_contradict(a, b) as
    coalesce(a <> b and not one_character_off(a, b) and not half_the_same(a, b), false);
