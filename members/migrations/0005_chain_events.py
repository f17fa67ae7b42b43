from django.db import migrations
from django.utils import timezone

from members import chains


BATCH = 200  # a few parameters for each; some builds of SQLite take 999


def chain_events(apps, schema_editor):
    """Chain what was recorded before, by its day and in the order of recording."""
    event_model = apps.get_model('members', 'Event')
    head_model = apps.get_model('members', 'LogHead')
    heads = {}
    last = 0
    while events := list(event_model.objects.filter(pk__gt=last).order_by('pk')[:BATCH]):
        for event in events:
            day = timezone.localdate(event.at, timezone.get_default_timezone())
            event.chain = chains.chain_of(event.unit_id, day)
            event.position, event.previous_hash = heads.get(event.chain, (0, chains.START))
            event.position += 1
            columns = {name: getattr(event, name) for name in chains.EVENT_COLUMNS}
            event.hash = chains.hash_of(event.previous_hash, columns)
            heads[event.chain] = (event.position, event.hash)
        event_model.objects.bulk_update(events, ['chain', 'position', 'previous_hash', 'hash'])
        last = events[-1].pk
    head_model.objects.bulk_create(
        [
            head_model(chain=chain, position=position, hash=hash)
            for chain, (position, hash) in sorted(heads.items())
        ],
        batch_size=BATCH,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0004_heads_and_seals'),
    ]

    operations = [
        migrations.RunPython(chain_events, migrations.RunPython.noop, elidable=True),
    ]
