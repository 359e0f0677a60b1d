import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { clubSpansOf, joiningDayOf, segmentSpansOf } from '../accounts/root.ts';
import { listPlaced } from '../orders/list-placed.ts';
import { listVoucherPaymentsOfRoots } from '../orders/list-voucher-payments.ts';
import { paidByOrder } from '../orders/load-order-context.ts';
import { orderKey } from '../orders/load-orders.ts';
import { isNearly } from '../reminders/nearly/is-nearly.ts';
import { type CompiledProgramme, versionKey } from '../rewards/compile.ts';
import { progressOf } from '../rewards/progress.ts';
import type { Standing } from '../rewards/types.ts';
import { addShift, addToMonth, type RehearsalTally } from './outcome.ts';
import { factsOfRow, type PlacedRow, placedAtOf } from './placed-order.ts';
import { openReplay, type Replay, replayOrder } from './replay.ts';

/** What is replayed, and what it is added to. */
export interface Rehearsing {
  /** No programme earns nothing. */
  sides: { present: CompiledProgramme | null; draft: CompiledProgramme };
  tally: RehearsalTally;
  timeZone: string;
  /** Bare days were read in another time zone so far. */
  isMoved: boolean;
  /** Orders before it lead up to it and are not told. */
  sinceAt: number;
  /** When the last counted order was placed: who is nearly there is asked then. */
  lastAt: number;
  msMax?: number | undefined;
  onProgress?: ((orders: number) => void) | undefined;
}

/** So many orders are held at once, however many an account has. */
const ORDERS_PER_PAGE = 2000;

/** Goes through the orders of all accounts once; returns how many there were. */
export async function replayAll(ctx: Context, rehearsing: Rehearsing): Promise<number> {
  const { sides, msMax, onProgress } = rehearsing;
  const startedAt = ctx.now();
  const followsPayments = [sides.present, sides.draft].some(
    (side) => side !== null && [...side.versionByKey.values()].some(({ rule }) => !rule.counts.vouchers),
  );
  const withSegments = sides.draft.followsSegments || sides.present?.followsSegments === true ? 1 : 0;
  let place = { rootId: '', placedAt: 0, number: '', source: '' };
  let account: OneAccount | null = null;
  let orders = 0;
  for (;;) {
    const page = await listPlaced(ctx.db, { ...place, withSegments, limit: ORDERS_PER_PAGE });
    const last = page.at(-1);
    if (last === undefined) break;
    const paid = followsPayments ? await loadPaid(ctx, page) : nothingPaid;
    for (const row of page) {
      if (account?.rootId !== row.rootId) {
        if (account !== null) closeAccount(account, rehearsing);
        account = openAccount(row, rehearsing);
      }
      replayRow(account, row, { paid: paid.size === 0 ? 0n : (paid.get(orderKey(row)) ?? 0n), rehearsing });
    }
    place = last;
    orders += page.length;
    onProgress?.(orders);
    if (msMax !== undefined && ctx.now() - startedAt > msMax) throw tooLong();
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  if (account !== null) closeAccount(account, rehearsing);
  return orders;
}

const nothingPaid: ReadonlyMap<string, bigint> = new Map();

function tooLong(): AppError {
  return new AppError(
    'rehearsal_too_long',
    'There are too many orders for one request; rehearse by the command.',
  );
}

async function loadPaid(ctx: Context, page: readonly PlacedRow[]): Promise<ReadonlyMap<string, bigint>> {
  const ids = JSON.stringify([...new Set(page.map(({ rootId }) => rootId))]);
  return paidByOrder(await listVoucherPaymentsOfRoots(ctx.db, { ids }));
}

/** A root account on its way through its orders. */
interface OneAccount {
  rootId: string;
  standing: Standing;
  present: Replay | null;
  draft: Replay;
  presentMinor: bigint;
  draftMinor: bigint;
  /** Whether any of its orders is told. */
  isTold: boolean;
}

function openAccount(row: PlacedRow, { sides, timeZone, isMoved }: Rehearsing): OneAccount {
  const first = isMoved ? { ...row, firstPlacedAt: placedAtOf(row, timeZone, isMoved) } : row;
  const followsClub = sides.draft.followsClub || sides.present?.followsClub === true;
  return {
    rootId: row.rootId,
    standing: {
      joiningDay: joiningDayOf(first, timeZone, row.placedAt),
      club: followsClub ? clubSpansOf(row.clubSpans) : [],
      ...(row.segmentSpans === null ? {} : { segments: segmentSpansOf(row.segmentSpans) }),
    },
    present: sides.present === null ? null : openReplay(sides.present),
    draft: openReplay(sides.draft),
    presentMinor: 0n,
    draftMinor: 0n,
    isTold: false,
  };
}

function replayRow(
  account: OneAccount,
  row: PlacedRow,
  { paid, rehearsing }: { paid: bigint; rehearsing: Rehearsing },
): void {
  const { timeZone, isMoved, sinceAt, tally } = rehearsing;
  const order = factsOfRow(row, { placedAt: placedAtOf(row, timeZone, isMoved), voucherPaid: paid });
  const { standing, present, draft } = account;
  const presentMinor = present === null ? 0n : replayOrder(present, order, standing);
  const draftMinor = replayOrder(draft, order, standing);
  if (order.placedAt < sinceAt) return;
  account.isTold = true;
  if (presentMinor === 0n && draftMinor === 0n) return;
  account.presentMinor += presentMinor;
  account.draftMinor += draftMinor;
  addToMonth(tally, dayOf(order.placedAt, timeZone).slice(0, 7), { presentMinor, draftMinor });
}

function closeAccount(account: OneAccount, { sides: { draft }, tally, lastAt }: Rehearsing): void {
  const { rootId: accountId, standing, presentMinor, draftMinor } = account;
  if (account.isTold) addShift(tally, { accountId, presentMinor, draftMinor });
  for (const one of progressOf(draft, account.draft.totals, { now: lastAt, standing })) {
    const scheme = draft.versionByKey.get(versionKey(one.ruleId, one.version))?.rule.scheme;
    if (scheme === undefined || one.missing === null || !isNearly(scheme, one.spend)) continue;
    tally.nearly.add({ accountId, rule: one.ruleId, missingMinor: one.missing });
  }
}
