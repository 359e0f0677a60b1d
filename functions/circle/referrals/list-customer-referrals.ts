import { z } from 'zod';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../ground/platform/cursor.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { findCustomer } from '../../people/customers/find-customer.ts';
import type { ReferralAnswer } from './answer.ts';
import { listSteps } from './queries.ts';
import { listReferralsBefore } from './shown.ts';
import { openReasons } from './state.ts';
import { toReferralAnswer } from './tell-code.ts';

const ROWS_A_PAGE = 50;
const place = z.tuple([z.int(), z.string()]);

/** Everybody whom a customer recommended, newest first. @throws {AppError} `not_found`, `validation_failed` */
export async function listCustomerReferrals(
  ctx: Context,
  { customerId, cursor }: { customerId: string; cursor?: string | undefined },
): Promise<{ items: ReferralAnswer[]; nextCursor: string | null }> {
  allow(ctx.actor, 'customers:read');
  const [toldAt, id] = cursor === undefined ? [Number.MAX_SAFE_INTEGER, ''] : decodeCursor(place, cursor);
  const [[customer], rows] = await Promise.all([
    findCustomer(ctx.db, { id: customerId }),
    listReferralsBefore(ctx.db, { customerId, toldAt, id, limit: ROWS_A_PAGE + 1 }),
  ]);
  if (customer === undefined) throw new AppError('not_found', 'There is no such customer.');
  const shown = rows.slice(0, ROWS_A_PAGE);
  const steps = await listSteps(ctx.db, { ids: JSON.stringify(shown.map((row) => row.id)) });
  const stepsOf = Map.groupBy(steps, ({ referralId }) => referralId);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => toReferralAnswer(row, openReasons(stepsOf.get(row.id) ?? []))),
    nextCursor: rows.length > ROWS_A_PAGE && last ? encodeCursor([last.toldAt, last.id]) : null,
  };
}
