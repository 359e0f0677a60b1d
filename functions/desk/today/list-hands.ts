import type { Context } from '../../ground/platform/context.ts';
import { type InboxItem, type InboxQuery, listInbox } from '../../voice/feedback/list-inbox.ts';
import { countWaiting, type WaitingCount } from '../console/list-waiting.ts';

const CASES_SHOWN = 5;

/** What needs a hand: how much of each thing, and the cases whose clock runs, the next to be due first. */
export interface Hands {
  waiting: WaitingCount[];
  cases: InboxItem[];
}

/**
 * What waits for the reader: for a member of the team what they may do, for analysts all of it, as they only look on.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function listHands(ctx: Context): Promise<Hands> {
  const [waiting, { items }] = await Promise.all([countWaiting(ctx), listInbox(ctx, byDue)]);
  const isAnalyst = ctx.actor.kind === 'staff' && ctx.actor.role === 'analyst';
  return {
    waiting: waiting.filter(({ count, isYours }) => count > 0 && (isYours || isAnalyst)),
    cases: items.slice(0, CASES_SHOWN),
  };
}

const byDue: InboxQuery = {
  ...{ kind: null, owner: null, causeId: null, customerId: null, text: null },
  ...{ serverId: null, process: null, product: null, place: null },
  ...{ state: 'todo', isOverdue: false, page: 1 },
};
