import { z } from 'zod';
import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../../ground/platform/cursor.ts';
import type { Amount } from '../../../ground/platform/money.ts';
import { mayReadPrivate } from '../../../ground/platform/personal.ts';
import { titlesOf } from '../drops/statements.ts';
import { readTexts } from '../texts.ts';
import { listTold as listRows, type ToldPromiseRow } from './queries.ts';

const TOLD_A_PAGE = 20;

/** What was told of a benefit: whether it was kept for an account, what made it good, and whether it was taken back. */
export interface ToldPromise
  extends Pick<
    ToldPromiseRow,
    'id' | 'benefitId' | 'accountId' | 'account' | 'customerId' | 'isKept' | 'day' | 'note' | 'at' | 'by'
  > {
  titles: Record<string, string>;
  amends: Amount | null;
  withdrawn: { at: number; by: string; reason: string } | null;
}

/** What was told of benefits, the newest first. @throws {AppError} `validation_failed` for a wrong cursor, `forbidden` */
export async function listTold(
  ctx: Context,
  { cursor = null }: { cursor?: string | null } = {},
): Promise<{ items: ToldPromise[]; nextCursor: string | null }> {
  allow(ctx.actor, 'customers:read');
  const before = cursor === null ? LAST : decodeCursor(z.tuple([z.string().max(100)]), cursor)[0];
  const rows = await listRows(ctx.db.fresh, { before, limit: TOLD_A_PAGE + 1 });
  const page = rows.slice(0, TOLD_A_PAGE);
  const last = page.at(-1);
  const isPrivate = mayReadPrivate(ctx.actor);
  return {
    items: page.map((row) => toTold(row, isPrivate)),
    nextCursor: rows.length > TOLD_A_PAGE && last !== undefined ? encodeCursor([last.id]) : null,
  };
}

/** Behind every id. */
const LAST = '~';

function toTold(row: ToldPromiseRow, isPrivate: boolean): ToldPromise {
  const { texts, amendsMinor, amendsCurrency, withdrawnAt, withdrawnBy, withdrawnReason, ...told } = row;
  return {
    ...told,
    note: isPrivate ? told.note : null,
    titles: titlesOf(readTexts(texts)),
    amends: amendsMinor === null ? null : { minor: BigInt(amendsMinor), currency: amendsCurrency ?? '' },
    withdrawn:
      withdrawnAt === null
        ? null
        : {
            at: Number(withdrawnAt),
            by: withdrawnBy ?? '',
            reason: isPrivate ? (withdrawnReason ?? '') : '',
          },
  };
}
