import { z } from 'zod';
import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../../ground/platform/cursor.ts';
import { type Payout, toPayout } from './payout.ts';
import { listDone, listToPay, type PayoutRow, sumDonations, sumToPay } from './queries.ts';
import type { PayoutKind, PayoutState } from './steps.ts';

const PAGE = 50;
const place = z.tuple([z.int(), z.string().max(100)]);

export interface PayoutsAsked {
  state: PayoutState;
  /** Both when null. */
  kind?: PayoutKind | null;
  /** Paid or returned within this time, in epoch milliseconds, the end left out. */
  since?: number | null;
  until?: number | null;
  cursor?: string | null;
  limit?: number;
}

/**
 * Payouts and donations in one state: what is to pay from the oldest on, what was paid or returned from the newest on.
 * @throws {AppError} `validation_failed` (the cursor), `forbidden`, `scope_missing`
 */
export async function listPayouts(
  ctx: Context,
  asked: PayoutsAsked,
): Promise<{ items: Payout[]; nextCursor: string | null }> {
  allow(ctx.actor, 'redemptions:read');
  const { state, limit = PAGE } = asked;
  const rows = await findRows(ctx, { ...asked, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const at = state === 'to_pay' ? last?.at : last?.lastAt;
  return {
    items: page.map((row) => toPayout(row, ctx.actor)),
    nextCursor: last === undefined ? null : encodeCursor([at ?? 0, last.id]),
  };
}

function findRows(
  { db }: Context,
  { state, kind = null, since, until, cursor, limit }: PayoutsAsked,
): Promise<PayoutRow[]> {
  const [first, firstId] = state === 'to_pay' ? [0, ''] : [Number.MAX_SAFE_INTEGER, ''];
  const [afterAt, afterId] = cursor ? decodeCursor(place, cursor) : [first, firstId];
  const asked = { kind, afterAt, afterId, limit };
  if (state === 'to_pay') return listToPay(db, asked);
  return listDone(db, {
    ...asked,
    step: state,
    since: since ?? 0,
    until: until ?? Number.MAX_SAFE_INTEGER,
  });
}

/** What is to pay, by kind and currency. @throws {AppError} `forbidden`, `scope_missing` */
export async function sumPayoutsToPay(ctx: Context) {
  allow(ctx.actor, 'redemptions:read');
  return sumToPay(ctx.db);
}

/** Donations by the cause they name, in minor units. @throws {AppError} `forbidden`, `scope_missing` */
export async function listDonationCauses(ctx: Context) {
  allow(ctx.actor, 'redemptions:read');
  return sumDonations(ctx.db);
}
