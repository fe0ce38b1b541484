"""A month of measurements has a table of its own if it lies in the last five years, and until it is taken away.

Whoever brings facts decides of which month: the number of tables, which all tenants share, has a bound. What is older
lies in the default.
"""

from typing import ClassVar

from django.db import migrations

from portal.tenancy.operations import APP_ROLE, TENANT_IN_FORCE

MONTHS_BACK = 60
POLICY = f"(tenant_id = {TENANT_IN_FORCE})".replace("'", "''")
MAKE_MONTH = f"""
CREATE OR REPLACE FUNCTION make_measurement_month(wanted date) RETURNS void
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
"""  # noqa: S608


class Migration(migrations.Migration):
    dependencies: ClassVar = [("slas", "0010_promises_about_interruptions")]

    operations: ClassVar = [migrations.RunSQL(MAKE_MONTH)]
