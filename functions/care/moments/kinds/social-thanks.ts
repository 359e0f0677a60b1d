import { sql } from 'drizzle-orm';
import { ask, insertInto } from '../../../../db/query.ts';
import { socialThanks as thanksTable } from '../../../../db/schema/index.ts';
import type { Store } from '../../../../db/store.ts';
import { tellEach } from '../../../ground/outbox/tell-each.ts';
import { DAY_MS } from '../../../ground/platform/calendar.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { minorInForce, policyOf } from '../../../money/business/policies.ts';
import { giveGift } from '../../../money/redemptions/give-gift.ts';
import { findHomes } from '../../occasions/find-homes.ts';
import { isReachable } from '../candidate-sql.ts';
import { keptPages } from '../kept-pages.ts';
import { socialThanks, socialThanksAmount, socialThanksMost } from '../moments.ts';
import type { MomentWork } from '../run.ts';
import type { SocialKind, SocialPlace } from '../social/places.ts';

const insertThanks = insertInto(thanksTable);
const YEAR_DAYS = 365;
/** So many are given at once, since each bonus is a write of its own. */
const GIFT_STEP = 50;
/** A sign that could not be thanked for within so many days, as its customer had not joined, is let be. */
const SIGN_DAYS = 90;

/** Gives who follows the business or wrote about it a bonus and thanks them, in one write; once for each, and so often a year at the most. */
export const socialThanksWork: MomentWork = {
  moment: socialThanks,
  work: async (ctx, { business, since, place }) => {
    const { currency } = business;
    const giftMinor = minorInForce(business, socialThanksAmount) ?? 0n;
    if (currency === null || giftMinor <= 0n) return 0;
    const now = ctx.now();
    const from = Math.max(since, now - SIGN_DAYS * DAY_MS);
    const most = policyOf(business, socialThanksMost);
    let thanked = 0;
    await tellEach<UnthankedSign & { rootId: string }>(ctx, {
      list: keptPages(ctx, {
        place,
        list: (after) => listUnthanked(ctx.db.fresh, { from, now, most, after }),
        keep: (page) => withHomes(ctx, page),
      }),
      lettersTo: async (step) =>
        step.map(({ reader, kind, place, rootId }) => [
          {
            template: 'social_thanks' as const,
            params: { kind, place, amount: { minor: giftMinor, currency }, rootId },
            customerId: reader,
          },
        ]),
      write: async ({ signId, rootId }, { rows, letters }) => {
        const cause = { kind: 'thanks', id: signId } as const;
        const gift = { rootId, cause, amount: giftMinor, voucher: null };
        const isGiven = await giveGift(ctx, gift, async (given) => ({
          rows: [
            insertThanks({
              ...{ signId, rootId, giftMinor, currency: given.currency },
              ...{ at: now, actor: actorName(ctx.actor) },
            }),
            ...rows,
          ],
          letters,
        }));
        // Of two that thank at once one finds the bonus given.
        if (isGiven) thanked += 1;
      },
    });
    return thanked;
  },
};

type UnthankedSign = Awaited<ReturnType<typeof listUnthanked>>[number];

/** Those who have an account to which a gift belongs. */
async function withHomes(ctx: Context, page: readonly UnthankedSign[]) {
  const homes = await findHomes(
    ctx.db.fresh,
    page.map(({ reader }) => reader),
  );
  return page.flatMap((one) => {
    const home = homes.get(one.reader);
    return home?.takesGifts === true ? [{ ...one, rootId: home.rootId }] : [];
  });
}

/** SQL of all that a customer `c` was before they were merged, as a table `person`. */
const person = sql.raw(`WITH RECURSIVE person (id) AS (SELECT c.id UNION SELECT m.merged_id FROM person
  CROSS JOIN customer_merges AS m ON m.survivor_id = person.id
    AND NOT EXISTS (SELECT 1 FROM customer_merge_undos AS u WHERE u.merge_id = m.id))`);
const theirThanks = sql.raw(
  'person CROSS JOIN social_signs AS o ON o.customer_id = person.id CROSS JOIN social_thanks AS g ON g.sign_id = o.id',
);

export interface UnthankedAsked {
  /** Since when a sign may have been logged. */
  from: number;
  now: number;
  /** How often one customer is thanked within a year. */
  most: number;
  /** Customers behind this one. */
  after: string;
}

/**
 * The oldest sign of each customer that was not thanked for yet, in the order of customers; a next one waits for the next run. Of two
 * who became one, each follower of a place is thanked once.
 */
export function listUnthanked(db: Store, { from, now, most, after }: UnthankedAsked) {
  return ask(db, (query) =>
    query
      .select({
        reader: sql<string>`c.id`,
        signId: sql<string>`min(s.id)`,
        subject: sql<string>`'social_thanks ' || min(s.id)`,
        kind: sql<SocialKind>`s.kind`,
        place: sql<SocialPlace>`s.place`,
      })
      .from(
        sql`social_signs AS s INDEXED BY social_signs_at CROSS JOIN customers AS c ON c.id = s.customer_id
          LEFT JOIN social_thanks AS t ON t.sign_id = s.id`,
      )
      .where(
        sql`s.at >= ${from} AND s.customer_id > ${after} AND s.withdrawn_at IS NULL AND t.sign_id IS NULL AND ${isReachable}
          AND NOT (s.kind = 'follow' AND EXISTS (${person} SELECT 1 FROM ${theirThanks} WHERE o.kind = 'follow' AND o.place = s.place))
          AND (${person} SELECT count(*) FROM ${theirThanks} WHERE g.at > ${now - YEAR_DAYS * DAY_MS}) < ${most}`,
      )
      .groupBy(sql`c.id`)
      .orderBy(sql`c.id`)
      .limit(GIFT_STEP),
  );
}
