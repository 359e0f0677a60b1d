import type { Store } from '../../../db/store.ts';
import { lookAtReferrals } from '../../circle/referrals/look-due.ts';
import { createAccountQueue } from '../../ground/platform/account-queue.ts';
import { dayOf, startOfDay } from '../../ground/platform/business-time.ts';
import { createCaches } from '../../ground/platform/caches.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { setPolicies, setPolicy } from '../../money/business/policies.ts';
import { adjust } from '../../money/ledger/adjust.ts';
import { recordRefund } from '../../money/orders/record-refund.ts';
import { setProgramme } from '../../money/programme/set-programme.ts';
import { expireDue, settleDue } from '../../money/programme/settle-accounts.ts';
import { setLocation } from '../../people/locations/set-location.ts';
import { setSpecialDay } from '../../people/locations/set-special-day.ts';
import { followFigures } from '../console/customers/follow-figures.ts';
import { keepFigures } from '../today/keep-figures.ts';
import { adviceStories } from './advice.ts';
import { campaignStories } from './campaigns.ts';
import { clubStories } from './club.ts';
import { contactStories } from './contacts.ts';
import { demoIdentity, demoLocations, demoSpecialDays } from './demo-identity.ts';
import { type DemoOrder, demoTimeZone, ordersOf } from './demo-order.ts';
import { demoProgramme } from './demo-programme.ts';
import { keepSegments } from './demo-segments.ts';
import { toldFeedback } from './feedback.ts';
import { guideStories } from './guide.ts';
import { hospitalityStories } from './hospitality.ts';
import { ideaStories } from './ideas.ts';
import { inventHits } from './invent-hits.ts';
import { annasHabit, companyOrders, householdOrders, inventOrders } from './invent-orders.ts';
import { demoActor } from './is-demo.ts';
import { isEmpty } from './is-empty.ts';
import { joiningStories } from './joining.ts';
import { managerStories } from './managers.ts';
import { marginStories } from './margins.ts';
import { momentStories } from './moments.ts';
import { paperStories } from './papers.ts';
import { settlePastMail } from './past-mail.ts';
import { inventPeople, people } from './people.ts';
import { keepPlans, occasionStories } from './plans.ts';
import { createRandom, type Random } from './random.ts';
import { countProducts, recommendationStories } from './recommendations.ts';
import { referralStories, referredEmails } from './referrals.ts';
import { requestStories } from './requests.ts';
import { returnStories } from './returns.ts';
import { signUp } from './sign-up.ts';
import { type DemoHappening, owedSpending, toldSpending, weeklySpending } from './spending.ts';
import { standardStories } from './standards.ts';
import { goodwill, signUps, tellStories } from './stories.ts';
import { contactSurveyStories, surveyStories } from './surveys.ts';
import { joinTeam, teamStories } from './team.ts';
import { testimonialStories } from './testimonials.ts';
import { themeStories } from './themes.ts';
import { writeOrders } from './write-orders.ts';

export { demoSignIns } from './demo-sign-ins.ts';

const SEED = 2011;
const PEOPLE = 190;
const HISTORY_DAYS = 731;
/** How far the demo's clock moves at a time. */
const STEP_MS = 9 * DAY_MS;

export interface DemoOptions {
  /** Told how many of the orders are written. */
  onProgress?: (orders: number, of: number) => void;
}

/**
 * Fills an empty database with a business that does not exist: some 200 customers, two years of orders up to now with
 * all that happens to them, and their rewards. It runs through those years with the product's own operations on a
 * clock of its own, so that everything carries the time at which it would have happened. Nobody is sent any mail.
 * @throws {AppError} `database_not_empty`
 */
export async function loadDemo(
  ctx: Context,
  options: DemoOptions = {},
): Promise<{ customers: number; orders: number }> {
  if (!(await isEmpty(ctx)))
    throw new AppError('database_not_empty', 'The demo goes into an empty database; this one is not.');
  const now = ctx.now();
  const random = createRandom(SEED);
  const orders = inventAll(now, random);
  const first = `${dayOf(now - HISTORY_DAYS * DAY_MS, demoTimeZone).slice(0, 7)}-01`;
  let time = startOfDay(first, demoTimeZone);
  const then: Context = {
    ...ctx,
    actor: demoActor,
    now: () => time,
    queue: createAccountQueue(),
    cache: createCaches(),
    wakeMail: () => undefined,
  };
  const looks = looksUntil(now, { from: time, random });
  const happenings = [...whatHappens(orders, now), ...weeklySpending(orders, { now, random })];
  const news = newsByLook(orders, looks);
  await inOneGo(ctx.db, async () => {
    await setProgramme(then, demoProgramme(first));
    await setPolicies(then, demoIdentity);
    for (const location of demoLocations) await setLocation(then, location);
    for (const day of demoSpecialDays(dayOf(now, demoTimeZone))) await setSpecialDay(then, day);
    await setPolicy(then, 'staffFactor', 'optional');
    await joinTeam(time).run(then);
    await setPolicy(then, 'club', 'on');
    await setPolicy(then, 'voices', 'on');
    await setPolicy(then, 'advice', 'on');
    for (const [index, at] of looks.entries()) {
      const before = time;
      time = at;
      await writeOrders(then, news[index] ?? []);
      await settleDue(then);
      await expireDue(then);
      await lookAtReferrals(then);
      for (const one of happenings) if (one.at > before && one.at <= at) await one.run(then);
      options.onProgress?.(orders.filter(({ placedAt }) => placedAt.at <= at).length, orders.length);
    }
    await ctx.db.write(settlePastMail(now));
    // The first page that is opened shows figures: no job has run by then.
    for (let read = -1; read !== 0; ) read = await keepFigures(then);
    for (let passed = -1; passed !== 0; ) ({ passed } = await followFigures(then));
    await countProducts(then);
    await keepSegments(then);
    await keepPlans(then);
    await inventHits(then);
  });
  const customers = new Set([...[...orders, ...signUps].map(({ email }) => email), ...referredEmails]);
  return { customers: customers.size, orders: orders.length };
}

/** A file is brought to the disk once at the end: a demo cut short by a power cut is simply loaded anew. */
async function inOneGo(db: Store, work: () => Promise<void>): Promise<void> {
  if (db.engine !== 'embedded') return work();
  await db.script('PRAGMA synchronous = NORMAL');
  try {
    await work();
  } finally {
    await db.script('PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)');
  }
}

function inventAll(now: number, random: Random): DemoOrder[] {
  const inventing = { now, random };
  const sketches = [
    ...tellStories(now),
    ...annasHabit(inventing),
    ...householdOrders(inventing),
    ...companyOrders(inventing),
    ...inventOrders(inventPeople(PEOPLE, random), inventing),
  ];
  return ordersOf(sketches, random);
}

/** Everything that is not an order or its shipment. */
function whatHappens(orders: readonly DemoOrder[], now: number): DemoHappening[] {
  const daysAgo = (days: number) => now - days * DAY_MS;
  return [
    ...signUps.map(
      ({ days, ...person }): DemoHappening => ({ at: daysAgo(days), run: (ctx) => signUp(ctx, person) }),
    ),
    ...goodwill.map(
      ({ email, pence, days, reason }): DemoHappening => ({
        at: daysAgo(days),
        run: (ctx) => adjust(ctx, { account: email, amount: pence, reason }),
      }),
    ),
    ...orders.flatMap(refundOf),
    ...toldSpending(orders, now),
    ...owedSpending(orders, now),
    ...surveyStories(orders, now),
    ...themeStories(now),
    ...testimonialStories(now),
    ...clubStories(orders, now),
    ...toldFeedback(orders, now),
    ...referralStories(now),
    ...joiningStories(now),
    ...recommendationStories(now),
    ...contactStories(now),
    ...contactSurveyStories(now),
    ...campaignStories(orders, now),
    ...adviceStories(now),
    ...managerStories(now),
    ...marginStories(now),
    ...requestStories(now),
    ...paperStories(now),
    ...occasionStories(now),
    ...hospitalityStories(now),
    ...standardStories(now),
    ...returnStories(orders, now),
    ...ideaStories(now),
    ...guideStories(now),
    ...momentStories(now),
    ...teamStories(now, { complaintBy: people.marta.email }),
  ];
}

function refundOf({ source, number, currency, refund }: DemoOrder): DemoHappening[] {
  if (refund === null) return [];
  const told = { id: `${number}-back`, currency, ...refund };
  return [{ at: refund.at, run: (ctx) => recordRefund(ctx, { source, number, refund: told }) }];
}

/** When the demo's clock stops to see what is new and what is due: at different hours, and at last now. */
function looksUntil(now: number, { from, random }: { from: number; random: Random }): number[] {
  const looks = [now];
  for (let at = now - STEP_MS; at > from; at -= STEP_MS) looks.unshift(at - random.whole(STEP_MS / 8));
  return looks;
}

/** For each look the orders of which something became known since the one before, as they stood then. */
function newsByLook(orders: readonly DemoOrder[], looks: readonly number[]): DemoOrder[][] {
  const news: DemoOrder[][] = looks.map(() => []);
  for (const order of orders) {
    const known = new Set(order.events.map(({ at }) => looks.findIndex((look) => look >= at.at)));
    for (const index of known) {
      const look = looks[index] ?? 0;
      news[index]?.push({ ...order, events: order.events.filter(({ at }) => at.at <= look) });
    }
  }
  return news;
}
