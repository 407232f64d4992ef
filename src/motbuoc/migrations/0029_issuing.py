"""A great directive on its way to its units."""

import django.db.models.deletion
import motbuoc.foundation.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("motbuoc", "0028_due_rules")]

    operations = [
        migrations.CreateModel(
            name='Issuing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('addressed', models.JSONField()),
                ('units', models.JSONField()),
                ('served', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField()),
                ('done', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(choices=[('running', 'Being issued'), ('stopped', 'Stopped'), ('finished', 'Issued to all'), ('failed', 'Interrupted by an error')], default='running', max_length=10)),
                ('begun_on', models.DateField()),
                ('begun_at', models.DateTimeField(default=motbuoc.foundation.core.clock.now)),
                ('finished_at', models.DateTimeField(null=True)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='motbuoc.person')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='issuing', to='motbuoc.document')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['running', 'stopped', 'finished', 'failed'])), name='issuing_state_known'), models.CheckConstraint(condition=models.Q(('done__lte', models.F('total'))), name='issuing_never_doubled')],
            },
        ),
    ]
