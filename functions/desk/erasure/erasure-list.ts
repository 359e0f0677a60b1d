import { createHash } from 'node:crypto';
import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { FileStore } from '../../ground/platform/file-store.ts';
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

/**
 * Files of the store are found by their names alone: these follow from numbers. A copy lies under the number of its row, or
 * behind it where a database that was older had given that number to somebody else.
 */
const fileName = (place: number) => createHash('sha256').update(`erasure ${place}`).digest('hex');

/** Behind so many numbers without a copy none is looked for. */
const HOLE_MAX = 32;

/**
 * Puts copies of erasures where a restored database finds them, and those of rows before them that have none: of a time
 * without a store, or of another one. @throws {FilesUnavailable}
 */
export async function copyErasures(
  { db, files }: Pick<Context, 'db' | 'files'> & { files: FileStore },
  open: readonly KeptErasure[],
): Promise<void> {
  for (const kept of open) await copy(files, kept);
  let before = open[0]?.seq ?? 0;
  for (let isWhole = false; !isWhole; ) {
    const [row] = await db.fresh.read(
      statement(`SELECT ${columns} FROM erasures WHERE seq < ? ORDER BY seq DESC LIMIT 1`, before),
    );
    isWhole = row === undefined || !(await copy(files, readRow(row)));
    before = Number(row?.[1]);
  }
}

/** Answers whether there was none. */
async function copy(files: FileStore, kept: KeptErasure): Promise<boolean> {
  for (let place = kept.seq; ; place += 1) {
    const there = await getCopy(files, place);
    if (there?.customerId === kept.customerId) return false;
    if (there !== null) continue;
    await files.put(fileName(place), new TextEncoder().encode(JSON.stringify(kept)));
    return true;
  }
}

async function getCopy(files: FileStore, place: number): Promise<KeptErasure | null> {
  const bytes = await files.get(fileName(place));
  return bytes === null ? null : keptErasure.parse(JSON.parse(new TextDecoder().decode(bytes)));
}

/**
 * Takes what lies beside the files into the list of a database that may be older than it, and copies there what the list has
 * and they have not. Answers all of the list.
 * @throws {FilesUnavailable}
 */
export async function readErasures({ db, files }: Pick<Context, 'db' | 'files'>): Promise<KeptErasure[]> {
  const last = await db.fresh.read(statement('SELECT max(seq) FROM erasures'));
  const copies = files === null ? [] : await listCopies(files, Number(last[0]?.[0] ?? 0));
  if (copies.length > 0) await db.write(copies.map(insertCopy));
  const rows = await db.fresh.read(statement(`SELECT ${columns} FROM erasures ORDER BY seq`));
  const list = rows.map(readRow);
  const copied = new Set(copies.map(({ customerId }) => customerId));
  if (files !== null) for (const kept of list) if (!copied.has(kept.customerId)) await copy(files, kept);
  return list;
}

/** What has a number that is another's by now gets one of its own. */
function insertCopy({ customerId, seq, words, askedBy, at }: KeptErasure): Statement {
  return statement(
    `INSERT INTO erasures (customer_id, seq, words, asked_by, at)
     SELECT ?, CASE WHEN EXISTS (SELECT 1 FROM erasures WHERE seq = ?) THEN coalesce(max(seq), 0) + 1 ELSE ? END, ?, ?, ?
     FROM erasures WHERE TRUE ON CONFLICT (customer_id) DO NOTHING`,
    ...[customerId, seq, seq, words, askedBy, at],
  );
}

/** Numbers have holes. */
async function listCopies(files: FileStore, last: number): Promise<KeptErasure[]> {
  const found: KeptErasure[] = [];
  let end = last + HOLE_MAX;
  for (let place = 1; place <= end; place += 1) {
    const there = await getCopy(files, place);
    if (there === null) continue;
    found.push(there);
    end = Math.max(end, place + HOLE_MAX);
  }
  return found;
}

/** Of the rows that {@link readRow} reads. */
export const columns = 'customer_id, seq, words, asked_by, at';

export function readRow([customerId, seq, words, askedBy, at]: readonly unknown[]): KeptErasure {
  return keptErasure.parse({ customerId, seq: Number(seq), words, askedBy, at: Number(at) });
}
