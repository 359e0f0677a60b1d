import type { Context } from '../../ground/platform/context.ts';
import { listVerdicts } from '../../people/preferences/may-tell.ts';
import type { Verdict } from '../../people/preferences/verdict.ts';
import { type AccountSlice, type DueCustomer, listDue, type PlanDay } from './list-due.ts';
import type { PlanRow } from './queries.ts';

/** Somebody who is due and may not be told, with the reason. */
export interface HeldBack extends DueCustomer {
  verdict: Verdict & { may: false };
}

/** Who of those that are due may hear of us by the channel now, and who may not. */
export async function splitDue(
  ctx: Context,
  { channel, audience, purpose }: Pick<PlanRow, 'channel' | 'audience' | 'purpose'>,
  due: readonly DueCustomer[],
): Promise<{ free: DueCustomer[]; held: HeldBack[] }> {
  const ids = due.map(({ customerId }) => customerId);
  const sale = purpose === 'sales' ? { premium: new Set(audience === 'premium' ? ids : []) } : {};
  const verdicts = await listVerdicts(ctx, ids, { topic: 'contact', channel, ...sale });
  const [free, held]: [DueCustomer[], HeldBack[]] = [[], []];
  for (const one of due) {
    const verdict = verdicts.get(one.customerId);
    if (verdict === undefined || verdict.may) free.push(one);
    else held.push({ ...one, verdict });
  }
  return { free, held };
}

/** So many that are due are looked at first, and four times as many each time that those are not enough. */
const FIRST_PAGE = 500;
const PAGE_MAX = 20_000;

/** The same, of all who are due today or those of a slice, as many as are asked for. */
export async function* splitPages(
  ctx: Context,
  plan: PlanRow,
  terms: PlanDay & { within?: AccountSlice | undefined },
): AsyncGenerator<{ free: DueCustomer[]; held: HeldBack[] }> {
  let after: DueCustomer | null = null;
  for (let limit = FIRST_PAGE; ; limit = Math.min(limit * 4, PAGE_MAX)) {
    const due: DueCustomer[] = await listDue(ctx.db, plan, { ...terms, limit, after });
    yield await splitDue(ctx, plan, due);
    after = due.at(-1) ?? null;
    if (due.length < limit) return;
  }
}
