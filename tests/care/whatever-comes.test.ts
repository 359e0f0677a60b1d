import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listTasks } from '../../functions/care/contacts/tasks/list-tasks.ts';
import { setOccasion } from '../../functions/care/occasions/set-occasion.ts';
import { tellOccasions } from '../../functions/care/occasions/tell-occasions.ts';
import { giveTasks } from '../../functions/care/plans/give-tasks.ts';
import { setPlan } from '../../functions/care/plans/set-plan.ts';
import { addMember } from '../../functions/circle/club/add-member.ts';
import { endMembership } from '../../functions/circle/club/end-membership.ts';
import { mergeCustomers } from '../../functions/desk/merging/merge-customers.ts';
import { undoMerge } from '../../functions/desk/merging/undo-merge.ts';
import { verify } from '../../functions/desk/verify/verify.ts';
import { dayOf } from '../../functions/ground/platform/business-time.ts';
import { addDays, dayNumber } from '../../functions/ground/platform/calendar.ts';
import type { Context } from '../../functions/ground/platform/context.ts';
import { AppError } from '../../functions/ground/platform/errors.ts';
import { newId } from '../../functions/ground/platform/ids.ts';
import { answerQuestion } from '../../functions/people/joining/answer-question.ts';
import { deliverMail } from '../../functions/people/mail/deliver-mail.ts';
import { setPreferences } from '../../functions/people/preferences/set-preferences.ts';
import { openFakeResend } from '../support/fake-resend.ts';
import { DAY_MS, openShopOn, type Shop } from '../support/shop.ts';
import { openTestFile } from '../support/test-store.ts';

const SOAK = process.env.SOAK === '1';
const RUNS = SOAK ? 5000 : 200;
const HOUR_MS = DAY_MS / 24;
const people = ['ann', 'old', 'bob'] as const;
type Name = (typeof people)[number];

const who = fc.constantFrom<Name>(...people);
const monthDay: fc.Arbitrary<string> = fc.constantFrom('02-27', '02-28', '02-29', '03-01', '03-02', '03-05');
const act = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      hours: fc.constantFrom(1, 12, 24, 24, 72, 240),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('birthday' as const), who, monthDay }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('wish' as const),
      who,
      isOn: fc.boolean(),
      topic: fc.constantFrom('occasions' as const, 'contact' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pause' as const), who, days: fc.integer({ min: 1, max: 12 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('limit' as const), who, weekMax: fc.constantFrom(null, 0, 1) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('offers' as const),
      who,
      offers: fc.constantFrom(true, false, null),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'merge' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'unmerge' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('premium' as const), who, isIn: fc.boolean() }) },
);
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

/** What one person said last, in the test's own words. */
interface Said {
  off: Set<string>;
  pausedUntil: string;
  weekMax: number | null;
  offers: boolean | null;
}

test(
  `${RUNS} times, whatever is told, paused, merged and waited for, nobody is wished well twice, against their word or limit, nor sold to as premium`,
  async () => {
    const reached = { mails: 0, gifts: 0, tasks: 0 };
    const births = fc.tuple(monthDay, monthDay, monthDay);
    const lives = fc.array(act, { minLength: 20, maxLength: 50 });
    const property = fc.asyncProperty(births, lives, async (born, acts) => {
      const lived = await live(acts, born);
      reached.mails += lived.mails;
      reached.gifts += lived.gifts;
      reached.tasks += lived.tasks;
    });
    await fc.assert(property, { numRuns: RUNS, endOnFailure: true });
    expect(reached.mails).toBeGreaterThan(RUNS / 4);
    expect(reached.gifts).toBeGreaterThan(RUNS / 4);
    expect(reached.tasks).toBeGreaterThan(RUNS / 4);
  },
  SOAK ? 14_400_000 : 1_200_000,
);

async function live(acts: readonly Act[], born: readonly string[]) {
  const { store, remove } = await openTestFile();
  await store.script('PRAGMA synchronous = OFF');
  const shop = await openShopOn({ store });
  await shop.setRules();
  // Mail may wait for its turn beyond midnight: the morning of 25 February of a common year.
  shop.clock.advance(Date.UTC(2027, 1, 25, 9) - shop.clock.now());
  const { fake, close } = await openFakeResend(shop.clock.now);
  const mail = {
    kind: 'resend',
    from: 'Shop <shop@x.example>',
    apiKey: 're_test',
    baseUrl: fake.baseUrl,
    webhookSecret: undefined,
  } as const;
  const ctx: Context = { ...shop.ctx, config: { ...shop.ctx.config, mail } };
  try {
    const world = await openWorld(ctx, shop);
    for (const [at, answer] of born.entries())
      await step(world, { kind: 'birthday', who: people[at] ?? 'ann', monthDay: answer });
    for (const one of acts) {
      shop.clock.advance(1000);
      await step(world, one);
      if (one.kind !== 'wait') continue;
      await Promise.all([tellOccasions(ctx), tellOccasions(ctx)]);
      await Promise.all([giveTasks(ctx), giveTasks(ctx)]);
      await deliverMail(ctx, { sleep: async (ms) => shop.clock.advance(ms) });
      lookAtMail(world, fake.accepted);
      await lookAtTasks(world);
    }
    expect((await verify(ctx)).found).toEqual([]);
    return { mails: world.got.length, ...(await lookAtGifts(ctx)) };
  } finally {
    close();
    remove();
  }
}

async function openWorld(ctx: Context, shop: Shop) {
  const ids = new Map<Name, string>();
  const roots = new Map<Name, string>();
  for (const name of people) {
    const { customerId, accountId } = await shop.order({ email: `${name}@example.com`, totals: [1000] });
    ids.set(name, customerId);
    roots.set(name, accountId);
  }
  await ctx.db.write([
    { sql: 'UPDATE customers SET claimed_at = 1, phone = ?', args: ['+44 20 7946 0101'] },
    { sql: 'DELETE FROM outbox', args: [] },
  ]);
  const gift = { giftForm: 'voucher', amount: '5.00', minimum: '', months: 1 } as const;
  await setOccasion(ctx, { kind: 'birthday', isOn: true, audience: 'everybody', ...gift });
  const plan = { id: null, what: 'Sell', level: null, intervalDays: 3, mostPerDay: 5, staff: null } as const;
  for (const audience of ['enquirer', 'premium'] as const)
    await setPlan(ctx, { ...plan, audience, channel: 'phone', purpose: 'sales' });
  const said = new Map<Name, Said>(
    people.map((name) => [name, { off: new Set(), pausedUntil: '', weekMax: null, offers: null }]),
  );
  const state = { mergeId: null as string | null, seen: 0 };
  const got: { name: Name; at: number }[] = [];
  return { ctx, shop, ids, roots, said, state, got };
}
type World = Awaited<ReturnType<typeof openWorld>>;

/** Who somebody is while two are one. */
const nowOf = ({ state }: World, name: Name): Name =>
  state.mergeId !== null && name === 'old' ? 'ann' : name;

async function step(world: World, act: Act): Promise<void> {
  const { ctx, shop, ids, roots, said, state } = world;
  if (act.kind === 'wait') return shop.clock.advance(act.hours * HOUR_MS);
  if (act.kind === 'merge') {
    if (state.mergeId !== null) return;
    state.mergeId = newId();
    await mergeCustomers(ctx, { survivor: 'ann@example.com', merged: 'old@example.com', key: state.mergeId });
    const [one, other] = [said.get('ann'), said.get('old')];
    if (one === undefined || other === undefined) return;
    for (const topic of other.off) one.off.add(topic);
    if (other.pausedUntil > one.pausedUntil) one.pausedUntil = other.pausedUntil;
    one.offers = [one.offers, other.offers].includes(false) ? false : (one.offers ?? other.offers);
    if (other.weekMax !== null) one.weekMax = Math.min(other.weekMax, one.weekMax ?? other.weekMax);
    return;
  }
  if (act.kind === 'unmerge') {
    if (state.mergeId === null) return;
    const undone = await undoMerge(ctx, { id: state.mergeId }).catch(unless('merge_not_undoable'));
    if (undone === null) return;
    state.mergeId = null;
    // What either said before holds again for each: neither is asked about that here, only about what comes.
    for (const name of ['ann', 'old'] as const) await sayAnew(world, name);
    return;
  }
  const name = nowOf(world, act.who);
  const customerId = ids.get(name) ?? '';
  const own: Context = { ...ctx, actor: { kind: 'customer', id: customerId } };
  const word = said.get(name);
  if (word === undefined) return;
  switch (act.kind) {
    case 'birthday':
      return answerQuestion(own, { question: 'birthday', answer: act.monthDay });
    case 'wish': {
      const channel = act.topic === 'contact' ? 'phone' : 'mail';
      await setPreferences(own, { customerId, wishes: [{ topic: act.topic, channel, isOn: act.isOn }] });
      if (act.isOn) word.off.delete(act.topic);
      else word.off.add(act.topic);
      return;
    }
    case 'pause':
      word.pausedUntil = addDays(dayOf(shop.clock.now(), 'Europe/London'), act.days);
      await setPreferences(own, { customerId, pausedUntil: word.pausedUntil });
      return;
    case 'offers':
      word.offers = act.offers;
      await setPreferences(own, { customerId, offers: act.offers });
      return;
    case 'limit':
      word.weekMax = act.weekMax;
      await setPreferences(own, { customerId, weekMax: act.weekMax });
      return;
    default: {
      const accountId = roots.get(name) ?? '';
      const change = act.isIn
        ? addMember(ctx, { email: `${name}@example.com`, accountId, since: null })
        : endMembership(ctx, { accountId, until: null, isWithdrawn: false });
      await change.catch(unless('club_member_already', 'club_not_a_member'));
    }
  }
}

/** A refusal that is meant; anything else is a failure. */
const unless =
  (...codes: string[]) =>
  (error: unknown): null => {
    if (error instanceof AppError && codes.includes(error.code)) return null;
    throw error;
  };

async function sayAnew(world: World, name: Name): Promise<void> {
  const customerId = world.ids.get(name) ?? '';
  const own: Context = { ...world.ctx, actor: { kind: 'customer', id: customerId } };
  const wishes = [
    { topic: 'occasions', channel: 'mail', isOn: true },
    { topic: 'contact', channel: 'phone', isOn: true },
  ] as const;
  const nothing = { pausedUntil: null, weekMax: null, offers: null };
  await setPreferences(own, { customerId, wishes: [...wishes], ...nothing });
  world.said.set(name, { off: new Set(), pausedUntil: '', weekMax: null, offers: null });
}

function lookAtMail(world: World, accepted: readonly { at: number; to?: unknown; body?: unknown }[]): void {
  const { state, got } = world;
  for (; state.seen < accepted.length; state.seen += 1) {
    const taken = accepted[state.seen];
    const text = JSON.stringify(taken);
    const address = people.find((name) => text.includes(`${name}@example.com`));
    if (taken === undefined || address === undefined || !text.includes('happy birthday')) continue;
    const name = nowOf(world, address);
    const word = world.said.get(name);
    const day = dayOf(taken.at, 'Europe/London');
    const before = got.filter((one) => nowOf(world, one.name) === name);
    expect(word?.off).not.toContain('occasions');
    expect(day >= (word?.pausedUntil ?? '')).toBe(true);
    expect(before.filter(({ at }) => at > taken.at - 7 * DAY_MS).length).toBeLessThan(word?.weekMax ?? 2);
    for (const { at } of before)
      expect(dayNumber(day) - dayNumber(dayOf(at, 'Europe/London'))).toBeGreaterThan(290);
    got.push({ name: address, at: taken.at });
  }
}

/** Every open task is of somebody who may be sold to and wants it, and nobody has two. */
async function lookAtTasks(world: World): Promise<void> {
  const { items } = await listTasks(world.ctx, { view: 'open' });
  const today = dayOf(world.shop.clock.now(), 'Europe/London');
  const inClub = await world.ctx.db.read({
    sql: "SELECT t.customer_id FROM contact_tasks AS t JOIN accounts AS a ON a.id = t.root_id WHERE t.ended_at IS NULL AND a.club_spans LIKE '%null]]'",
    args: [],
  });
  const premium = new Set(inClub.map(([id]) => String(id)));
  expect(new Set(items.map(({ rootId }) => rootId)).size).toBe(items.length);
  for (const { customerId } of items) {
    const name = people.find((one) => world.ids.get(one) === customerId);
    const word = name === undefined ? undefined : world.said.get(name);
    expect(word?.off).not.toContain('contact');
    expect(word?.offers ?? !premium.has(customerId ?? '')).toBe(true);
    expect(today >= (word?.pausedUntil ?? '')).toBe(true);
  }
}

async function lookAtGifts({ db }: Context): Promise<{ gifts: number; tasks: number }> {
  const [row] = await db.read({
    sql: `SELECT (SELECT count(*) FROM bonuses WHERE cause_kind = 'occasion'), (SELECT count(*) FROM contact_tasks),
      (SELECT count(*) FROM bonuses AS a JOIN bonuses AS b ON b.id > a.id AND b.account_id = a.account_id AND b.cause_kind = 'occasion'
        WHERE a.cause_kind = 'occasion' AND b.at - a.at < 290 * 86400000)`,
    args: [],
  });
  expect(Number(row?.[2])).toBe(0);
  return { gifts: Number(row?.[0]), tasks: Number(row?.[1]) };
}
