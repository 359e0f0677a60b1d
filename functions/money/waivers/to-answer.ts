import { instantText } from '../../ground/platform/answer.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { assert } from '../../ground/platform/errors.ts';
import { getBusiness } from '../business/business.ts';
import { findWaiver, type WaiverRow } from './queries.ts';
import type { WaiverAnswer } from './schema.ts';

/** A waiver as the API answers it: its end as the last day of it. */
export function toWaiverAnswer(
  { id, accountId, at, until, reason, by }: WaiverRow,
  timeZone: string,
): WaiverAnswer {
  return {
    ...{ id, accountId, at: instantText(at), by, reason },
    until: until === null ? null : dayOf(until - 1, timeZone),
  };
}

/** Its reason is kept once, in its row. */
export const keptWaiver = {
  keep: ({ id }: WaiverAnswer) => ({ id }),
  restore: async (ctx: Context, text: string): Promise<string> => {
    const { id }: { id: string } = JSON.parse(text);
    const [[row], { timeZone }] = await Promise.all([findWaiver(ctx.db.fresh, { id }), getBusiness(ctx)]);
    assert(row !== undefined, 'a waiver stays');
    return JSON.stringify(toWaiverAnswer(row, timeZone));
  },
};
