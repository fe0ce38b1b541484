"""Measurements lie in a table for each UTC month, behind the one that everybody reads and writes.

The unprivileged role makes the month of facts that arrive through one function of the owner; it has no rights on the
months themselves, and the row policy is forced on each of them besides. What reaches no month lies in the default.
"""

from typing import ClassVar

from django.db import migrations

from portal.tenancy.operations import APP_ROLE, TENANT_IN_FORCE, policy_statements

POLICY = f"(tenant_id = {TENANT_IN_FORCE})".replace("'", "''")
MAKE_MONTH = f"""
CREATE FUNCTION make_measurement_month(wanted date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    first_on date := date_trunc('month', wanted);
    next_on date := first_on + interval '1 month';
    month text := 'slas_measurement_' || to_char(first_on, 'YYYY_MM');
BEGIN
    IF wanted IS NULL OR wanted < '1990-01-01' OR wanted >= '2100-01-01' THEN
        RAISE datetime_field_overflow USING MESSAGE = 'Measurements are kept from 1990 to 2099';
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
    dependencies: ClassVar = [("slas", "0004_inputs_are_kept_with_figures")]

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
                "ALTER TABLE slas_measurement_whole NO FORCE ROW LEVEL SECURITY",
                "SELECT make_measurement_month(month) FROM (SELECT DISTINCT date_trunc('month', at AT TIME ZONE 'UTC')::date"
                " AS month FROM slas_measurement_whole WHERE at >= '1990-01-01 00:00Z') months",
                "INSERT INTO slas_measurement SELECT * FROM slas_measurement_whole",
                "DROP TABLE slas_measurement_whole",
                *policy_statements("slas_measurement"),
                *policy_statements("slas_measurement_default"),
            ]
        ),
    ]
