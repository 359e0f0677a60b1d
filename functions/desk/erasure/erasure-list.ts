import { createHash } from 'node:crypto';
import { z } from 'zod';
import { insertInto, statement } from '../../../db/query.ts';
import { erasures } from '../../../db/schema/index.ts';
import type { Context } from '../../ground/platform/context.ts';
import { wordsChoices } from './terms.ts';

/** Of one erasure, as it lies beside the files: an id that tells nobody who it was. */
const keptErasure = z.strictObject({
  customerId: z.string(),
  seq: z.number(),
  words: z.enum(wordsChoices),
  askedBy: z.enum(['customer', 'staff', 'command']),
  at: z.number(),
});
export type KeptErasure = z.output<typeof keptErasure>;

/** Files of the store are found by their names alone: these follow from their numbers. */
const fileName = (seq: number) => createHash('sha256').update(`erasure ${seq}`).digest('hex');

/** Puts a copy of an erasure where a restored database finds it. @throws {FilesUnavailable} */
export async function copyErasure({ files }: Pick<Context, 'files'>, kept: KeptErasure): Promise<void> {
  if (files === null) return;
  const name = fileName(kept.seq);
  if ((await files.get(name)) === null) await files.put(name, new TextEncoder().encode(JSON.stringify(kept)));
}

const insertErasure = insertInto(erasures, 'ON CONFLICT DO NOTHING');

/**
 * Takes what lies beside the files into the list of a database that may be older than it. Answers all of the list.
 * @throws {FilesUnavailable}
 */
export async function readErasures({ db, files }: Pick<Context, 'db' | 'files'>): Promise<KeptErasure[]> {
  const copies = files === null ? [] : await listCopies((name) => files.get(name));
  if (copies.length > 0) await db.write(copies.map((one) => insertErasure({ ...one, finishedAt: null })));
  const rows = await db.fresh.read(
    statement('SELECT customer_id, seq, words, asked_by, at FROM erasures ORDER BY seq'),
  );
  return rows.map(([customerId, seq, words, askedBy, at]) =>
    keptErasure.parse({ customerId, seq: Number(seq), words, askedBy, at: Number(at) }),
  );
}

/** Numbers have no holes. */
async function listCopies(get: (name: string) => Promise<Uint8Array | null>): Promise<KeptErasure[]> {
  const found: KeptErasure[] = [];
  for (let seq = 1; ; seq += 1) {
    const bytes = await get(fileName(seq));
    if (bytes === null) return found;
    found.push(keptErasure.parse(JSON.parse(new TextDecoder().decode(bytes))));
  }
}
