"""What an hour costs has a version for each day on which it was said; each month finds its own."""

from typing import ClassVar

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from portal.tenancy.operations import InOneStep


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reporting", "0002_tenant_walls")]

    operations: ClassVar = [
        InOneStep(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="valuestatement",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="valuestatement",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="valuestatement",
                    name="delete_delete",
                ),
                migrations.RemoveConstraint(
                    model_name="impactprofile",
                    name="impact_profile_once",
                ),
                migrations.RemoveField(
                    model_name="valuestatement",
                    name="profile",
                ),
                migrations.RemoveField(
                    model_name="valuestatementevent",
                    name="profile",
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="valuestatement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_valuestatementevent" ("baseline_month", "business_unit_id", "cause_words", "confirmed_by_words", "goal_id", "grade", "high_rate", "id", "improvement_id", "kind", "low_rate", "measure_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "result_words", "slug", "target_id", "tenant_id", "unit_words") VALUES (NEW."baseline_month", NEW."business_unit_id", NEW."cause_words", NEW."confirmed_by_words", NEW."goal_id", NEW."grade", NEW."high_rate", NEW."id", NEW."improvement_id", NEW."kind", NEW."low_rate", NEW."measure_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."result_words", NEW."slug", NEW."target_id", NEW."tenant_id", NEW."unit_words"); RETURN NULL;',
                            hash="daebfea5a5615bacf0cd6e6ab9ce2e46bb0c6560",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9e04e",
                            table="reporting_valuestatement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="valuestatement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_valuestatementevent" ("baseline_month", "business_unit_id", "cause_words", "confirmed_by_words", "goal_id", "grade", "high_rate", "id", "improvement_id", "kind", "low_rate", "measure_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "result_words", "slug", "target_id", "tenant_id", "unit_words") VALUES (NEW."baseline_month", NEW."business_unit_id", NEW."cause_words", NEW."confirmed_by_words", NEW."goal_id", NEW."grade", NEW."high_rate", NEW."id", NEW."improvement_id", NEW."kind", NEW."low_rate", NEW."measure_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."result_words", NEW."slug", NEW."target_id", NEW."tenant_id", NEW."unit_words"); RETURN NULL;',
                            hash="69665f08cf7135b127db285d54f3333e537b1a5c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_229b6",
                            table="reporting_valuestatement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="valuestatement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_valuestatementevent" ("baseline_month", "business_unit_id", "cause_words", "confirmed_by_words", "goal_id", "grade", "high_rate", "id", "improvement_id", "kind", "low_rate", "measure_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "result_words", "slug", "target_id", "tenant_id", "unit_words") VALUES (OLD."baseline_month", OLD."business_unit_id", OLD."cause_words", OLD."confirmed_by_words", OLD."goal_id", OLD."grade", OLD."high_rate", OLD."id", OLD."improvement_id", OLD."kind", OLD."low_rate", OLD."measure_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."result_words", OLD."slug", OLD."target_id", OLD."tenant_id", OLD."unit_words"); RETURN NULL;',
                            hash="52500fbb1dd42309b0a6907d4d88d1ffd61831e5",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_22cde",
                            table="reporting_valuestatement",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="impactprofile",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "service", "business_unit", "confirmed_on"), name="impact_profile_once_a_day"
                    ),
                ),
            ]
        ),
    ]
