import { insertInto } from '../../../db/query.ts';
import { referrals } from '../../../db/schema/index.ts';
import type { Statement, Store } from '../../../db/store.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId, normalCode } from '../../ground/platform/ids.ts';
import { listPlaces, type Place } from '../../money/accounts/places.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { getBusiness } from '../../money/business/business.ts';
import { findCustomer } from '../../people/customers/find-customer.ts';
import { findReferralOfFriend } from './find-referral-of-friend.ts';
import { lookAtReferral } from './look.ts';
import { findCodeOwner } from './queries.ts';
import type { ReferralState } from './state.ts';
import { promiseOf, type ReferralPromise } from './terms.ts';

const insertReferral = insertInto(referrals);

export interface StartReferral {
  /** As it was typed or told. */
  code: string;
  /** Whom the code was told to us by: the friend. */
  customerId: string;
  via: 'link' | 'till';
  /** When; now unless it was earlier. Who had joined or ordered before that is no new customer. */
  toldAt?: number;
  /** Statements for the end of the same batch, by the referral. */
  alongside?: (referral: StartedReferral) => readonly Statement[];
}

export interface StartedReferral extends ReferralPromise {
  id: string;
  referrerId: string;
  friendId: string;
  toldAt: number;
  state: ReferralState;
}

/**
 * Writes down that somebody came by a code: once ever for each person, the first valid code counts. What the business
 * promises today is kept with it.
 * @throws {AppError} `not_found` (no such code, or customer), `referral_off`, `referral_own_code`, `already_referred`
 */
export async function startReferral(ctx: Context, input: StartReferral): Promise<StartedReferral> {
  const db = ctx.db.fresh;
  const { customerId } = input;
  const [[friend], places] = await Promise.all([
    findCustomer(db, { id: customerId }),
    listPlaces(db, customerId),
  ]);
  const friendRootId = ownPlaceOf(places)?.rootId;
  if (friend === undefined || friendRootId === undefined)
    throw new AppError('not_found', 'There is no such customer.');
  const { started, decision } = await planReferral(ctx, { ...input, friendRootId });
  await writeHistory(ctx, friendRootId, async ({ db }) => {
    await assertFirst(db.fresh, customerId);
    return {
      history: { kind: 'referral_started', detail: { id: started.id } },
      ...decision,
      beside: input.alongside?.(started) ?? [],
    };
  });
  return { ...started, state: await lookAtReferral(ctx, started.id) };
}

/**
 * A referral without the history of the friend, who need not be a customer before the batch.
 * @throws {AppError} `not_found` (no such code), `referral_off`, `referral_own_code`
 */
export async function planReferral(
  ctx: Context,
  input: StartReferral & { friendRootId: string },
): Promise<{ started: StartedReferral; decision: Decision }> {
  const db = ctx.db.fresh;
  const code = normalCode(input.code);
  const { customerId, friendRootId } = input;
  const [owner, business] = await Promise.all([findCodeOwner(db, { code }), getBusiness({ ...ctx, db })]);
  if (owner === null) throw new AppError('not_found', 'There is no such code.');
  const promise = promiseOf(business);
  if (promise === null) throw new AppError('referral_off', 'Recommending is not rewarded at present.');
  if (owner.customerId === customerId)
    throw new AppError('referral_own_code', 'Nobody can recommend us to themselves.');
  const referrerRootId = ownPlaceOf(await listPlaces(db, owner.customerId))?.rootId;
  if (referrerRootId === undefined) throw new AppError('not_found', 'There is no such code.');
  const started: StartedReferral = {
    id: newId(),
    referrerId: owner.customerId,
    friendId: customerId,
    toldAt: Math.min(input.toldAt ?? ctx.now(), ctx.now()),
    state: 'invited',
    ...promise,
  };
  const roots = { referrerRootId, friendRootId };
  const line = { kind: 'referral_code_told', rootId: referrerRootId, detail: { id: started.id } } as const;
  const decision: Decision = {
    rows: [referralRow(ctx, { started, code, via: input.via, roots })],
    histories: referrerRootId === friendRootId ? [] : [line],
  };
  return { started, decision };
}

/** @throws {AppError} `already_referred` */
export async function assertFirst(db: Store, friendId: string): Promise<void> {
  if ((await findReferralOfFriend(db, { friendId })) !== null)
    throw new AppError('already_referred', 'This customer was recommended by somebody before.');
}

/** Their own account, or else the first they belong to. */
export function ownPlaceOf(places: readonly Place[]): Place | undefined {
  return places.find(({ name }) => name === null) ?? places[0];
}

function referralRow(
  ctx: Context,
  about: {
    started: StartedReferral;
    code: string;
    via: StartReferral['via'];
    roots: { referrerRootId: string; friendRootId: string };
  },
): Statement {
  const { started, code, via, roots } = about;
  const { own, friend, minimum, ...kept } = started;
  const now = ctx.now();
  return insertReferral({
    ...kept,
    ...roots,
    code,
    via,
    ownMinor: own,
    friendMinor: friend,
    minimumMinor: minimum,
    stepSeq: 0,
    lookedSeq: -1,
    lookedAt: now,
    dueAt: now,
    recordedAt: now,
    actor: actorName(ctx.actor),
  });
}
