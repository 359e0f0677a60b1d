import type { Context } from '../../../ground/platform/context.ts';
import type { HistoryGroup } from '../history-groups.ts';
import { listHistory } from '../list-history.ts';
import type { HistoryPage } from '../types.ts';
import { type CustomerAsked, type CustomerHead, findHead } from './find-head.ts';

/**
 * A page of all that happened with a customer's account, in and out, or of one group of it; a page beyond the last shows
 * the last.
 * @throws {AppError} `not_found`, `unauthenticated`, `forbidden`
 */
export async function getHistory(
  ctx: Context,
  asked: CustomerAsked & { group: HistoryGroup | null; page: number },
): Promise<{ head: CustomerHead; history: HistoryPage }> {
  const { head, place } = await findHead(ctx, asked);
  const { customerId, group, page } = asked;
  return { head, history: await listHistory(ctx, { rootId: place.rootId, customerId, group, page }) };
}
