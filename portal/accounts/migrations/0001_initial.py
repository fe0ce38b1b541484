import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import portal.accounts.models
import portal.tenancy.fields
import portal.tenancy.scope
from portal.tenancy.operations import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, unique=True)),
                        ("name", models.CharField(max_length=120)),
                        ("is_active", models.BooleanField(default=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                    managers=[
                        ("objects", portal.accounts.models.UserManager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ApiToken",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("key_id", models.CharField(max_length=16)),
                        ("secret_hash", models.CharField(max_length=64)),
                        ("scopes", models.JSONField(default=list)),
                        ("expires_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        ("last_used_on", models.DateField(blank=True, null=True)),
                        (
                            "tenant",
                            models.ForeignKey(
                                default=portal.tenancy.scope.required_tenant_id,
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tenancy.tenant",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="BusinessUnit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "slug",
                            models.CharField(
                                max_length=80,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z0-9]+(-[a-z0-9]+)*$", "Use small letters, digits and single hyphens."
                                    )
                                ],
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("retired_on", models.DateField(blank=True, null=True)),
                        (
                            "tenant",
                            models.ForeignKey(
                                default=portal.tenancy.scope.required_tenant_id,
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tenancy.tenant",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="BusinessUnitEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "slug",
                            models.CharField(
                                max_length=80,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z0-9]+(-[a-z0-9]+)*$", "Use small letters, digits and single hyphens."
                                    )
                                ],
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("retired_on", models.DateField(blank=True, null=True)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="accounts.businessunit",
                            ),
                        ),
                        (
                            "tenant",
                            models.ForeignKey(
                                db_constraint=False,
                                default=portal.tenancy.scope.required_tenant_id,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="tenancy.tenant",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("email", models.EmailField(max_length=254)),
                        ("name", models.CharField(max_length=120)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("administrator", "Administrator"),
                                    ("service_level_manager", "Service level manager"),
                                    ("service_owner", "Service owner"),
                                    ("business_unit_head", "Business unit head"),
                                    ("business_member", "Business member"),
                                    ("auditor", "Auditor"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("unit_ids", models.JSONField(default=list)),
                        ("secret_hash", models.CharField(max_length=64)),
                        ("expires_at", models.DateTimeField()),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "tenant",
                            models.ForeignKey(
                                default=portal.tenancy.scope.required_tenant_id,
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tenancy.tenant",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("administrator", "Administrator"),
                                    ("service_level_manager", "Service level manager"),
                                    ("service_owner", "Service owner"),
                                    ("business_unit_head", "Business unit head"),
                                    ("business_member", "Business member"),
                                    ("auditor", "Auditor"),
                                ],
                                max_length=30,
                            ),
                        ),
                        (
                            "title",
                            models.CharField(
                                blank=True,
                                help_text="How the person is introduced, for example “Order desk”.",
                                max_length=120,
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "tenant",
                            models.ForeignKey(
                                default=portal.tenancy.scope.required_tenant_id,
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tenancy.tenant",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="InvitationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("email", models.EmailField(max_length=254)),
                        ("name", models.CharField(max_length=120)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("administrator", "Administrator"),
                                    ("service_level_manager", "Service level manager"),
                                    ("service_owner", "Service owner"),
                                    ("business_unit_head", "Business unit head"),
                                    ("business_member", "Business member"),
                                    ("auditor", "Auditor"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("unit_ids", models.JSONField(default=list)),
                        ("secret_hash", models.CharField(max_length=64)),
                        ("expires_at", models.DateTimeField()),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="accounts.invitation",
                            ),
                        ),
                        (
                            "tenant",
                            models.ForeignKey(
                                db_constraint=False,
                                default=portal.tenancy.scope.required_tenant_id,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="tenancy.tenant",
                            ),
                        ),
                        (
                            "invited_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.membership",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.AddField(
                    model_name="invitation",
                    name="invited_by",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                    ),
                ),
                migrations.CreateModel(
                    name="ApiTokenEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=120)),
                        ("key_id", models.CharField(max_length=16)),
                        ("secret_hash", models.CharField(max_length=64)),
                        ("scopes", models.JSONField(default=list)),
                        ("expires_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        ("last_used_on", models.DateField(blank=True, null=True)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="accounts.apitoken",
                            ),
                        ),
                        (
                            "tenant",
                            models.ForeignKey(
                                db_constraint=False,
                                default=portal.tenancy.scope.required_tenant_id,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="tenancy.tenant",
                            ),
                        ),
                        (
                            "membership",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.membership",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.AddField(
                    model_name="apitoken",
                    name="membership",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tokens", to="accounts.membership"
                    ),
                ),
                migrations.CreateModel(
                    name="MembershipEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("administrator", "Administrator"),
                                    ("service_level_manager", "Service level manager"),
                                    ("service_owner", "Service owner"),
                                    ("business_unit_head", "Business unit head"),
                                    ("business_member", "Business member"),
                                    ("auditor", "Auditor"),
                                ],
                                max_length=30,
                            ),
                        ),
                        (
                            "title",
                            models.CharField(
                                blank=True,
                                help_text="How the person is introduced, for example “Order desk”.",
                                max_length=120,
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="accounts.membership",
                            ),
                        ),
                        (
                            "tenant",
                            models.ForeignKey(
                                db_constraint=False,
                                default=portal.tenancy.scope.required_tenant_id,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="tenancy.tenant",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="MembershipUnit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "business_unit",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="member_links",
                                to="accounts.businessunit",
                            ),
                        ),
                        (
                            "membership",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="unit_links",
                                to="accounts.membership",
                            ),
                        ),
                        (
                            "tenant",
                            models.ForeignKey(
                                default=portal.tenancy.scope.required_tenant_id,
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tenancy.tenant",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="MembershipUnitEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "business_unit",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.businessunit",
                            ),
                        ),
                        (
                            "membership",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.membership",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="accounts.membershipunit",
                            ),
                        ),
                        (
                            "tenant",
                            models.ForeignKey(
                                db_constraint=False,
                                default=portal.tenancy.scope.required_tenant_id,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="tenancy.tenant",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.AddConstraint(
                    model_name="businessunit",
                    constraint=models.UniqueConstraint(fields=("tenant", "slug"), name="business_unit_slug"),
                ),
                migrations.AddConstraint(
                    model_name="businessunit",
                    constraint=models.UniqueConstraint(
                        models.F("tenant"), django.db.models.functions.text.Lower("name"), name="business_unit_name"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="businessunit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_businessunitevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on", "slug", "tenant_id") VALUES (NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."retired_on", NEW."slug", NEW."tenant_id"); RETURN NULL;',
                            hash="417956db654a750a4ddd9f6128e8849c7a714c0b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ec2db",
                            table="accounts_businessunit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="businessunit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "accounts_businessunitevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on", "slug", "tenant_id") VALUES (NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."retired_on", NEW."slug", NEW."tenant_id"); RETURN NULL;',
                            hash="fce555a501e11d5aaa0a2ca3671a01a7929650de",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_78527",
                            table="accounts_businessunit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="businessunit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_businessunitevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_on", "slug", "tenant_id") VALUES (OLD."id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."retired_on", OLD."slug", OLD."tenant_id"); RETURN NULL;',
                            hash="1ee56ef5c3d92843012e3a2e1079bcbab3ba47ac",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4076f",
                            table="accounts_businessunit",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="membership",
                    constraint=models.UniqueConstraint(fields=("tenant", "user"), name="membership_once"),
                ),
                migrations.AddConstraint(
                    model_name="membership",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "administrator",
                                    "service_level_manager",
                                    "service_owner",
                                    "business_unit_head",
                                    "business_member",
                                    "auditor",
                                ],
                            )
                        ),
                        name="membership_role_known",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_membershipevent" ("id", "is_active", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "tenant_id", "title", "user_id") VALUES (NEW."id", NEW."is_active", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."role", NEW."tenant_id", NEW."title", NEW."user_id"); RETURN NULL;',
                            hash="481cbee56bee729dbb2e9581336ebac8e25e1472",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fc05a",
                            table="accounts_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "accounts_membershipevent" ("id", "is_active", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "tenant_id", "title", "user_id") VALUES (NEW."id", NEW."is_active", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."role", NEW."tenant_id", NEW."title", NEW."user_id"); RETURN NULL;',
                            hash="ba8ed7ffcdeb3c59429e3f0fd3622ea7c95ddfa4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_20ab5",
                            table="accounts_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_membershipevent" ("id", "is_active", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "tenant_id", "title", "user_id") VALUES (OLD."id", OLD."is_active", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."role", OLD."tenant_id", OLD."title", OLD."user_id"); RETURN NULL;',
                            hash="39ce849b4a3c2f862ee2f5625c89fc1bce28f21c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_19a8f",
                            table="accounts_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.UniqueConstraint(fields=("tenant", "secret_hash"), name="invitation_secret"),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "administrator",
                                    "service_level_manager",
                                    "service_owner",
                                    "business_unit_head",
                                    "business_member",
                                    "auditor",
                                ],
                            )
                        ),
                        name="invitation_role_known",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_invitationevent" ("accepted_at", "email", "expires_at", "id", "invited_by_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "secret_hash", "tenant_id", "unit_ids") VALUES (NEW."accepted_at", NEW."email", NEW."expires_at", NEW."id", NEW."invited_by_id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."role", NEW."secret_hash", NEW."tenant_id", NEW."unit_ids"); RETURN NULL;',
                            hash="3f1575ac5019ebba746442a42cdcd7cdf01ca1c5",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8c354",
                            table="accounts_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "accounts_invitationevent" ("accepted_at", "email", "expires_at", "id", "invited_by_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "secret_hash", "tenant_id", "unit_ids") VALUES (NEW."accepted_at", NEW."email", NEW."expires_at", NEW."id", NEW."invited_by_id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."role", NEW."secret_hash", NEW."tenant_id", NEW."unit_ids"); RETURN NULL;',
                            hash="b2892c5efa54a2636ea2c7b35a3f048002088d47",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4e12d",
                            table="accounts_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_invitationevent" ("accepted_at", "email", "expires_at", "id", "invited_by_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "secret_hash", "tenant_id", "unit_ids") VALUES (OLD."accepted_at", OLD."email", OLD."expires_at", OLD."id", OLD."invited_by_id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."role", OLD."secret_hash", OLD."tenant_id", OLD."unit_ids"); RETURN NULL;',
                            hash="ef72cd9d568f23370e39e08f7224d35e6a8a9b9b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f2c14",
                            table="accounts_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="apitoken",
                    constraint=models.UniqueConstraint(fields=("tenant", "key_id"), name="api_token_key"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="apitoken",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_apitokenevent" ("expires_at", "id", "key_id", "last_used_on", "membership_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "scopes", "secret_hash", "tenant_id") VALUES (NEW."expires_at", NEW."id", NEW."key_id", NEW."last_used_on", NEW."membership_id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."revoked_at", NEW."scopes", NEW."secret_hash", NEW."tenant_id"); RETURN NULL;',
                            hash="9e4bcbf34aa06eeb5d75845fc5982e2d02d2e016",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_01b7d",
                            table="accounts_apitoken",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="apitoken",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "accounts_apitokenevent" ("expires_at", "id", "key_id", "last_used_on", "membership_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "scopes", "secret_hash", "tenant_id") VALUES (NEW."expires_at", NEW."id", NEW."key_id", NEW."last_used_on", NEW."membership_id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."revoked_at", NEW."scopes", NEW."secret_hash", NEW."tenant_id"); RETURN NULL;',
                            hash="7dacdccbf54fc3203b38b5b810a142d35af59f4f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_df53b",
                            table="accounts_apitoken",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="apitoken",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_apitokenevent" ("expires_at", "id", "key_id", "last_used_on", "membership_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "scopes", "secret_hash", "tenant_id") VALUES (OLD."expires_at", OLD."id", OLD."key_id", OLD."last_used_on", OLD."membership_id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."revoked_at", OLD."scopes", OLD."secret_hash", OLD."tenant_id"); RETURN NULL;',
                            hash="846966fc2bfc154c15f01701bdd2868f45970a48",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6e065",
                            table="accounts_apitoken",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="membershipunit",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "membership", "business_unit"), name="membership_unit_once"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membershipunit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_membershipunitevent" ("business_unit_id", "id", "membership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tenant_id") VALUES (NEW."business_unit_id", NEW."id", NEW."membership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."tenant_id"); RETURN NULL;',
                            hash="0b9a36198746c0e714f0e5fa9627066359aae7b6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4b0d1",
                            table="accounts_membershipunit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membershipunit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "accounts_membershipunitevent" ("business_unit_id", "id", "membership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tenant_id") VALUES (NEW."business_unit_id", NEW."id", NEW."membership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."tenant_id"); RETURN NULL;',
                            hash="8ec4d622d1970d2536a699841f6039c2f049d135",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_80246",
                            table="accounts_membershipunit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membershipunit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_membershipunitevent" ("business_unit_id", "id", "membership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tenant_id") VALUES (OLD."business_unit_id", OLD."id", OLD."membership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."tenant_id"); RETURN NULL;',
                            hash="047468aefd6e0fe3aefbacb7a46c56f8ce152916",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_db804",
                            table="accounts_membershipunit",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
