import { insertInto, statement } from '../../../../db/query.ts';
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
import { giveGift } from '../../../money/redemptions/give-gift.ts';
import { titlesOf } from '../drops/statements.ts';
import { promiseGift } from '../policies.ts';
import { listClaimedPeople } from '../queries.ts';
import { findSweep, markSwept } from '../sweeps.ts';
import { readTexts } from '../texts.ts';
import { withEnds } from './measure.ts';
import { listAmends, listBrokenDays, listBrokenTellings } from './queries.ts';

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
    if (since !== null) await ctx.db.write([statement("DELETE FROM club_sweeps WHERE name = 'amends'")]);
    return 0;
  }
  if (since === null) {
    await ctx.db.write([markSwept('amends', String(ctx.now()))]);
    return 0;
  }
  let made = 0;
  for (const broken of await listBroken(db, business, { since: Number(since), today }))
    made += (await makeGoodOne(ctx, broken, amount)) ? 1 : 0;
  if (made > 0) ctx.wakeMail('soon');
  return made;
}

async function listBroken(
  db: Store,
  { timeZone }: Business,
  { since, today }: { since: number; today: string },
): Promise<Broken[]> {
  const days = Array.from({ length: BACK_DAYS }, (_, index) => addDays(today, -1 - index)).filter(
    (day) => day >= dayOf(since, timeZone),
  );
  const [late, told] = await Promise.all([
    listBrokenDays(db, {
      days: JSON.stringify(withEnds(days, timeZone).map(([day, _start, over]) => [day, over])),
      late: addDays(today, -1 - WAIT_DAYS),
    }),
    listBrokenTellings(db, { since }),
  ]);
  const people = await Promise.all(told.map(({ accountId }) => listClaimedPeople(db, { accountId })));
  return [
    ...late.map(({ id, accountId, customerId, number, promisedBy, isClaimed }) => ({
      ...{ kind: 'day' as const, id, accountId, letterTo: isClaimed === 1 ? [customerId] : [] },
      about: { order: number, title: null, day: promisedBy },
    })),
    ...told.map(({ id, accountId, texts, day }, index) => ({
      ...{ kind: 'benefit' as const, id, accountId, letterTo: (people[index] ?? []).map((one) => one.id) },
      about: { order: null, title: titlesOf(readTexts(texts)), day },
    })),
  ];
}

async function makeGoodOne(ctx: Context, broken: Broken, amount: bigint): Promise<boolean> {
  const { kind, id: subjectId, accountId } = broken;
  const id = newId();
  const cause = { kind: 'promise', id } as const;
  try {
    return await giveGift(ctx, { rootId: accountId, cause, amount, voucher: null }, async ({ currency }) => ({
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
    }));
  } catch (error) {
    if (isConflictOn(error, 'promise_amends')) return false;
    if (!(error instanceof AppError && error.code === 'unavailable')) passOver(ctx, error, accountId);
    return false;
  }
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
