"""Measurements lie in a table for each UTC month, behind the one that everybody reads and writes.

The unprivileged role makes the month of facts that arrive through one function of the owner; it has no rights on the
months themselves, and the row policy is forced on each of them besides. A month has a table of its own if it lies in the
last five years, and until it is taken away: whoever brings facts decides of which month, and the number of tables, which
all tenants share, has a bound. What reaches no month lies in the default.
"""

from typing import ClassVar

from django.db import migrations

from portal.tenancy.operations import APP_ROLE, TENANT_IN_FORCE, policy_statements

MONTHS_BACK = 60
POLICY = f"(tenant_id = {TENANT_IN_FORCE})".replace("'", "''")
MAKE_MONTH = f"""
CREATE FUNCTION make_measurement_month(wanted date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    this_month date := date_trunc('month', now() AT TIME ZONE 'UTC');
    first_on date := date_trunc('month', wanted);
    next_on date := first_on + interval '1 month';
    month text := 'slas_measurement_' || to_char(first_on, 'YYYY_MM');
BEGIN
    IF wanted IS NULL
       OR first_on NOT BETWEEN this_month - interval '{MONTHS_BACK} months' AND this_month + interval '1 month'
       OR to_regclass('public.' || month || '_away') IS NOT NULL THEN
        RETURN;
    END IF;
    IF to_regclass('public.' || month) IS NOT NULL THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock('public.slas_measurement'::regclass::bigint);  -- another one may be making it
    IF to_regclass('public.' || month) IS NOT NULL THEN
        RETURN;
    END IF;
    EXECUTE format('CREATE TABLE public.%I (LIKE public.slas_measurement INCLUDING ALL)', month);
    EXECUTE format('REVOKE ALL ON public.%I FROM PUBLIC, {APP_ROLE}', month);
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', month);
    EXECUTE format('CREATE POLICY tenant_only ON public.%I USING {POLICY} WITH CHECK {POLICY}', month);
    EXECUTE format('ALTER TABLE public.slas_measurement ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
                   month, first_on || ' 00:00Z', next_on || ' 00:00Z');
EXCEPTION WHEN check_violation THEN
    RETURN;  -- facts of this month lie in the default already, and so will the others
END
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("slas", "0002_tenant_walls")]

    operations: ClassVar = [
        migrations.RunSQL(
            [
                "ALTER TABLE slas_measurement RENAME TO slas_measurement_whole",
                "ALTER TABLE slas_measurement_whole DROP CONSTRAINT slas_measurement_pkey",
                "CREATE TABLE slas_measurement (LIKE slas_measurement_whole INCLUDING ALL) PARTITION BY RANGE (at)",
                "ALTER TABLE slas_measurement ADD PRIMARY KEY (tenant_id, measure_id, at)",
                "CREATE TABLE slas_measurement_default PARTITION OF slas_measurement DEFAULT",
                f"REVOKE ALL ON slas_measurement_default FROM {APP_ROLE}",
                MAKE_MONTH,
                "REVOKE ALL ON FUNCTION make_measurement_month FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION make_measurement_month TO {APP_ROLE}",
                "DROP TABLE slas_measurement_whole",
                *policy_statements("slas_measurement"),
                *policy_statements("slas_measurement_default"),
            ]
        ),
    ]
