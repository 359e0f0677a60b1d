import { addMember } from '../../circle/club/add-member.ts';
import { promiseBenefit, withdrawBenefit } from '../../circle/club/benefits/promise-benefit.ts';
import { writeToMember } from '../../circle/club/directory/show-self.ts';
import { settleClaim } from '../../circle/club/drops/end-claim.ts';
import { createDrop } from '../../circle/club/drops/open-drop.ts';
import { createEvent } from '../../circle/club/events/open-event.ts';
import { askPanel, tellOutcome } from '../../circle/club/panel/ask-panel.ts';
import { workPromises } from '../../circle/club/promises/work-promises.ts';
import { setLevels } from '../../circle/club/set-levels.ts';
import { workClub } from '../../circle/club/work-club.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { setPolicy } from '../../money/business/policies.ts';
import { accept, answer, apply, as, claim, decline, invite, placeOf, say, show } from './club-acts.ts';
import { benefits, cupWhileYouWait, paperGone, wrapping } from './club-benefits.ts';
import { firstFlush, tasting, teapots } from './club-offers.ts';
import { tellCups, waive } from './club-promises.ts';
import { bags, nextTea, tins } from './club-questions.ts';
import type { DemoOrder } from './demo-order.ts';
import { people } from './people.ts';
import type { DemoHappening } from './spending.ts';

/** The club of the demo: one of each way in, a drop that is over and one that is open, an evening, a promise not kept. */
export function clubStories(orders: readonly DemoOrder[], now: number): DemoHappening[] {
  const { anna, daniel, viktor, leo } = people;
  const others = loyalEmails(orders, now).slice(0, 6);
  const at = (days: number, run: DemoHappening['run']): DemoHappening => {
    const moment = now - days * DAY_MS;
    return { at: moment, run: (ctx) => run({ ...ctx, now: () => moment }) };
  };
  let giftWrap = '';
  let pots = '';
  let gathering = '';
  let paper = '';
  return [
    at(300, setUp),
    at(299, async (ctx) => {
      giftWrap = (await promiseBenefit(ctx, wrapping)).id;
      for (const benefit of benefits) await promiseBenefit(ctx, benefit);
    }),
    at(210, (ctx) => invite(ctx, anna.email)),
    at(208, (ctx) => accept(ctx, anna.email)),
    at(140, async (ctx) => {
      for (const email of others) await addMember(ctx, { email, accountId: null, since: null });
    }),
    at(100, async (ctx) => {
      for (const email of [...others.slice(0, 3), anna.email]) await show(ctx, email);
      const { customerId } = await placeOf(ctx, others[0] ?? '');
      const writer = await placeOf(ctx, anna.email);
      const text = 'Did you try the Yirgacheffe in a moka pot, too? Tell me how you grind it.';
      await writeToMember(as(ctx, writer.customerId), {
        ...{ accountId: writer.accountId, toId: customerId },
        ...{ text, givesAddress: true },
      });
    }),
    at(70, async (ctx) => {
      paper = (await askPanel(ctx, bags(ctx.now()))).id;
      for (const [index, email] of [anna.email, ...others.slice(0, 4)].entries())
        await answer(ctx, email, paper, index === 2 ? 0 : 1);
    }),
    at(50, (ctx) => tellOutcome(ctx, { id: paper, outcome: tins })),
    at(7, (ctx) => askPanel(ctx, nextTea(ctx.now()))),
    at(90, async (ctx) => {
      const { id } = await createDrop(ctx, firstFlush(ctx.now()));
      const { claimId } = await claim(ctx, anna.email, id);
      await settleClaim({ ...ctx, now: () => now - 88 * DAY_MS }, { claimId, outcome: 'collected' });
    }),
    at(61, (ctx) => apply(ctx, viktor.email, 'I would like to hear of new roasts before they are gone.')),
    at(60, (ctx) => decline(ctx, viktor.email, 'We look at this again once the open balance is settled.')),
    at(45, (ctx) => withdrawBenefit(ctx, { id: giftWrap, reason: paperGone, bonus: '5.00' })),
    at(44, workClub),
    at(9, async (ctx) => {
      pots = (await createDrop(ctx, teapots(ctx.now()))).id;
      gathering = (await createEvent(ctx, tasting(now))).id;
    }),
    at(8, workClub),
    at(6, async (ctx) => {
      for (const email of others.slice(0, 4)) await claim(ctx, email, pots);
      for (const email of others.slice(1, 5)) await say(ctx, email, gathering);
    }),
    at(4, (ctx) => claim(ctx, anna.email, pots)),
    at(3, (ctx) => invite(ctx, daniel.email)),
    ...promiseStories(at, [...others, anna.email]),
    at(2, (ctx) =>
      apply(ctx, leo.email, 'New here, and already hooked on the Yirgacheffe. May I come to the tastings?'),
    ),
  ];
}

/** A benefit that was broken too often, and is made good; and a studio that may order in small lots. */
function promiseStories(
  at: (days: number, run: DemoHappening['run']) => DemoHappening,
  emails: readonly string[],
): DemoHappening[] {
  let cup = '';
  return [
    at(40, async (ctx) => {
      cup = (await promiseBenefit(ctx, cupWhileYouWait)).id;
    }),
    at(31, (ctx) => setPolicy(ctx, 'promiseGift', '2.00')),
    at(31, workPromises),
    at(30, (ctx) => waive(ctx, people.marta.email)),
    at(20, (ctx) => tellCups(ctx, { benefitId: cup, emails })),
    at(1, workPromises),
  ];
}

/** Those without a story of their own who have bought for themselves for at least 150 days. */
function loyalEmails(orders: readonly DemoOrder[], now: number): string[] {
  const named = new Set<string>(Object.values(people).map(({ email }) => email));
  const emails = new Set(orders.filter(({ account }) => account === null).map(({ email }) => email));
  return [...emails].filter(
    (email) =>
      !named.has(email) &&
      orders.find((order) => order.email === email && order.placedAt.at < now - 150 * DAY_MS),
  );
}

async function setUp(ctx: Context): Promise<void> {
  await setLevels(ctx, [
    { key: 'member', from: '0', names: { en: 'Member', uk: 'Учасник' } },
    { key: 'gold', from: '1000.00', names: { en: 'Gold', uk: 'Золотий' } },
  ]);
  await setPolicy(ctx, 'clubSpend', '2500.00');
  await setPolicy(ctx, 'clubLevelPer', 'year');
  await setPolicy(ctx, 'clubLevelFall', 'one');
  await setPolicy(ctx, 'clubLevelGrace', '14');
}
