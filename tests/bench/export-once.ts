import { createWriteStream, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import Database from 'libsql';
import { openEmbedded } from '../../db/embedded.ts';
import { exportedKinds } from '../../functions/reach/exports/feedback/columns.ts';
import { bytesOf } from '../../functions/reach/exports/feedback/download.ts';
import { exportFeedback } from '../../functions/reach/exports/feedback/export-feedback.ts';
import { sources } from '../../functions/reach/exports/feedback/sources.ts';
import { contextOn } from './seed.ts';

/**
 * One export into a file, or nowhere, so that no disk has a say. Usage: node export-once.ts ours|bare DATABASE FILE;
 * prints seconds, those to the first byte, and the most anonymous memory in MB. The bare loop streams the rows of the
 * same queries, unpaged, and joins their cells.
 */
const [whose, path = '', target = ''] = process.argv.slice(2);
const started = performance.now();
let firstByteAt = 0;
let anonymous_kb = 0;
let bytes = 0;

await pipeline(Readable.from(watched(whose === 'bare' ? bare() : ours())), createWriteStream(target));
const seconds = (performance.now() - started) / 1000;
const firstByte_s = (firstByteAt - started) / 1000;
process.stdout.write(JSON.stringify({ seconds, firstByte_s, anonymous_mb: anonymous_kb / 1024, bytes }));

async function* ours(): AsyncGenerator<Uint8Array | string> {
  const db = openEmbedded(path);
  const table = await exportFeedback(contextOn(db), { days: { since: null, until: null } });
  yield* bytesOf(table, 'csv');
  db.close();
}

async function* bare(): AsyncGenerator<string> {
  const db = new Database(path, { readonly: true });
  const asked = {
    kinds: JSON.stringify(exportedKinds),
    after: { at: -1, id: '' },
    span: { from: 0, to: Number.MAX_SAFE_INTEGER },
    limit: -1,
  };
  for (const source of sources) {
    const { sql, args } = source.page(asked);
    let portion = '';
    for (const row of db
      .prepare(sql)
      .raw(true)
      .iterate(...args)) {
      portion += `${String(row)}\n`;
      if (portion.length < 65_536) continue;
      yield portion;
      portion = '';
    }
    yield portion;
  }
}

async function* watched(chunks: AsyncIterable<Uint8Array | string>) {
  for await (const chunk of chunks) {
    if (firstByteAt === 0) firstByteAt = performance.now();
    bytes += chunk.length;
    const status = readFileSync('/proc/self/status', 'utf8');
    anonymous_kb = Math.max(anonymous_kb, Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? 0));
    yield chunk;
  }
}
