import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { clubSpansOf, joiningDayOf, segmentSpansOf } from '../accounts/root.ts';
import type { Business } from '../business/business.ts';
import { listPlaced } from '../orders/list-placed.ts';
import { compileProgramme, isSegment } from '../rewards/compile.ts';
import type { ProgrammeFile } from '../rewards/programme.ts';
import { draftInForce } from './draft.ts';
import { factsOfRow } from './placed-order.ts';
import { openReplay, replayOrder } from './replay.ts';

/** What one root account would have earned with its newest orders, money in minor units. */
export interface AccountExample {
  orders: number;
  /** First day that was looked at. */
  since: string;
  spendMinor: bigint;
  earnedMinor: bigint;
}

const ORDERS_MAX = 500;
const EVER = -8_640_000_000_000_000;

/** Replays the orders of one account as a rehearsal does; null where it has none. What vouchers paid counts like money. */
export async function replayAccount(
  ctx: Context,
  { timeZone }: Business,
  { rootId, file }: { rootId: string; file: ProgrammeFile },
): Promise<AccountExample | null> {
  const place = { rootId, placedAt: EVER, number: '', source: '' };
  const withSegments = file.rules.some(({ audience }) => isSegment(audience)) ? 1 : 0;
  const page = await listPlaced(ctx.db, { ...place, withSegments, limit: ORDERS_MAX });
  const rows = page.filter((row) => row.rootId === rootId);
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return null;
  const since = dayOf(first.placedAt, timeZone);
  const span = { since, lastDay: dayOf(last.placedAt, timeZone) };
  const draft = compileProgramme(draftInForce(file, null, span));
  const standing = {
    joiningDay: joiningDayOf(first, timeZone, first.placedAt),
    club: draft.followsClub ? clubSpansOf(first.clubSpans) : [],
    ...(first.segmentSpans === null ? {} : { segments: segmentSpansOf(first.segmentSpans) }),
  };
  const replay = openReplay(draft);
  const example: AccountExample = { orders: 0, since, spendMinor: 0n, earnedMinor: 0n };
  for (const row of rows) {
    const order = factsOfRow(row, { placedAt: row.placedAt, voucherPaid: 0n });
    if (order.isCancelled || order.currency !== file.currency) continue;
    example.orders += 1;
    for (const { total, discount, refunded } of order.lines)
      example.spendMinor += total - discount - refunded;
    example.earnedMinor += replayOrder(replay, order, standing);
  }
  return example;
}
