"""The last number given of a kind and a year: of all rows, where row security shows a reader only some."""

from django.db import migrations

FUNCTION = """
create function base_last_number(of_table regclass, begun text) returns bigint
language plpgsql stable security definer set search_path from current as $$
declare
    last bigint;
begin
    execute format(
        'select max(substr(number, %s)::bigint) from %s where number like %L', length(begun) + 1, of_table, begun || '%'
    ) into last;
    return coalesce(last, 0);
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("base", "0003_data_keys")]
    operations = [migrations.RunSQL(FUNCTION, "drop function base_last_number(regclass, text)")]
