"""The database holds what the forms explain: service hours, promises, proposals, cases, batches, closed months."""

from typing import ClassVar

from django.db import migrations, models

from portal.tenancy.operations import ChangeTables


class Migration(migrations.Migration):
    dependencies: ClassVar = [("slas", "0009_logs_say_what_they_cover")]

    operations: ClassVar = [
        ChangeTables(
            [
                migrations.RemoveConstraint(
                    model_name="hoursexception",
                    name="hours_exception_in_order",
                ),
                migrations.RemoveConstraint(
                    model_name="hourswindow",
                    name="window_in_order",
                ),
                migrations.AlterField(
                    model_name="factbatch",
                    name="origin",
                    field=models.CharField(
                        choices=[
                            ("entered", "Entered"),
                            ("uploaded", "Uploaded"),
                            ("pushed", "Pushed"),
                            ("imported", "Imported"),
                        ],
                        max_length=12,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("responded_at__isnull", True),
                            ("responded_at__gte", models.F("opened_at")),
                            _connector="OR",
                        ),
                        name="case_answered_after_opening",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("resolved_at__isnull", True), ("resolved_at__gte", models.F("opened_at")), _connector="OR"
                        ),
                        name="case_solved_after_opening",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="factbatch",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("origin__in", ["entered", "uploaded", "pushed", "imported"])),
                        name="batch_origin_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hoursexception",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closes_at__isnull", True), ("opens_at__isnull", True)),
                            models.Q(
                                ("closes_at__gt", models.F("opens_at")),
                                ("closes_at__isnull", False),
                                ("opens_at__isnull", False),
                                ("opens_at__lt", 1440),
                            ),
                            _connector="OR",
                        ),
                        name="hours_exception_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hoursexception",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("closes_at__isnull", True),
                            ("closes_at__lte", models.F("opens_at") + 1440),
                            _connector="OR",
                        ),
                        name="hours_exception_within_a_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hourswindow",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opens_at")), ("opens_at__lt", 1440)),
                        name="window_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hourswindow",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("closes_at__lte", models.F("opens_at") + 1440)), name="window_within_a_day"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="monthclose",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="closed_month_by_its_first"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("schedule", "monthly"), _negated=True),
                            ("due_day__isnull", False),
                            _connector="OR",
                        ),
                        name="target_once_a_month_has_a_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("due_day__isnull", True),
                                models.Q(("due_day__gte", 1), ("due_day__lte", 31)),
                                _connector="OR",
                            ),
                            models.Q(("due_minute__isnull", True), ("due_minute__lte", 1440), _connector="OR"),
                        ),
                        name="target_due_in_month_and_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="target_ends_after_start",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("period_kind__in", ["month", "quarter", "year"])),
                        name="target_period_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("missing_policy__in", ["exclude", "down", "up"])),
                        name="target_missing_policy_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("clock_stop__in", ["solved", "answered"])), name="target_clock_stop_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("schedule__in", ["", "daily", "working_days", "monthly"])),
                        name="target_schedule_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("close_room__gte", 0),
                            ("close_room__lte", 1),
                            ("degraded_share__gte", 0),
                            ("degraded_share__lte", 1),
                        ),
                        name="target_shares_of_one",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("minimum_coverage__gte", 0),
                            ("minimum_coverage__lte", 100),
                            models.Q(
                                ("close_margin__isnull", True),
                                models.Q(("close_margin__gte", 0), ("close_margin__lte", 100)),
                                _connector="OR",
                            ),
                        ),
                        name="target_percentages",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="targetproposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("threshold__gte", 0), ("threshold__lte", 100)),
                        name="proposed_threshold_percent",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="targetproposal",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("is_accepted__isnull", True)),
                        fields=("tenant", "target"),
                        name="proposal_open_once",
                    ),
                ),
            ]
        )
    ]
