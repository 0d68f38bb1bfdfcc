-- blank: an empty or blank value is no value; what is kept is kept as it is.
create or replace macro blank(x) as case when trim(x) = '' then null else x end;

-- told: the same without the blanks around it.
create or replace macro told(x) as nullif(trim(x), '');

-- weighted: the GB 11643 sum of the first seventeen digits, given as one number.
create or replace macro weighted(n) as
    (n // 10000000000000000 % 10) * 7 + (n // 1000000000000000 % 10) * 9 + (n // 100000000000000 % 10) * 10
    + (n // 10000000000000 % 10) * 5 + (n // 1000000000000 % 10) * 8 + (n // 100000000000 % 10) * 4
    + (n // 10000000000 % 10) * 2 + (n // 1000000000 % 10) * 1 + (n // 100000000 % 10) * 6
    + (n // 10000000 % 10) * 3 + (n // 1000000 % 10) * 7 + (n // 100000 % 10) * 9 + (n // 10000 % 10) * 10
    + (n // 1000 % 10) * 5 + (n // 100 % 10) * 8 + (n // 10 % 10) * 4 + (n % 10) * 2;

-- check_character: the eighteenth character GB 11643 derives from the first seventeen.
create or replace macro check_character(first17) as
    substr('10X98765432', 1 + (weighted(try_cast(first17 as bigint)) % 11)::int, 1);

-- upgraded: a 15-digit number in its 18-character form; any other value in capitals.
create or replace macro upgraded(v) as
    case when length(v) = 15 and regexp_full_match(v, '[0-9]{15}')
         then substr(v, 1, 6) || '19' || substr(v, 7) || check_character(substr(v, 1, 6) || '19' || substr(v, 7))
         else upper(v) end;

-- id_form: eighteen characters, seventeen of them digits.
create or replace macro id_form(v) as length(v) = 18 and regexp_full_match(v, '[0-9]{17}[0-9X]');

-- first17: the first seventeen digits as one number, null where they are none.
create or replace macro first17(v) as try_cast(substr(v, 1, 17) as bigint);

-- real_day: whether the Gregorian calendar has this day.
create or replace macro real_day(y, m, d) as y >= 1 and m between 1 and 12 and d between 1 and
    case when m in (4, 6, 9, 11) then 30
         when m = 2 then 28 + (y % 4 = 0 and (y % 100 <> 0 or y % 400 = 0))::int
         else 31 end;

-- id_day: the birth date within the first seventeen digits exists.
create or replace macro id_day(n) as real_day(n // 10000000 % 10000, n // 100000 % 100, n // 1000 % 100);

-- id_number: a valid identity number, else null; n is its first17, given so that it is computed once.
create or replace macro id_number(v, n) as
    case when id_form(v) and id_day(n) and substr('10X98765432', 1 + (weighted(n) % 11)::int, 1) = substr(v, 18, 1)
         then v end;

-- id_fault: what is wrong with an identity number.
create or replace macro id_fault(v) as
    case when not id_form(v) then '身份证号应为18位'
         when not id_day(first17(v)) then '身份证号中的出生日期不存在'
         else '身份证号校验位不符' end;

-- existing_day: a date written YYYY-MM-DD that exists.
create or replace macro existing_day(v) as
    case when length(v) = 10 and regexp_full_match(v, '(18[5-9]|19[0-9]|[2-9][0-9]{2})[0-9]-[01][0-9]-[0-3][0-9]')
         then try_cast(v as date) end;

-- first_of_month: the first day of a month written YYYY-MM.
create or replace macro first_of_month(v) as
    case when length(v) = 7 and regexp_full_match(v, '(19|20)[0-9]{2}-[01][0-9]') then try_cast(v || '-01' as date) end;

-- calendar_year: a year written YYYY.
create or replace macro calendar_year(v) as
    case when regexp_full_match(v, '(19|20)[0-9]{2}') then try_cast(v as integer) end;

-- whole_number: digits, perhaps a minus sign.
create or replace macro whole_number(v) as
    case when regexp_full_match(v, '-?[0-9]{1,18}') then try_cast(v as bigint) end;

-- fen: yuan with at most two decimals, as integer fen; nothing is rounded.
create or replace macro fen(v) as
    case when regexp_full_match(v, '-?(0|[1-9][0-9]{0,12})(\.[0-9]{1,2})?')
         then (try_cast(v as decimal(18, 2)) * 100)::bigint end;

-- truth: true or false, in these words.
create or replace macro truth(v) as case v when 'true' then true when 'false' then false end;

-- unformulaic: never a formula to the program that opens it; East Asian spreadsheets take the wide signs too.
create or replace macro unformulaic(v) as
    case when regexp_matches(v, '^[=+@\t\r\n＝＋－＠-]') then '''' else '' end || v;

-- masked_id: first three and last four.
create or replace macro masked_id(v) as
    unformulaic(case when length(v) >= 8 then substr(v, 1, 3) || '****' || substr(v, -4)
                     when v <> '' then '****' end);

-- masked_text: the first character.
create or replace macro masked_text(v) as unformulaic(substr(v, 1, 1) || '＊＊');

-- for_a_sheet: shortened.
create or replace macro for_a_sheet(v) as unformulaic(substr(v, 1, 60));
