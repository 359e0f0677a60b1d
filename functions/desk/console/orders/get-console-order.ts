import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError, assert } from '../../../ground/platform/errors.ts';
import { newId } from '../../../ground/platform/ids.ts';
import type { Amount } from '../../../ground/platform/money.ts';
import { listAccounts } from '../../../money/accounts/list-accounts.ts';
import type { Place } from '../../../money/accounts/places.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { BY_HAND } from '../../../money/orders/by-hand.ts';
import { listOrdersByKey } from '../../../money/orders/find-order-rows.ts';
import type { Order, OrderEvent } from '../../../money/orders/order.ts';
import { stateOf } from '../../../money/orders/order-state.ts';
import type { EventStatus } from '../../../money/orders/statuses.ts';
import { likelyNext, stepsBack } from '../../../money/orders/way.ts';
import { noteLook } from '../../../people/looks/note-look.ts';
import { describeOrder } from '../../portal/get-order.ts';
import type { OrderDetail } from '../../portal/order-types.ts';
import { happeningOf } from '../list-history.ts';
import { listMailMoments } from '../mail-moments.ts';
import type { Happening, MailMoment } from '../types.ts';
import {
  findBuyerOf,
  findImportName,
  listEntriesOf,
  listFeedbackAbout,
  listHistoryOf,
  listMovesOf,
  listWithdrawnOf,
} from './queries.ts';

/** One order as staff see it: all that the customer's page tells, and all that is known around it. */
export interface OrderFile {
  detail: OrderDetail;
  customer: {
    id: string;
    name: string | null;
    email: string | null;
    key: string | null;
    memberNumber: string | null;
  };
  account: { id: string; name: string | null; department: string | null };
  state: { isCancelled: boolean; isHeld: boolean };
  /** The state that most likely comes next, and those that would be a step back. */
  next: EventStatus | null;
  back: EventStatus[];
  /** Of each line, what may still be given back, in minor units. */
  refundable: { lineId: string; minor: bigint }[];
  /** Events that staff recorded here, the newest first: those that can be taken back. */
  byHand: OrderEvent[];
  withdrawn: Awaited<ReturnType<typeof listWithdrawnOf>>;
  moves: Awaited<ReturnType<typeof listMovesOf>>;
  entries: Awaited<ReturnType<typeof listEntriesOf>>;
  history: (Happening & { at: number })[];
  feedback: Awaited<ReturnType<typeof listFeedbackAbout>>;
  mails: (MailMoment & { at: number })[];
  import: { id: string; fileName: string } | null;
  recordedAt: number;
  formKey: string;
}

/**
 * One order whole, for staff: what it is and earned and why, its entries in the ledger, what was told and asked about it,
 * where it came from and where it was moved.
 * @throws {AppError} `not_found`, `unauthenticated`, `forbidden`
 */
export async function getConsoleOrder(
  ctx: Context,
  key: { source: string; number: string },
): Promise<OrderFile> {
  allow(ctx.actor, 'orders:read');
  allow(ctx.actor, 'customers:read');
  const { db } = ctx;
  const keys = JSON.stringify([[key.source, key.number]]);
  const [business, [row]] = await Promise.all([getBusiness(ctx), listOrdersByKey(db, { keys })]);
  if (row === undefined) throw new AppError('not_found', 'There is no such order.');
  const { id: orderId, rootId, accountId, customerId, importId } = row;
  const [accounts, customer, moves, withdrawn, entries, feedback, mails, [imported]] = await Promise.all([
    listAccounts(db, { ids: JSON.stringify([rootId, accountId]) }),
    findBuyerOf(db, { customerId }),
    listMovesOf(db, { orderId }),
    listWithdrawnOf(db, { orderId }),
    listEntriesOf(db, { ...key, orderId, rootId }),
    listFeedbackAbout(db, { ...key }),
    listMailMoments(ctx, { customerId, since: null, until: null, order: key }),
    importId === null ? [] : findImportName(db, { importId }),
  ]);
  if (customer !== null) noteLook(ctx, { customerId: customer.id, what: 'order' });
  const root = accounts.find((one) => one.id === rootId);
  assert(root !== undefined && customer !== null, 'an order belongs to somebody');
  const name = root.kind === 'personal' ? null : root.name;
  const place: Place = {
    ...{ rootId, name, departments: null, mayRedeem: false, onlyOrdersOf: null },
    firstPlacedAt: root.firstPlacedAt,
    signedUpAt: root.signedUpAt,
    clubSpans: root.clubSpans,
    segmentSpans: root.segmentSpans,
    balanceMinor: root.balanceMinor,
  };
  const [{ detail, order }, history] = await Promise.all([
    describeOrder(ctx, { row, keys, place, places: [place], business }),
    listHistoryOf(db, { orderId, roots: JSON.stringify(rootsOf(rootId, moves)) }),
  ]);
  const state = stateOf(order);
  const department =
    accountId === rootId ? null : (accounts.find((one) => one.id === accountId)?.name ?? null);
  return {
    ...{ detail, customer, moves, withdrawn, entries, feedback, mails },
    account: { id: rootId, name, department },
    state: { isCancelled: state.isCancelled, isHeld: state.isHeld },
    next: likelyNext(state, order.events),
    back: stepsBack(order.events),
    refundable: order.lines.map(({ lineId, totalMinor, discountMinor }) => ({
      lineId,
      minor: totalMinor - discountMinor - (state.refundedByLine.get(lineId) ?? 0n),
    })),
    byHand: order.events.filter((event) => isTakenBack(order, event)).toReversed(),
    history: history.map((one) => ({ ...happeningOf(one, business.currency ?? ''), at: one.at })),
    import: imported ?? null,
    recordedAt: row.recordedAt,
    formKey: newId(),
  };
}

/**
 * What the order's entries come to and what it counts for today, where these differ: entries are never changed, so what
 * moved since stands under the account's other orders. Null where they agree.
 */
export function movedOn({ detail, entries, account }: OrderFile): { entries: Amount; earned: Amount } | null {
  const own = entries.filter(
    ({ accountId, kind }) => accountId === account.id && (kind === 'earn' || kind === 'clawback'),
  );
  const [first] = own;
  if (first === undefined) return null;
  const posted = own.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const earned = detail.rewards.reduce((sum, reward) => sum + reward.earned.minor, 0n);
  const money = (minor: bigint) => ({ minor, currency: first.currency });
  return posted === earned ? null : { entries: money(posted), earned: money(earned) };
}

/** What staff told can be taken back, unless nothing comes of it: an order is placed, whoever says so. */
function isTakenBack(order: Order, event: OrderEvent): boolean {
  if (event.source !== BY_HAND) return false;
  if (event.status !== 'placed') return true;
  const events = order.events.filter((one) => one !== event);
  return stateOf({ ...order, events }).status !== stateOf(order).status;
}

/** The accounts whose histories tell of the order. */
const rootsOf = (rootId: string, moves: OrderFile['moves']) => [
  ...new Set([rootId, ...moves.flatMap(({ fromRootId, toRootId }) => [fromRootId, toRootId])]),
];
