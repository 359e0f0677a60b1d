import { z } from 'zod';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../ground/platform/cursor.ts';
import { getBusiness } from '../business/business.ts';
import { listRunning } from './queries.ts';
import type { WaiverAnswer } from './schema.ts';
import { toWaiverAnswer } from './to-answer.ts';

const WAIVERS_A_PAGE = 50;

/** A waiver with whose it is; `customerId` opens their page. */
export interface ListedWaiver extends WaiverAnswer {
  account: string | null;
  customerId: string | null;
}

/** Waivers that run, oldest first. @throws {AppError} `validation_failed` for a wrong cursor, `forbidden` */
export async function listWaivers(
  ctx: Context,
  { cursor = null }: { cursor?: string | null } = {},
): Promise<{ items: ListedWaiver[]; nextCursor: string | null }> {
  allow(ctx.actor, 'customers:read');
  const after = cursor === null ? '' : decodeCursor(z.tuple([z.string().max(100)]), cursor)[0];
  const [{ timeZone }, rows] = await Promise.all([
    getBusiness(ctx),
    listRunning(ctx.db, { after, now: ctx.now(), limit: WAIVERS_A_PAGE + 1 }),
  ]);
  const page = rows.slice(0, WAIVERS_A_PAGE);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      ...toWaiverAnswer(row, timeZone),
      account: row.account,
      customerId: row.customerId,
    })),
    nextCursor: rows.length > WAIVERS_A_PAGE && last !== undefined ? encodeCursor([last.id]) : null,
  };
}
