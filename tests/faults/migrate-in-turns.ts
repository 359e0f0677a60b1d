import { createInterface } from 'node:readline';
import { openEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import { openRemote } from '../../db/remote.ts';

/** Migrates each database that is named on a line, and answers by a line of JSON: how many migrations, or why not. */
process.stdout.write('"ready"\n');
for await (const place of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await told(place))}\n`);
}

async function told(place: string): Promise<number | string> {
  try {
    const db = place.startsWith('http') ? openRemote({ url: place }) : openEmbedded(place);
    try {
      return (await migrate(db, 0)).length;
    } finally {
      db.close();
    }
  } catch (error) {
    return String(error);
  }
}
