import { statement } from '../../../db/query.ts';
import type { Context } from '../../ground/platform/context.ts';
import { reasonOf } from '../../ground/platform/reason-of.ts';
import { undoMerge } from '../merging/undo-merge.ts';
import { erase } from './erase-customer.ts';
import { type KeptErasure, readErasures } from './erasure-list.ts';
import { findPerson, type KnownSubject } from './find-person.ts';
import { isBlank } from './is-blank.ts';

/**
 * Erases again whoever was erased and came back with a backup or an archive. Answers how many; `onLeft` is told of each who
 * could not be, after whom it goes on with the next.
 * @throws {FilesUnavailable}
 */
export async function reapplyErasures(
  ctx: Context,
  onLeft: (customerId: string) => void = () => undefined,
): Promise<number> {
  const list = await readErasures(ctx);
  const listed = new Set(list.map(({ customerId }) => customerId));
  let again = 0;
  for (const kept of list) {
    try {
      if (await eraseAgain(ctx, kept, listed)) again += 1;
    } catch (error) {
      const { customerId } = kept;
      ctx.log.error('Customer {customerId} was not erased again: {reason}', {
        customerId,
        reason: reasonOf(error),
      });
      onLeft(customerId);
    }
  }
  return again;
}

async function eraseAgain(
  ctx: Context,
  { customerId, words, askedBy, at }: KeptErasure,
  listed: ReadonlySet<string>,
): Promise<boolean> {
  const found = await findPerson(ctx, customerId);
  const person = found === null ? null : await partFromOthers(ctx, found, { customerId, listed });
  if (person === null || (await isBlank(ctx, person, words))) return false;
  await erase(ctx, { customerId, words, askedBy, at, isAgain: true });
  return true;
}

/**
 * Who was erased while a merge was undone that stands in what came back: it is undone again, since the other one lives.
 * @throws {AppError} `merge_not_undoable`
 */
async function partFromOthers(
  ctx: Context,
  person: KnownSubject,
  { customerId, listed }: { customerId: string; listed: ReadonlySet<string> },
): Promise<KnownSubject | null> {
  if (person.customerIds.every((id) => listed.has(id))) return person;
  const ids = JSON.stringify(person.customerIds);
  const merges = await ctx.db.fresh.read(
    statement(
      `SELECT id, survivor_id, merged_id FROM customer_merges WHERE survivor_id IN (SELECT value FROM json_each(?))
       AND id NOT IN (SELECT merge_id FROM customer_merge_undos) ORDER BY at DESC, id DESC`,
      ids,
    ),
  );
  const undoing = { ...ctx, actor: { kind: 'system', name: 'erasure' } as const };
  for (const [id, survivorId, mergedId] of merges)
    if (listed.has(String(survivorId)) !== listed.has(String(mergedId)))
      await undoMerge(undoing, { id: String(id) }, { isLate: true });
  return findPerson(ctx, customerId);
}
