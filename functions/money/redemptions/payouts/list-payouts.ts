import { z } from 'zod';
import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../../ground/platform/cursor.ts';
import { type Payout, toPayout } from './payout.ts';
import { listCauses, listDone, listToPay, listToPayOfKind, type PayoutRow, sumToPay } from './queries.ts';
import type { PayoutKind, PayoutState } from './steps.ts';

const PAGE = 50;
const MINOR_MAX = 2n ** 63n - 1n;
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
  const asked = { afterAt, afterId, limit };
  if (state === 'to_pay')
    return kind === null ? listToPay(db, asked) : listToPayOfKind(db, { ...asked, kind });
  return listDone(db, {
    ...asked,
    kind,
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

/** Donations to a cause in one currency, in minor units. */
export interface DonationCause {
  /** Null of those that name none. */
  cause: string | null;
  currency: string;
  /** How many are to pass on. */
  owed: number;
  owedMinor: bigint;
  passedMinor: bigint;
}

const causePlace = z.tuple([z.string().regex(/^-?\d{1,19}$/), z.string().max(500), z.string().max(10)]);

/**
 * Donations by the cause they name, page by page, those that are owed most first.
 * @throws {AppError} `validation_failed` (the cursor), `forbidden`, `scope_missing`
 */
export async function listDonationCauses(
  ctx: Context,
  { cursor = null, limit = PAGE }: { cursor?: string | null; limit?: number } = {},
): Promise<{ items: DonationCause[]; nextCursor: string | null }> {
  allow(ctx.actor, 'redemptions:read');
  const [afterMinor, afterCause, afterCurrency] = cursor
    ? decodeCursor(causePlace, cursor)
    : [String(MINOR_MAX), '', ''];
  const asked = { afterMinor: BigInt(afterMinor), afterCause, afterCurrency, limit: limit + 1 };
  const rows = await listCauses(ctx.db, asked);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map(({ cause, ...sums }) => ({ cause: cause === '' ? null : cause, ...sums })),
    nextCursor: last === undefined ? null : encodeCursor([String(last.owedMinor), last.cause, last.currency]),
  };
}
