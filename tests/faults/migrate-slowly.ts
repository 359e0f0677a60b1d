import { openEmbedded } from '../../db/embedded.ts';
import { applyMigrations } from '../../db/migrate.ts';
import { openRemote } from '../../db/remote.ts';
import { aMigration, rebuild, releasedMigrations } from '../upgrades/kept.ts';

/** A migration that takes about a second, says when it begins, and is meant to be killed: node migrate-slowly.ts DATABASE */
const [place = ''] = process.argv.slice(2);
const db = place.startsWith('http') ? openRemote({ url: place }) : openEmbedded(place);
const slow = (name: string) =>
  `CREATE TABLE ${name} AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
    SELECT i, hex(randomblob(20)) AS text FROM n`;
const migration = aMigration(
  ...(await rebuild(db, 'accounts')),
  slow('first_of_the_test'),
  ...(await rebuild(db, 'orders')),
  slow('second_of_the_test'),
  ...(await rebuild(db, 'history')),
  slow('third_of_the_test'),
);
process.stdout.write('begun\n');
await applyMigrations(db, { migrations: [...(await releasedMigrations()), migration], now: 0 });
process.stdout.write('done\n');
db.close();
