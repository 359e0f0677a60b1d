import { statement } from '../../../db/query.ts';
import { toStatements } from '../../ground/decision/write-decision.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { reasonOf } from '../../ground/platform/reason-of.ts';
import { erase } from './erase-customer.ts';
import { findPerson, type KnownSubject } from './find-person.ts';
import { finishErasures } from './finish-erasures.ts';
import { eraseReturned } from './reapply-erasures.ts';
import { CHANGE_OF_MIND_MS, type WordsChoice, wordsChoices } from './terms.ts';

/** So many are carried out at a time; the rest a minute later. */
const AT_ONCE = 20;

interface DueWish {
  id: string;
  customerId: string;
  words: WordsChoice;
  askedAt: number;
  dueAt: number;
}

/**
 * Erases whoever wished it a day ago and did not take it back, looks once more at who was erased just now or came back, and
 * finishes what earlier erasures left. One that fails is
 * passed over, and tried again by the next run.
 * @throws the first failure, at the end
 */
export async function carryOutErasures(ctx: Context): Promise<void> {
  const failures: unknown[] = [];
  try {
    let wish = await findDue(ctx, { dueAt: 0, id: '' });
    for (let done = 0; wish !== null && done < AT_ONCE; wish = await findDue(ctx, wish)) {
      try {
        await carryOut(ctx, wish);
        done += 1;
      } catch (error) {
        const { id } = wish;
        // An import has to end first, or somebody else changes their account.
        if (error instanceof AppError && error.code === 'unavailable') continue;
        failures.push(error);
        ctx.log.error('The erasure {id} was not carried out: {reason}', { id, reason: reasonOf(error) });
      }
    }
  } finally {
    await eraseReturned(ctx);
    await finishErasures(ctx, { isLater: true });
  }
  if (failures.length > 0) throw failures[0];
}

/** Each is looked for when its turn comes: the one before may have taken a while, and this one been taken back. */
async function findDue(ctx: Context, after: Pick<DueWish, 'dueAt' | 'id'>): Promise<DueWish | null> {
  const [row] = await ctx.db.fresh.read(
    statement(
      `SELECT id, customer_id, words, asked_at, due_at FROM erasure_requests INDEXED BY erasure_requests_due
       WHERE due_at <= ? AND (due_at, id) > (?, ?) AND cancelled_at IS NULL AND done_at IS NULL
       ORDER BY due_at, id LIMIT 1`,
      ...[ctx.now(), after.dueAt, after.id],
    ),
  );
  if (row === undefined) return null;
  const [id, customerId, said, askedAt, dueAt] = row;
  const words = wordsChoices.find((one) => one === said) ?? 'gone';
  return {
    ...{ id: String(id), customerId: String(customerId), words },
    ...{ askedAt: Number(askedAt), dueAt: Number(dueAt) },
  };
}

async function carryOut(ctx: Context, wish: DueWish): Promise<void> {
  const { id: wishId, customerId, words } = wish;
  const person = await findPerson(ctx, customerId);
  if (person !== null && (await wasMergedSince(ctx, person, wish))) return putOff(ctx, person, wish);
  try {
    await erase(ctx, { customerId, words, askedBy: 'customer', wishId, isFinishedLater: true });
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'not_found')) throw error;
    // Taken back, or there is nobody to erase any more.
    await ctx.db.write([
      statement(`UPDATE erasure_requests SET done_at = ? ${ifStanding}`, ctx.now(), wishId),
    ]);
  }
}

const ifStanding = 'WHERE id = ? AND cancelled_at IS NULL AND done_at IS NULL';

/** Whoever they were merged into did not wish it themselves. */
async function wasMergedSince(
  ctx: Context,
  { customerId, customerIds }: KnownSubject,
  wish: DueWish,
): Promise<boolean> {
  if (customerId === wish.customerId) return false;
  const rows = await ctx.db.fresh.read(
    statement(
      `SELECT 1 FROM customer_merges WHERE merged_id IN (SELECT value FROM json_each(?)) AND at >= ?
       AND id NOT IN (SELECT merge_id FROM customer_merge_undos)`,
      ...[JSON.stringify(customerIds), wish.askedAt],
    ),
  );
  return rows.length > 0;
}

/** Who stayed is told, and has a day to change their mind as well. */
async function putOff(ctx: Context, { email, language }: KnownSubject, { id }: DueWish): Promise<void> {
  const now = ctx.now();
  const dueAt = now + CHANGE_OF_MIND_MS;
  const rows = [
    // A merge at this very moment would be told of twice, not be missed.
    statement(`UPDATE erasure_requests SET asked_at = ?, due_at = ? ${ifStanding}`, ...[now, dueAt, id]),
  ];
  const params = { changeId: id, dueAt };
  const letters =
    email === null ? [] : [{ template: 'erasure_asked' as const, params, address: email, language }];
  await ctx.db.write(toStatements(ctx, { rows, letters }));
  ctx.wakeMail('now');
}
