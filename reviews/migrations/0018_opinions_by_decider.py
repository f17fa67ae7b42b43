from importlib import import_module

from django.db import migrations

from members.migration_operations import ChangeLocks

# Whoever decides on somebody reads what other bodies said of them, as their texts.
opinions = import_module('reviews.migrations.0015_opinions')
decided = import_module('reviews.migrations.0016_texts_by_decider').decided
AREAS = {'reviews_opinion': 'TEXTS', 'reviews_residenceexemption': 'LEVELS'}
BEFORE = {table: opinions.POLICIES[table] for table in AREAS}
SINCE = {
    table: (f'({seen}) OR {decided(AREAS[table])}', purposes)
    for table, (seen, purposes) in BEFORE.items()
}


class Migration(migrations.Migration):

    dependencies = [('reviews', '0017_texts_by_reason')]

    operations = [ChangeLocks(SINCE, before=BEFORE)]
