import { listPlaces } from '../accounts/places.ts';
import { setPolicy } from '../business/policies.ts';
import { addMember } from '../club/add-member.ts';
import { applyToClub, decideApplication } from '../club/applications.ts';
import { promiseBenefit, withdrawBenefit } from '../club/benefits/promise-benefit.ts';
import { showSelf, writeToMember } from '../club/directory/show-self.ts';
import { claimDrop } from '../club/drops/claim-drop.ts';
import { settleClaim } from '../club/drops/end-claim.ts';
import { createDrop } from '../club/drops/open-drop.ts';
import { answerEvent } from '../club/events/answer-event.ts';
import { createEvent } from '../club/events/open-event.ts';
import { answerInvitation, inviteToClub } from '../club/invitations.ts';
import { loadClubState } from '../club/membership.ts';
import { answerPanel } from '../club/panel/answer-panel.ts';
import { askPanel, tellOutcome } from '../club/panel/ask-panel.ts';
import { setLevels } from '../club/set-levels.ts';
import { workClub } from '../club/work-club.ts';
import { dayOf, startOfDay } from '../platform/business-time.ts';
import { DAY_MS } from '../platform/calendar.ts';
import type { Context } from '../platform/context.ts';
import { assert } from '../platform/errors.ts';
import { findOwnerByEmail } from '../sign-in/queries.ts';
import { type DemoOrder, demoTimeZone } from './demo-order.ts';
import { people } from './people.ts';
import type { Happening } from './spending.ts';

const HOUR_MS = 3_600_000;

/** The club of the demo: one of each way in, a drop that is over and one that is open, an evening, a promise not kept. */
export function clubStories(orders: readonly DemoOrder[], now: number): Happening[] {
  const { anna, daniel, viktor, leo } = people;
  const named = new Set<string>(Object.values(people).map(({ email }) => email));
  const others = [...new Set(orders.filter(({ account }) => account === null).map(({ email }) => email))]
    .filter(
      (email) =>
        !named.has(email) &&
        orders.find((order) => order.email === email && order.placedAt.at < now - 150 * DAY_MS),
    )
    .slice(0, 6);
  const at = (days: number, run: Happening['run']): Happening => {
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
    at(2, (ctx) =>
      apply(ctx, leo.email, 'New here, and already hooked on the Yirgacheffe. May I come to the tastings?'),
    ),
  ];
}

async function setUp(ctx: Context): Promise<void> {
  await setLevels(ctx, [
    { key: 'member', from: '0', names: { en: 'Member', uk: 'Учасник' } },
    { key: 'gold', from: '1000.00', names: { en: 'Gold', uk: 'Золотий' } },
  ]);
  await setPolicy(ctx, 'clubSpend', '2500.00');
}

async function placeOf({ db }: Context, email: string) {
  const [customer] = await findOwnerByEmail(db.fresh, { email });
  assert(customer !== undefined, 'people of the demo are customers');
  const places = await listPlaces(db.fresh, customer.id);
  const place = places.find(({ firstPlacedAt }) => firstPlacedAt !== null) ?? places[0];
  assert(place !== undefined, 'customers of the demo have an account');
  return { customerId: customer.id, accountId: place.rootId };
}

const as = (ctx: Context, id: string): Context => ({ ...ctx, actor: { kind: 'customer', id } });

async function invite(ctx: Context, email: string): Promise<void> {
  await inviteToClub(ctx, { email, accountId: (await placeOf(ctx, email)).accountId });
}

async function accept(ctx: Context, email: string): Promise<void> {
  const { customerId, accountId } = await placeOf(ctx, email);
  const { invitations } = await loadClubState(ctx, accountId);
  await answerInvitation(as(ctx, customerId), {
    accountId,
    invitationId: invitations[0]?.id ?? '',
    accepts: true,
  });
}

async function apply(ctx: Context, email: string, text: string): Promise<void> {
  const { customerId, accountId } = await placeOf(ctx, email);
  await applyToClub(as(ctx, customerId), { accountId, text });
}

async function decline(ctx: Context, email: string, reason: string): Promise<void> {
  const { applications } = await loadClubState(ctx, (await placeOf(ctx, email)).accountId);
  await decideApplication(ctx, { id: applications[0]?.id ?? '', isApproved: false, reason });
}

async function claim(ctx: Context, email: string, dropId: string) {
  const { customerId, accountId } = await placeOf(ctx, email);
  return (await claimDrop(ctx, { customerId, accountId, dropId })).claim;
}

async function show(ctx: Context, email: string): Promise<void> {
  const { customerId, accountId } = await placeOf(ctx, email);
  const [person] = await findOwnerByEmail(ctx.db.fresh, { email });
  const name = person?.name ?? 'A regular';
  const interests = 'Filter coffee, oolongs, pottery';
  await showSelf(as(ctx, customerId), { accountId, isShown: true, name, company: '', interests });
}

async function answer(ctx: Context, email: string, questionId: string, choice: number): Promise<void> {
  const { customerId, accountId } = await placeOf(ctx, email);
  await answerPanel(as(ctx, customerId), { accountId, questionId, choice, comment: '' });
}

async function say(ctx: Context, email: string, eventId: string): Promise<void> {
  const { customerId, accountId } = await placeOf(ctx, email);
  await answerEvent(as(ctx, customerId), { accountId, eventId, answer: 'yes', guests: 1 });
}

const wrapping = {
  kind: 'other',
  texts: {
    en: { title: 'Gift wrapping, always', body: 'Every parcel of a member wrapped in our printed paper.' },
    uk: {
      title: 'Подарункове пакування завжди',
      body: 'Кожна посилка учасника — у нашому друкованому папері.',
    },
  },
} as const;

const paperGone = {
  en: 'The mill that made our paper has closed, and nothing else is worth your gifts yet.',
  uk: 'Фабрика, що робила наш папір, закрилася, а гідної заміни ми ще не знайшли.',
};

const benefits: Parameters<typeof promiseBenefit>[1][] = [
  {
    kind: 'drops',
    texts: {
      en: { title: 'First on what is rare', body: 'New harvests and small batches open to members first.' },
      uk: {
        title: 'Право першого вибору',
        body: 'Нові врожаї та малі партії відкриваються спершу для учасників.',
      },
    },
  },
  {
    kind: 'events',
    texts: {
      en: { title: 'Evenings at the roastery', body: 'Four times a year, with a guest of your own.' },
      uk: { title: 'Вечори в обсмажувальні', body: 'Чотири рази на рік, разом із вашим гостем.' },
    },
  },
  {
    kind: 'waived_minimum',
    texts: {
      en: { title: 'Vouchers without a minimum', body: 'Yours count on any order, however small.' },
      uk: {
        title: 'Ваучери без мінімальної суми',
        body: 'Ваші ваучери діють для замовлень на будь-яку суму.',
      },
    },
  },
  {
    kind: 'account_manager',
    texts: {
      en: { title: 'Somebody who knows you', body: 'Call or write to Maryna directly; no queue.' },
      uk: { title: 'Особистий менеджер', body: 'Телефонуйте чи пишіть Марині напряму, без черги.' },
    },
    detail: {
      manager: { name: 'Maryna Bondar', mail: 'maryna@fernandkettle.example', phone: '+44 20 7946 0123' },
    },
  },
];

const bags = (at: number): Parameters<typeof askPanel>[1] => ({
  texts: {
    en: { title: 'Bags or tins for the loose teas?', body: 'Tins cost us 40p more and last for years.' },
    uk: {
      title: 'Пакети чи бляшанки для розсипного чаю?',
      body: 'Бляшанки дорожчі на 40 пенсів, зате служать роками.',
    },
  },
  choices: [
    { en: 'Bags, and cheaper', uk: 'Пакети, і дешевше' },
    { en: 'Tins, and refills', uk: 'Бляшанки й досипка' },
  ],
  closesAt: at + 15 * DAY_MS,
});

const tins = {
  en: 'Tins it is. Refills come in paper and cost a pound less; yours ship from next month.',
  uk: 'Отже, бляшанки. Досипка — у папері й на фунт дешевша; надсилаємо з наступного місяця.',
};

const nextTea = (at: number): Parameters<typeof askPanel>[1] => ({
  texts: {
    en: { title: 'Which garden should we visit in spring?', body: 'We can bring back one small lot.' },
    uk: { title: 'Який сад нам відвідати навесні?', body: 'Ми зможемо привезти одну невелику партію.' },
  },
  choices: [
    { en: 'Darjeeling, first flush', uk: 'Дарджилінг, перший збір' },
    { en: 'Alishan, high oolong', uk: 'Алішань, високогірний улун' },
    { en: 'Uji, shade-grown green', uk: 'Удзі, тіньовий зелений' },
  ],
  closesAt: at + 30 * DAY_MS,
});

const firstFlush = (at: number): Parameters<typeof createDrop>[1] => ({
  texts: {
    en: { title: 'Darjeeling first flush', body: 'Forty grams each, from a single morning’s picking.' },
    uk: { title: 'Дарджилінг першого збору', body: 'По сорок грамів, з одного ранкового збору.' },
  },
  stock: 12,
  closesAt: at + 14 * DAY_MS,
  windows: [{ level: 'member', opensAt: at }],
});

const teapots = (at: number): Parameters<typeof createDrop>[1] => ({
  texts: {
    en: { title: 'Three teapots by Hana Kovář', body: 'Thrown and wood-fired for us; no two are alike.' },
    uk: {
      title: 'Три чайники Гани Коварж',
      body: 'Виточені й випалені на дровах для нас; двох однакових немає.',
    },
  },
  stock: 3,
  closesAt: at + 30 * DAY_MS,
  windows: [
    { level: 'gold', opensAt: at },
    { level: 'member', opensAt: at + DAY_MS },
  ],
});

/** Half past six in the evening, some days on. */
const evening = (now: number, days: number) =>
  startOfDay(dayOf(now + days * DAY_MS, demoTimeZone), demoTimeZone) + 18.5 * HOUR_MS;

const tasting = (now: number): Parameters<typeof createEvent>[1] => ({
  texts: {
    en: {
      title: 'An evening of oolongs',
      body: 'Six teas, one table, and the people who brought them here.',
    },
    uk: { title: 'Вечір улунів', body: 'Шість чаїв, один стіл і люди, які їх сюди привезли.' },
  },
  place: 'Fern & Kettle, upstairs',
  startsAt: evening(now, 12),
  endsAt: evening(now, 12) + 3 * HOUR_MS,
  answerUntil: now + 10 * DAY_MS,
  places: 6,
  guestsMax: 1,
});
