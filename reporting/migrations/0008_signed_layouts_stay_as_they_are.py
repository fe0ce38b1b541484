"""What was laid out before versions had terms goes on as it was: everything, in the order of the page until now."""

from django.db import migrations, models

from portal.tenancy.operations import InOneStep, SealWith

TABLES = (
    "reporting_reportagreement",
    "reporting_reportagreementevent",
    "reporting_reportsection",
    "reporting_reportinterpretation",
)
SECTIONS = ("months", "promises", "worth", "better", "decisions", "rules")
MEANINGS = (
    ("kept", "that we delivered what we promised", "that nothing went wrong"),
    ("close", "kept with little room left", "missed"),
    ("missed", "that we delivered less than we promised", "that somebody is to blame"),
    ("at_risk", "that room is used up faster than the month passes", "missed already"),
    ("trial", "measured, with nothing promised yet", "kept or missed"),
    ("disputed", "that both sides count differently", "that one side is right"),
    ("data_gap", "too little data to judge", "kept"),
    ("no_cases", "nothing to judge", "kept"),
    ("experienced", "what people met with, nothing taken out", "what was promised"),
    ("score", "kept or only just kept, of those that were judged", "that all promises matter the same"),
    ("worth", "an estimate from the evidence named beside it", "an amount that was booked"),
)
KEEP_SIGNED = """
CREATE FUNCTION keep_signed_layout() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    free text[] := ARRAY['agreed_on', 'agreed_by_business', 'agreed_by_it', 'fingerprint', 'sealed_in'];
BEGIN
    IF TG_OP = 'INSERT' OR OLD.sealed_in IS NULL OR OLD.sealed_in = this_transaction() THEN
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        NEW.sealed_in := CASE WHEN NEW.agreed_by_it = '' AND NEW.agreed_by_business = '' THEN NULL
                              ELSE this_transaction() END;
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        NEW.sealed_in := OLD.sealed_in;
        IF to_jsonb(NEW) - free = to_jsonb(OLD) - free
           AND OLD.agreed_by_it IN ('', NEW.agreed_by_it)
           AND OLD.agreed_by_business IN ('', NEW.agreed_by_business)
           AND OLD.fingerprint IN ('', NEW.fingerprint)
           AND (OLD.agreed_on IS NULL OR OLD.agreed_on = NEW.agreed_on) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'One side has signed this: version % of a report agreement stays as it is', OLD.version
          USING ERRCODE = 'restrict_violation';
END
$$
"""

PLACES = ", ".join(f"('{section}', {place})" for place, section in enumerate(SECTIONS, 1))
SAID = ", ".join(f"('{subject}', '{means}', '{means_not}')" for subject, means, means_not in MEANINGS)
GIVE_SECTIONS = f"""
INSERT INTO reporting_reportsection (tenant_id, report_agreement_id, section, position)
SELECT layout.tenant_id, layout.id, said.section, said.position
FROM reporting_reportagreement AS layout CROSS JOIN (VALUES {PLACES}) AS said (section, position)
"""  # noqa: S608 - of our own lists
GIVE_MEANINGS = f"""
INSERT INTO reporting_reportinterpretation (tenant_id, report_agreement_id, subject, means, means_not)
SELECT layout.tenant_id, layout.id, said.subject, said.means, said.means_not
FROM reporting_reportagreement AS layout CROSS JOIN (VALUES {SAID}) AS said (subject, means, means_not)
"""  # noqa: S608 - of our own lists


class Migration(migrations.Migration):
    dependencies = [("reporting", "0007_report_agreements_have_terms"), ("slas", "0017_seals_outlast_a_restore")]

    operations = [
        InOneStep(
            [
                migrations.RunSQL(
                    [
                        "SET CONSTRAINTS ALL IMMEDIATE",
                        *(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY" for table in TABLES),
                        GIVE_SECTIONS,
                        GIVE_MEANINGS,
                        "UPDATE reporting_reportagreement SET reason = 'Agreed before reasons were kept.'"
                        " WHERE version > 1 AND agreed_by_it <> ''",
                        "UPDATE reporting_reportagreement SET sealed_in = 1 WHERE agreed_by_it <> ''",
                        *(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY" for table in TABLES),
                        KEEP_SIGNED,
                        "CREATE TRIGGER report_agreement_sealed BEFORE INSERT OR UPDATE OR DELETE"
                        " ON reporting_reportagreement FOR EACH ROW EXECUTE FUNCTION keep_signed_layout()",
                    ]
                ),
                SealWith("reportsection", ["report_agreement"]),
                SealWith("reportinterpretation", ["report_agreement"]),
                migrations.AddConstraint(
                    model_name="reportagreement",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("agreed_by_business", ""), ("agreed_by_it", "")),
                        fields=("tenant", "business_unit"),
                        name="report_agreement_one_draft",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reportagreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("agreed_on__isnull", True),
                                models.Q(("agreed_by_business", ""), ("agreed_by_it", ""), _connector="OR"),
                            ),
                            models.Q(
                                ("agreed_on__isnull", False),
                                models.Q(("agreed_by_business", ""), _negated=True),
                                models.Q(("agreed_by_it", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="report_agreement_accepted_by_name",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reportagreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("answer_working_days__range", (1, 20)), ("issue_working_day__range", (1, 20))
                        ),
                        name="report_agreement_days_in_range",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reportagreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("language__in", ["en"])), name="report_agreement_language_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reportagreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("version", 1),
                            models.Q(("agreed_by_business", ""), ("agreed_by_it", "")),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="report_agreement_later_has_a_reason",
                    ),
                ),
            ]
        )
    ]
