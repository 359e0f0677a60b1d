import { z } from 'zod';
import { allow } from '../../ground/platform/allow.ts';
import { instantText } from '../../ground/platform/answer.ts';
import type { Context } from '../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../ground/platform/cursor.ts';
import { toMoneyJson } from '../../ground/platform/money.ts';
import { findPlace } from '../../money/accounts/places.ts';
import { type Business, getBusiness } from '../../money/business/business.ts';
import { explanationText } from '../../money/rewards/explanation-text.ts';
import { noteLook } from '../looks/note-look.ts';
import type { EntriesAnswer, EntryAnswer } from './answer.ts';
import { explainRow, reasonOf } from './explain-entry.ts';
import { type EntryRow, listEntries } from './queries.ts';

const PAGE = 50;
const place = z.tuple([z.int()]);

/**
 * The ledger of a customer's root account, newest entry first, each with an explanation that adds up to it.
 * @throws {AppError} `not_found`, `account_required`, `validation_failed` (the cursor)
 */
export async function listLedger(
  ctx: Context,
  asked: { customerId: string; accountId?: string | null; cursor?: string | null },
): Promise<EntriesAnswer> {
  allow(ctx.actor, 'customers:read');
  const { customerId, accountId = null, cursor = null } = asked;
  const [beforeSeq] = cursor === null ? [Number.MAX_SAFE_INTEGER] : decodeCursor(place, cursor);
  const [business, { rootId }] = await Promise.all([
    getBusiness(ctx),
    findPlace(ctx.db, { customerId, accountId }),
  ]);
  noteLook(ctx, { customerId, what: 'program' });
  const rows = await listEntries(ctx.db, { rootId, beforeSeq, limit: PAGE + 1 });
  const items = rows.slice(0, PAGE).map((row) => entryAnswer(rootId, row, business));
  const last = rows.length > PAGE ? items.at(-1) : undefined;
  return { items, nextCursor: last === undefined ? null : encodeCursor([last.seq]) };
}

function entryAnswer(rootId: string, row: EntryRow, business: Business): EntryAnswer {
  const { currency, orderSource, orderNumber } = row;
  return {
    id: `${rootId}-${row.seq}`,
    seq: row.seq,
    at: instantText(row.effectiveAt),
    kind: row.kind,
    because: reasonOf(row),
    amount: toMoneyJson(row.amountMinor, currency),
    balanceAfter: toMoneyJson(row.balanceAfterMinor, currency),
    rule: row.ruleId,
    version: row.version,
    period: row.periodStart === null ? null : { from: row.periodStart, to: row.periodEnd },
    order: orderSource === null || orderNumber === null ? null : { source: orderSource, number: orderNumber },
    explanation: explainRow(row, business).map((line) => ({
      text: explanationText(line, { currency }),
      amount: toMoneyJson(line.amount, currency),
    })),
  };
}
