import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


def part(apps, schema_editor):
    """Where leaves of one person overlap, the later begins where the earlier ends; one that lies
    wholly inside another is kept, but stands no longer. All count as known since they began."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_leave SET recorded_at = least(recorded_at, lower(valid)::timestamptz)"
        )
        cursor.execute(
            "SELECT id, person_id, lower(valid), upper(valid) FROM people_leave"
            " ORDER BY person_id, lower(valid), upper(valid) DESC NULLS FIRST, id"
        )
        reached = {}
        for pk, person, since, until in cursor.fetchall():
            if person not in reached:
                reached[person] = until
                continue
            end = reached[person]
            if end is None or (until is not None and until <= end):
                cursor.execute("UPDATE people_leave SET superseded_at = now() WHERE id = %s", [pk])
                continue
            reached[person] = until
            if since < end:
                cursor.execute(
                    "UPDATE people_leave SET valid = daterange(%s, %s) WHERE id = %s",
                    [end, until, pk],
                )


class Migration(migrations.Migration):

    dependencies = [("people", "0006_chains")]

    operations = [
        migrations.RemoveConstraint(
            model_name='leave',
            name='a leave lasts at least a day',
        ),
        migrations.RenameField("leave", "days", "valid"),
        migrations.AddField(
            "leave",
            "recorded_at",
            models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            "leave", "superseded_at", models.DateTimeField(blank=True, editable=False, null=True)
        ),
        migrations.AddField(
            "leave",
            "recorded_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("leave", "reason", models.TextField(blank=True)),
        migrations.RunPython(part, migrations.RunPython.noop),
        migrations.AddField(
            model_name='leave',
            name='pauses_reminders',
            field=models.BooleanField(default=True, help_text='The person is away, and no reminder goes out.'),
        ),
        migrations.AlterField(
            model_name='leave',
            name='kind',
            field=models.CharField(choices=[('parental', 'Parental leave'), ('sick', 'Sick leave'), ('care', 'Care leave'), ('sabbatical', 'Sabbatical'), ('holiday', 'Holiday'), ('reduced', 'Reduced hours'), ('other', 'Other leave')], default='other', max_length=16),
        ),
        migrations.AlterField(
            model_name='leave',
            name='valid',
            field=django.contrib.postgres.fields.ranges.DateRangeField(help_text='From the first day, up to but not including the last.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leave',
            trigger=pgtrigger.compiler.Trigger(name='rows_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='749f227041e8cc109520524a70941eefe42d5ae6', operation='DELETE', pgid='pgtrigger_rows_stay_1e28f', table='people_leave', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leave',
            trigger=pgtrigger.compiler.Trigger(name='words_stay', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."valid" IS DISTINCT FROM (NEW."valid") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."stops_clock" IS DISTINCT FROM (NEW."stops_clock") OR OLD."pauses_reminders" IS DISTINCT FROM (NEW."pauses_reminders"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='91238e89c92e2533cdbdd3afda20ad61ed2ea46d', operation='UPDATE', pgid='pgtrigger_words_stay_71e9a', table='people_leave', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leave',
            trigger=pgtrigger.compiler.Trigger(name='never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The past is never truncated (table %)', TG_TABLE_NAME;", hash='a46dc3d1fb3d52e346d375469ffb3c0c6bc3ee6e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_emptied_00676', table='people_leave', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='leave',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('superseded_at__isnull', True)), expressions=[(models.Func(models.F('person'), models.F('person'), models.Value('[]'), function='int8range'), '&&'), ('valid', '&&')], name='a person is on one leave at a time'),
        ),
        migrations.AddConstraint(
            model_name='leave',
            constraint=models.CheckConstraint(condition=models.Q(('valid__isempty', False)), name='a leave lasts at least a day'),
        ),
    ]
