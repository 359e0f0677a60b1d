import { insertInto } from '../../../../db/query.ts';
import { promiseAmends } from '../../../../db/schema/index.ts';
import { isConflictOn, type Store } from '../../../../db/store.ts';
import type { Mail } from '../../../ground/outbox/queue-mail.ts';
import { addDays, dayOf } from '../../../ground/platform/business-time.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { passOver } from '../../../money/accounts/change-account.ts';
import { type Business, getBusiness } from '../../../money/business/business.ts';
import { minorInForce } from '../../../money/business/policies.ts';
import type { OwedBonus } from '../../../money/ledger/bonus.ts';
import { promisedBefore } from '../../../money/orders/promised-days.ts';
import { giveGift } from '../../../money/redemptions/give-gift.ts';
import { titlesOf } from '../drops/statements.ts';
import { promiseGift } from '../policies.ts';
import { listPeopleOf } from '../queries.ts';
import { findSweep, forgetSweep, markSwept } from '../sweeps.ts';
import { readTexts } from '../texts.ts';
import { withEnds } from './measure.ts';
import { findTelling, listAmends, listBrokenDays, listBrokenTellings } from './queries.ts';

/** A promised day counts as broken so many days after it where nothing was delivered: carriers tell late. */
const WAIT_DAYS = 2;

/** Days longer ago are left as they are. */
const BACK_DAYS = 30;

const insertAmends = insertInto(promiseAmends);

/** A promise to a member that was not kept. */
interface Broken {
  kind: 'day' | 'benefit';
  id: string;
  accountId: string;
  /** What of it the mail says, to each of these people. */
  letterTo: readonly string[];
  about: { order: string | null; title: Record<string, string> | null; day: string };
}

/**
 * Makes good by itself what was promised to a member and not kept, once each, where the business says what it gives: orders that
 * came after their promised day, and benefits told as broken. What was to be kept before it said so is left as it is.
 */
export async function makeAmends(ctx: Context): Promise<number> {
  const db = ctx.db.fresh;
  const business = await getBusiness({ ...ctx, db });
  const amount = minorInForce(business, promiseGift);
  const today = dayOf(ctx.now(), business.timeZone);
  const since = await findSweep(db, 'amends');
  if (amount === null || amount === 0n || business.currency === null) {
    if (since !== null) await ctx.db.write([forgetSweep('amends')]);
    return 0;
  }
  if (since === null) {
    await ctx.db.write([markSwept('amends', String(ctx.now()))]);
    return 0;
  }
  let made = 0;
  for (const steps of [lateOrders, brokenBenefits])
    for await (const step of steps(db, business, { since: Number(since), today }))
      for (const broken of step) {
        if (ctx.isEnding?.() === true) return made;
        made += (await makeGoodOne(ctx, broken, amount)) ? 1 : 0;
      }
  if (made > 0) ctx.wakeMail('soon');
  return made;
}

interface Span {
  since: number;
  today: string;
}

/** Step by step to the end: what cannot be made good keeps nobody behind it from it. */
async function* lateOrders(db: Store, business: Business, { since, today }: Span): AsyncGenerator<Broken[]> {
  const { timeZone } = business;
  const days = Array.from({ length: BACK_DAYS }, (_, index) => addDays(today, -1 - index)).filter(
    (day) => day >= dayOf(since, timeZone),
  );
  const asked = {
    days: JSON.stringify(withEnds(days, timeZone).map(([day, _start, over]) => [day, over])),
    late: addDays(today, -1 - WAIT_DAYS),
    placedBefore: promisedBefore(business) ?? Number.MAX_SAFE_INTEGER,
  };
  let behind = { day: '', id: '' };
  for (;;) {
    const rows = await listBrokenDays(db, { ...asked, ...behind });
    const last = rows.at(-1);
    if (last === undefined) return;
    const peopleOf = await findPeople(db, rows);
    yield rows.map(({ id, accountId, customerId, number, promisedBy }) => ({
      ...{ kind: 'day' as const, id, accountId },
      letterTo: peopleOf(accountId).filter((person) => person === customerId),
      about: { order: number, title: null, day: promisedBy },
    }));
    behind = { day: last.promisedBy, id: last.id };
  }
}

async function* brokenBenefits(
  db: Store,
  { timeZone }: Business,
  { since, today }: Span,
): AsyncGenerator<Broken[]> {
  const starts = [dayOf(since, timeZone), addDays(today, -BACK_DAYS)];
  const from = starts.toSorted().at(-1) ?? today;
  let behind = { since, id: '~' };
  for (;;) {
    const rows = await listBrokenTellings(db, { from, ...behind });
    const last = rows.at(-1);
    if (last === undefined) return;
    const peopleOf = await findPeople(db, rows);
    yield rows.map(({ id, accountId, texts, day }) => ({
      ...{ kind: 'benefit' as const, id, accountId, letterTo: peopleOf(accountId) },
      about: { order: null, title: titlesOf(readTexts(texts)), day },
    }));
    behind = { since: last.at, id: last.id };
  }
}

/** Who of some accounts may be written to, by account. */
async function findPeople(
  db: Store,
  rows: readonly { accountId: string }[],
): Promise<(accountId: string) => string[]> {
  const ids = JSON.stringify([...new Set(rows.map(({ accountId }) => accountId))]);
  const people = Map.groupBy(await listPeopleOf(db, { ids }), ({ accountId }) => accountId);
  return (accountId) => (people.get(accountId) ?? []).map(({ id }) => id);
}

async function makeGoodOne(ctx: Context, broken: Broken, amount: bigint): Promise<boolean> {
  const { kind, id: subjectId, accountId } = broken;
  const id = newId();
  const cause = { kind: 'promise', id } as const;
  try {
    return await giveGift(ctx, { rootId: accountId, cause, amount, voucher: null }, async ({ currency }) => {
      if (kind === 'benefit' && (await wasTakenBack(ctx, subjectId))) return null;
      return {
        rows: [
          insertAmends({
            ...{ id, kind, subjectId, accountId, amountMinor: amount, currency },
            ...{ at: ctx.now(), actor: actorName(ctx.actor) },
          }),
        ],
        letters: broken.letterTo.map(
          (customerId): Mail => ({
            template: 'promise_made_good',
            customerId,
            params: { ...broken.about, amount: { minor: amount, currency }, rootId: accountId },
          }),
        ),
      };
    });
  } catch (error) {
    if (isConflictOn(error, 'promise_amends')) return false;
    if (!(error instanceof AppError && error.code === 'unavailable')) passOver(ctx, error, accountId);
    return false;
  }
}

/** Asked under the lock of the account, which taking it back moves as well. */
async function wasTakenBack({ db }: Context, id: string): Promise<boolean> {
  return ((await findTelling(db.fresh, { id }))?.withdrawnAt ?? null) !== null;
}

/** The bonuses that broken promises owe, for the proof; `ids` is a JSON array of root accounts. */
export async function listOwedAmends(db: Store, asked: { ids: string }): Promise<OwedBonus[]> {
  const rows = await listAmends(db, asked);
  return rows.map(({ id, accountId, amountMinor }) => ({
    accountId,
    cause: { kind: 'promise', id },
    amountMinor,
  }));
}
