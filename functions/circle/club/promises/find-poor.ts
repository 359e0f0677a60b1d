import { insertInto } from '../../../../db/query.ts';
import { promiseFindings } from '../../../../db/schema/index.ts';
import type { Store } from '../../../../db/store.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import type { Mail } from '../../../ground/outbox/queue-mail.ts';
import { dayOf } from '../../../ground/platform/business-time.ts';
import { DAY_MS } from '../../../ground/platform/calendar.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { type Business, getBusiness } from '../../../money/business/business.ts';
import { promisedBefore } from '../../../money/orders/promised-days.ts';
import { listOwners } from '../../../people/staff/list-owners.ts';
import { listAllBenefits } from '../benefits/queries.ts';
import { titlesOf } from '../drops/statements.ts';
import { findSweep, markSwept } from '../sweeps.ts';
import { readTexts } from '../texts.ts';
import { judge, type PromiseCount } from './judge.ts';
import { DAYS, measurePromises } from './measure.ts';
import type { MeasuredBenefit } from './own-counts.ts';
import { type FindingRow, listFindings } from './queries.ts';

/** After a promise was kept on in spite of a finding, it is left alone for so long. */
const REST_MS = 90 * DAY_MS;

const insertFinding = insertInto(promiseFindings);

/** A promise that stands: the promised days of orders, or a benefit; `titles` by language, null for the days. */
export interface StandingPromise {
  promise: string;
  kind: string;
  titles: Record<string, string> | null;
  /** Null for the days. */
  benefit: MeasuredBenefit | null;
}

/** What is promised now. */
export async function listStanding(
  db: Store,
  business: Pick<Business, 'settings' | 'timeZone'>,
  now: number,
): Promise<StandingPromise[]> {
  const benefits = await listAllBenefits(db);
  return [
    ...((promisedBefore(business) ?? now + 1) > now
      ? [{ promise: DAYS, kind: DAYS, titles: null, benefit: null }]
      : []),
    ...benefits
      .filter(({ withdrawnAt }) => withdrawnAt === null)
      .map((benefit) => ({
        ...{ promise: benefit.id, kind: benefit.kind, titles: titlesOf(readTexts(benefit.texts)), benefit },
      })),
  ];
}

/**
 * Looks once a business day at how often promises were kept, and proposes to the owners to withdraw what was kept in less than 95 %
 * of enough, with its figures.
 */
export async function findPoorPromises(ctx: Context): Promise<number> {
  const db = ctx.db.fresh;
  const business = await getBusiness({ ...ctx, db });
  const today = dayOf(ctx.now(), business.timeZone);
  if ((await findSweep(db, 'promises')) === today) return 0;
  const [standing, findings, owners] = await Promise.all([
    listStanding(db, business, ctx.now()),
    listFindings(db),
    listOwners(db),
  ]);
  const counts = await measurePromises(
    ctx,
    standing.flatMap(({ benefit }) => benefit ?? []),
  );
  // An empty portal stays empty, so that an archive can go into it.
  if ([...counts.values()].every((count) => count.of === 0)) return 0;
  const poor = standing.flatMap((one) => {
    const count = counts.get(one.promise);
    const isPoor = count !== undefined && judge(count)?.verdict === 'poor';
    return isPoor && !isResting(findings, one.promise, ctx.now()) ? [{ ...one, count }] : [];
  });
  await writeDecision(ctx, {
    rows: [
      ...poor.map(({ promise, count }) =>
        insertFinding({ id: newId(), promise, ...count, at: ctx.now(), actor: actorName(ctx.actor) }),
      ),
      markSwept('promises', today),
    ],
    letters: poor.flatMap(({ titles, count }) => owners.map(({ email }) => letterTo(email, titles, count))),
  });
  if (poor.length > 0) ctx.wakeMail('soon');
  return poor.length;
}

/** Whether it waits to be decided, or was decided on not long ago. */
function isResting(findings: readonly FindingRow[], promise: string, now: number): boolean {
  const newest = findings.find((one) => one.promise === promise);
  return newest !== undefined && (newest.decidedAt ?? now) > now - REST_MS;
}

function letterTo(address: string, title: Record<string, string> | null, { kept, of }: PromiseCount): Mail {
  return { template: 'promise_poor', address, params: { title, kept, of } };
}
