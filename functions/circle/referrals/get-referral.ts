import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { Amount } from '../../ground/platform/money.ts';
import { possibleDecisions } from './decide.ts';
import { type LoadedReferral, loadReferral } from './facts.ts';
import { listPeopleOfReferral, listStepActors } from './shown.ts';
import { isBefore, openReasons } from './state.ts';
import type { ReferralFile, SideView } from './types.ts';

/** One referral for staff, the facts about both people side by side. @throws {AppError} `not_found`, `forbidden` */
export async function getReferral(ctx: Context, { id }: { id: string }): Promise<ReferralFile> {
  allow(ctx.actor, 'customers:read');
  allow(ctx.actor, 'orders:read');
  const [loaded, people, actors] = await Promise.all([
    loadReferral(ctx, ctx.db, id),
    listPeopleOfReferral(ctx.db, { id }),
    listStepActors(ctx.db, { id }),
  ]);
  const { row, steps } = loaded;
  const amount = (minor: bigint): Amount => ({ minor, currency: row.currency });
  const sideOf = (customerId: string, person: LoadedReferral['row']['friend']): SideView => {
    const more = people.find((one) => one.customerId === customerId);
    const places = more?.places === null || more === undefined ? [] : more.places.split('\n');
    return {
      customerId,
      name: person.name,
      email: person.email ?? '',
      claimedAt: person.claimedAt,
      knownSince: person.since,
      orders: more?.orders ?? 0,
      places,
    };
  };
  const names = new Map([
    ...actors.map(({ actor, name }): [string, string] => [actor, name]),
    [`customer:${row.referrerId}`, row.referrer.name ?? row.referrer.email ?? ''],
    [`customer:${row.friendId}`, row.friend.name ?? row.friend.email ?? ''],
  ]);
  return {
    id,
    state: row.state,
    code: row.code,
    via: row.via,
    toldAt: row.toldAt,
    own: amount(row.ownMinor),
    friendAmount: amount(row.friendMinor),
    minimum: row.minimumMinor > 0n ? amount(row.minimumMinor) : null,
    waitingDays: row.waitingDays,
    reasons: openReasons(steps),
    referrer: sideOf(row.referrerId, row.referrer),
    friend: sideOf(row.friendId, row.friend),
    orders: ordersOf(loaded, amount),
    steps: steps.map(({ seq, kind, code, text, at, actor }) => ({
      seq,
      kind,
      code,
      text,
      at,
      by: names.get(actor) ?? actor.replace(/:.*/s, ''),
    })),
    stepSeq: row.stepSeq,
    possible: possibleDecisions(steps),
  };
}

function ordersOf(
  { row, orders }: LoadedReferral,
  amount: (minor: bigint) => Amount,
): ReferralFile['orders'] {
  return orders
    .filter((order) => !isBefore(order, row.toldAt))
    .map(
      ({ id, source, number, placedAt, placedOn, total, discount, refunded, isCancelled, deliveredAt }) => ({
        source,
        number,
        placedAt,
        placedOn,
        net: amount(total - discount - refunded),
        isCancelled,
        deliveredAt,
        isCounting: id === row.orderId,
      }),
    );
}
