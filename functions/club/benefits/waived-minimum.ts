import type { Store } from '../../../db/store.ts';
import { clubSpansOf, type Root } from '../../accounts/root.ts';
import { isInClub } from '../../rewards/count.ts';
import { findWaiver } from './queries.ts';

/** Whether an account need not reach a voucher's minimum: it is in the club, which waives them now. */
export async function isMinimumWaived(
  db: Store,
  { clubSpans }: Pick<Root, 'clubSpans'>,
  now: number,
): Promise<boolean> {
  if (!isInClub(clubSpansOf(clubSpans), now)) return false;
  return (await findWaiver(db, { now })).length > 0;
}
