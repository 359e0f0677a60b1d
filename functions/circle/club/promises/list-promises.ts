import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { mayReadPrivate } from '../../../ground/platform/personal.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { minorInForce } from '../../../money/business/policies.ts';
import { withdrawnFrom } from '../../../money/orders/promised-days.ts';
import { promiseGift } from '../policies.ts';
import { listStanding, type StandingPromise } from './find-poor.ts';
import { judge, type PromiseCount, type PromiseVerdict } from './judge.ts';
import { measurePromises } from './measure.ts';
import { type FindingRow, listFindings } from './queries.ts';

/** A promise that stands, how often it was kept, and what was proposed of it last. */
export interface PromiseKept extends StandingPromise, PromiseCount {
  verdict: PromiseVerdict | null;
  finding: FindingRow | null;
}

export interface Promises {
  items: PromiseKept[];
  /** The first day on which no order is promised a day any more; null while they are. */
  daysWithdrawnFrom: string | null;
  /** What a member gets for each broken promise; null for nothing. */
  gift: { minor: bigint; currency: string } | null;
}

/** How often what is promised is kept. @throws {AppError} `forbidden`, `unauthenticated` */
export async function listPromises(ctx: Context): Promise<Promises> {
  allow(ctx.actor, 'customers:read');
  const db = ctx.db.fresh;
  const business = await getBusiness({ ...ctx, db });
  const [standing, findings] = await Promise.all([listStanding(db, business, ctx.now()), listFindings(db)]);
  const counts = await measurePromises(
    ctx,
    standing.flatMap(({ benefit }) => benefit ?? []),
  );
  const minor = minorInForce(business, promiseGift);
  return {
    items: standing.map((one) => {
      const count = counts.get(one.promise) ?? { kept: 0, of: 0 };
      const finding = findings.find(({ promise }) => promise === one.promise) ?? null;
      return { ...one, ...count, verdict: judge(count), finding: shownTo(ctx, finding) };
    }),
    daysWithdrawnFrom: withdrawnFrom(business),
    gift:
      minor === null || minor === 0n || business.currency === null
        ? null
        : { minor, currency: business.currency },
  };
}

/** Why a promise was kept on is told to those who are told more than who customers are. */
const shownTo = ({ actor }: Context, finding: FindingRow | null): FindingRow | null =>
  finding === null || mayReadPrivate(actor) ? finding : { ...finding, note: null };
