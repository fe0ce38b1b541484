"""How a unit and IT talk holds once both sides have accepted it; what one side wrote alone waits for the other."""

from typing import ClassVar

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import portal.tenancy.fields
from portal.tenancy.operations import InOneStep, ReferWithinTenant


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0002_tenant_walls"),
        ("reporting", "0013_comments_have_a_window_and_questions_are_agreed"),
        ("tenancy", "0001_initial"),
    ]

    operations: ClassVar = [
        InOneStep(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="talkchannel",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="talkchannel",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="talkchannel",
                    name="delete_delete",
                ),
                migrations.RemoveConstraint(
                    model_name="talkchannel",
                    name="channel_once",
                ),
                migrations.AddField(
                    model_name="talkchannel",
                    name="accepted_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="talkchannel",
                    name="accepted_by",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="talkchannelevent",
                    name="accepted_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="talkchannelevent",
                    name="accepted_by",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.membership",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="talkchannel",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_talkchannelevent" ("accepted_at", "accepted_by_id", "answer_working_days", "business_unit_id", "for_business_id", "for_it_id", "id", "level", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rhythm_days", "set_at", "set_by_id", "tenant_id") VALUES (NEW."accepted_at", NEW."accepted_by_id", NEW."answer_working_days", NEW."business_unit_id", NEW."for_business_id", NEW."for_it_id", NEW."id", NEW."level", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."rhythm_days", NEW."set_at", NEW."set_by_id", NEW."tenant_id"); RETURN NULL;',
                            hash="0f13892b8cf66296f5afba3a738362aea26d0523",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2ffac",
                            table="reporting_talkchannel",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="talkchannel",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_talkchannelevent" ("accepted_at", "accepted_by_id", "answer_working_days", "business_unit_id", "for_business_id", "for_it_id", "id", "level", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rhythm_days", "set_at", "set_by_id", "tenant_id") VALUES (NEW."accepted_at", NEW."accepted_by_id", NEW."answer_working_days", NEW."business_unit_id", NEW."for_business_id", NEW."for_it_id", NEW."id", NEW."level", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."rhythm_days", NEW."set_at", NEW."set_by_id", NEW."tenant_id"); RETURN NULL;',
                            hash="e8189bbe8ad678483f24decdd11424635bbf9b8a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5fe60",
                            table="reporting_talkchannel",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="talkchannel",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_talkchannelevent" ("accepted_at", "accepted_by_id", "answer_working_days", "business_unit_id", "for_business_id", "for_it_id", "id", "level", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rhythm_days", "set_at", "set_by_id", "tenant_id") VALUES (OLD."accepted_at", OLD."accepted_by_id", OLD."answer_working_days", OLD."business_unit_id", OLD."for_business_id", OLD."for_it_id", OLD."id", OLD."level", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."rhythm_days", OLD."set_at", OLD."set_by_id", OLD."tenant_id"); RETURN NULL;',
                            hash="f7e4425f2eb45c8d50a88d826fcf2050873ab24f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_37dbd",
                            table="reporting_talkchannel",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="talkchannel",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("accepted_at__isnull", False)),
                        fields=("tenant", "business_unit", "level"),
                        name="channel_agreed_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="talkchannel",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("accepted_at__isnull", True)),
                        fields=("tenant", "business_unit", "level"),
                        name="channel_proposed_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="talkchannel",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at__isnull", True), ("accepted_by__isnull", True)),
                            models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="channel_accepted_by_somebody",
                    ),
                ),
                ReferWithinTenant("talkchannel", "accepted_by"),
            ]
        )
    ]
