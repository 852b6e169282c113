"""The two presets of the procedure, which every installation starts from."""

from django.db import migrations


def add_presets(apps, schema_editor):
    Procedure = apps.get_model("assessments", "Procedure")
    Procedure.objects.create(preset="committee")
    Procedure.objects.create(
        preset="lightweight",
        minimum_evidence=1,
        minimum_feedback=0,
        outside_feedback=0,
        endorsement=False,
    )


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]
    operations = [migrations.RunPython(add_presets, migrations.RunPython.noop)]
