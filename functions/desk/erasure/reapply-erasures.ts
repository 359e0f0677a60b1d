import { statement } from '../../../db/query.ts';
import type { Context } from '../../ground/platform/context.ts';
import { reasonOf } from '../../ground/platform/reason-of.ts';
import { erase } from './erase-customer.ts';
import { columns, type KeptErasure, readErasures, readRow } from './erasure-list.ts';
import { findPerson } from './find-person.ts';
import { finishErasures } from './finish-erasures.ts';
import { isBlank } from './is-blank.ts';
import { partFromOthers } from './part-from-others.ts';

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
    const isErased = await attemptAgain(ctx, kept, listed);
    if (isErased === true) again += 1;
    if (isErased === null) onLeft(kept.customerId);
  }
  if (again > 0) await finishErasures(ctx, { isLater: true });
  return again;
}

/**
 * The same for who is erased and stands there again without a restore: what was under way while they were erased may have
 * written once more, and whoever brought an archive in may have been cut off before it was gone through.
 */
export async function eraseReturned(ctx: Context): Promise<void> {
  const rows = await ctx.db.fresh.read(
    statement(
      `SELECT ${columns} FROM erasures AS e WHERE e.at > ? OR EXISTS
    (SELECT 1 FROM customers WHERE id = e.customer_id AND ${isSomebody}) ORDER BY seq`,
      ctx.now() - UNDER_WAY_MS,
    ),
  );
  if (rows.length === 0) return;
  const all = await ctx.db.fresh.read(statement('SELECT customer_id FROM erasures'));
  const listed = new Set(all.map(([id]) => String(id)));
  for (const row of rows) await attemptAgain(ctx, readRow(row), listed);
}

/** No request, job or slice of an import lasts longer. */
const UNDER_WAY_MS = 10 * 60_000;
const isSomebody = `(withdrawn_at IS NULL OR claimed_at IS NOT NULL OR email IS NOT NULL OR name IS NOT NULL OR phone IS NOT NULL
  OR member_number IS NOT NULL OR address IS NOT NULL)`;

/** Null where somebody could not be erased, of which the log tells. */
async function attemptAgain(
  ctx: Context,
  kept: KeptErasure,
  listed: ReadonlySet<string>,
): Promise<boolean | null> {
  try {
    return await eraseAgain(ctx, kept, listed);
  } catch (error) {
    const { customerId } = kept;
    ctx.log.error('Customer {customerId} was not erased again: {reason}', {
      customerId,
      reason: reasonOf(error),
    });
    return null;
  }
}

async function eraseAgain(
  ctx: Context,
  { customerId, words, askedBy, at }: KeptErasure,
  listed: ReadonlySet<string>,
): Promise<boolean> {
  const found = await findPerson(ctx, customerId);
  const person = found === null ? null : await partFromOthers(ctx, found, { customerId, listed });
  if (person === null || (await isBlank(ctx, person, words))) return false;
  await erase(ctx, { customerId, words, askedBy, at, isAgain: true, isFinishedLater: true });
  return true;
}
