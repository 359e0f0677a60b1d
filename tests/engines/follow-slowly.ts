import { openEmbedded } from '../../db/embedded.ts';
import { openRemote } from '../../db/remote.ts';
import { followChanges } from '../../functions/ground/feed/follow-changes.ts';

/** Follows what happens until it is killed, with a pause between reading and writing: node follow-slowly.ts DATABASE NAME */
const [url = '', by = ''] = process.argv.slice(2);
const db = url.startsWith('http') ? openRemote({ url }) : openEmbedded(url.replace('file:', ''));
process.stdout.write('begun\n');
for (;;) {
  await followChanges({ db }, { name: 'probe', start: 'beginning', step: 7 }, async (changes) => {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 10));
    return changes.map(({ position, accountId, seq }) => ({
      sql: 'INSERT INTO told (position, account_id, seq, by) VALUES (?, ?, ?, ?)',
      args: [position, accountId, seq, by],
    }));
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
}
