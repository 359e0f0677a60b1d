import { insertInto } from '../../db/query.ts';
import { referrals } from '../../db/schema/index.ts';
import type { Statement, Store } from '../../db/store.ts';
import { note, noteBeside } from '../accounts/note.ts';
import { listPlaces, type Place } from '../accounts/places.ts';
import { getBusiness } from '../business/business.ts';
import { findCustomer } from '../customers/queries.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { newId, normalCode } from '../platform/ids.ts';
import { lookAtReferral } from './look.ts';
import { findCodeOwner, findReferralOfFriend } from './queries.ts';
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
  /** What is written in the same batch, told the referral. */
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
export async function startReferral(ctx: Context, told: StartReferral): Promise<StartedReferral> {
  const db = ctx.db.fresh;
  const { customerId } = told;
  const [[friend], places] = await Promise.all([
    findCustomer(db, { id: customerId }),
    listPlaces(db, customerId),
  ]);
  const friendRootId = ownPlaceOf(places)?.rootId;
  if (friend === undefined || friendRootId === undefined)
    throw new AppError('not_found', 'There is no such customer.');
  const { started, rows } = await planReferral(ctx, { ...told, friendRootId });
  await note(ctx, friendRootId, async ({ db }) => {
    await assertFirst(db.fresh, customerId);
    const statements = [...rows, ...(told.alongside?.(started) ?? [])];
    return { kind: 'referral_started', detail: { id: started.id }, statements, result: null };
  });
  return { ...started, state: await lookAtReferral(ctx, started.id) };
}

/**
 * The rows of a referral without the history of the friend, who need not be a customer before the batch.
 * @throws {AppError} `not_found` (no such code), `referral_off`, `referral_own_code`
 */
export async function planReferral(
  ctx: Context,
  told: StartReferral & { friendRootId: string },
): Promise<{ started: StartedReferral; rows: Statement[] }> {
  const db = ctx.db.fresh;
  const code = normalCode(told.code);
  const { customerId, friendRootId } = told;
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
    toldAt: Math.min(told.toldAt ?? ctx.now(), ctx.now()),
    state: 'invited',
    ...promise,
  };
  const rows = rowsOf(ctx, { started, code, via: told.via, roots: { referrerRootId, friendRootId } });
  return { started, rows };
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

function rowsOf(
  ctx: Context,
  given: {
    started: StartedReferral;
    code: string;
    via: StartReferral['via'];
    roots: { referrerRootId: string; friendRootId: string };
  },
): Statement[] {
  const { started, code, via, roots } = given;
  const { own, friend, minimum, ...kept } = started;
  const now = ctx.now();
  const row = {
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
    recordedAt: now,
    actor: actorName(ctx.actor),
  };
  const beside =
    roots.referrerRootId === roots.friendRootId
      ? []
      : noteBeside(ctx, roots.referrerRootId, { kind: 'referral_code_told', detail: { id: started.id } });
  return [insertReferral(row), ...beside];
}
