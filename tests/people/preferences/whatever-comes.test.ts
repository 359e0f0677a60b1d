import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { type Mail, queueMail } from '../../../functions/ground/outbox/queue-mail.ts';
import { addDays } from '../../../functions/ground/platform/calendar.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { deliverMail } from '../../../functions/people/mail/deliver-mail.ts';
import { setPreferences } from '../../../functions/people/preferences/set-preferences.ts';
import { unsubscribeTokenOf } from '../../../functions/people/preferences/tokens.ts';
import { unsubscribe } from '../../../functions/people/preferences/unsubscribe.ts';
import { openFakeResend } from '../../support/fake-resend.ts';
import { DAY_MS, openShop, type Shop } from '../../support/shop.ts';

const isSoak = process.env.SOAK === '1';
const RUNS = isSoak ? 5000 : 200;
const ACTS = 50;

const letters = {
  club: { template: 'club_invitation', params: { isBySpend: false } },
  rewards: {
    template: 'nearly_there',
    params: {
      ruleName: 'Back',
      missing: { minor: 450n, currency: 'EUR' },
      pays: { minor: 500n, currency: 'EUR' },
      until: null,
    },
  },
} as const;
type Topic = keyof typeof letters;

const topic = fc.constantFrom<Topic>('club', 'rewards');
const who = fc.constantFrom<'ann' | 'old'>('ann', 'old');
const days = fc.integer({ min: 1, max: 12 });
const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      who,
      topic,
      copies: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), days: fc.constantFrom(0, 1, 3, 7, 20) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('wish' as const),
      who,
      topic,
      isOn: fc.boolean(),
      monthMax: fc.constantFrom(null, null, 1, 3),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unsubscribe' as const), who, topic }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pause' as const), who, topic: fc.option(topic), days }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('limit' as const),
      who,
      weekMax: fc.constantFrom(null, 0, 1, 5),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('merge' as const) }) },
);
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

/** What one person said last, in the test's own words; what reached them, by topic and moment. */
interface Told {
  off: Set<Topic>;
  monthMax: Map<Topic, number>;
  pausedUntil: Map<Topic | 'all', string>;
  weekMax: number | null;
  got: { topic: Topic; at: number }[];
}

const nothingSaid = (): Told => ({
  off: new Set(),
  monthMax: new Map(),
  pausedUntil: new Map(),
  weekMax: null,
  got: [],
});

test(
  `${RUNS} times ${ACTS} acts, whatever is wished, paused, limited, merged and sent, nobody gets what they do not want`,
  async () => {
    const shop = await openShop();
    const reached = { mails: 0, runs: 0 };
    const acts = fc.array(act, { minLength: ACTS, maxLength: ACTS });
    const property = fc.asyncProperty(acts, async (some) => {
      reached.runs += 1;
      reached.mails += await live(shop, `run-${reached.runs}`, some);
    });
    await fc.assert(property, { numRuns: RUNS });
    expect(reached.mails).toBeGreaterThan(RUNS);
  },
  isSoak ? 3_600_000 : 300_000,
);

/** Two people of their own live through some acts; returns how much mail reached them. */
async function live(shop: Shop, run: string, acts: readonly Act[]): Promise<number> {
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
    const ids = new Map<string, string>();
    const emails = { ann: `${run}@example.com`, old: `${run}.old@example.com` };
    for (const name of ['ann', 'old'] as const)
      ids.set(name, (await shop.order({ email: emails[name], number: `${run} ${name}` })).customerId);
    await ctx.db.write([{ sql: 'DELETE FROM outbox', args: [] }]);
    return await liveOn({ ctx, fake, shop, ids, emails }, acts);
  } finally {
    close();
  }
}

interface World {
  ctx: Context;
  fake: Awaited<ReturnType<typeof openFakeResend>>['fake'];
  shop: Shop;
  ids: ReadonlyMap<string, string>;
  emails: { ann: string; old: string };
}

async function liveOn({ ctx, fake, shop, ids, emails }: World, acts: readonly Act[]): Promise<number> {
  const people = new Map([...ids.values()].map((id) => [id, nothingSaid()]));
  const sent = new Map<string, { customerId: string; topic: Topic }>();
  let isMerged = false;
  let seen = 0;
  const idOf = (name: string) => ids.get(isMerged ? 'ann' : name) ?? '';
  const saidBy = (id: string) => people.get(id) ?? nothingSaid();
  const today = () => new Date(shop.clock.now()).toISOString().slice(0, 10);
  for (const one of acts) {
    shop.clock.advance(1000);
    if (one.kind === 'send') {
      const customerId = idOf(one.who);
      const mails = Array.from(
        { length: one.copies },
        (): Mail => ({ ...letters[one.topic], id: newId(), customerId }),
      );
      for (const { id = '' } of mails) sent.set(id, { customerId, topic: one.topic });
      await ctx.db.write(mails.map((letter) => queueMail(ctx, letter)));
    } else if (one.kind === 'wait') shop.clock.advance(one.days * DAY_MS);
    else if (one.kind === 'merge') {
      if (isMerged) continue;
      await mergeCustomers(ctx, {
        survivor: emails.ann,
        merged: emails.old,
        reason: '',
        key: newId(),
      });
      unite(saidBy(idOf('ann')), saidBy(ids.get('old') ?? ''));
      isMerged = true;
    } else {
      const email = emails[isMerged ? 'ann' : one.who];
      const customerId = idOf(one.who);
      await say(ctx, one, { customerId, email, said: saidBy(customerId), today: today() });
    }
    if (one.kind === 'wait' || one.kind === 'send')
      await deliverMail(ctx, { sleep: async (ms) => shop.clock.advance(ms) });
    for (; seen < fake.accepted.length; seen += 1) {
      const taken = fake.accepted[seen];
      const of = sent.get(taken?.key ?? '');
      expect(of).toBeDefined();
      if (of !== undefined && taken !== undefined)
        receive(saidBy(of.customerId), { topic: of.topic, at: taken.at });
    }
  }
  expect(new Set(fake.accepted.map(({ key }) => key)).size).toBe(fake.accepted.length);
  return fake.accepted.length;
}

type Saying = Exclude<Act, { kind: 'send' | 'wait' | 'merge' }>;

async function say(
  ctx: Context,
  act: Saying,
  { customerId, email, said, today }: { customerId: string; email: string; said: Told; today: string },
) {
  const own: Context = { ...ctx, actor: { kind: 'customer', id: customerId } };
  const wish = (topic: Topic, more: object) =>
    setPreferences(own, { customerId, wishes: [{ topic, channel: 'mail', isOn: true, ...more }] });
  const forget = (topic: Topic) => {
    said.off.delete(topic);
    said.monthMax.delete(topic);
    said.pausedUntil.delete(topic);
  };
  switch (act.kind) {
    case 'wish':
      await wish(act.topic, { isOn: act.isOn, monthMax: act.monthMax });
      forget(act.topic);
      if (!act.isOn) said.off.add(act.topic);
      if (act.monthMax !== null) said.monthMax.set(act.topic, act.monthMax);
      return;
    case 'unsubscribe':
      await unsubscribe(ctx, {
        token: unsubscribeTokenOf(ctx.config.secret, {
          ...{ customerId, email },
          topic: act.topic,
        }),
        ...{ isOn: false, source: 'one_click' },
      });
      forget(act.topic);
      said.off.add(act.topic);
      return;
    case 'pause': {
      const until = addDays(today, act.days);
      if (act.topic === null) await setPreferences(own, { customerId, pausedUntil: until });
      else {
        await wish(act.topic, { pausedUntil: until });
        forget(act.topic);
      }
      said.pausedUntil.set(act.topic ?? 'all', until);
      return;
    }
    default:
      await setPreferences(own, { customerId, weekMax: act.weekMax });
      said.weekMax = act.weekMax;
  }
}

/** What either did not want, the whole does not; what either got, the whole has got. */
function unite(one: Told, other: Told): void {
  for (const topic of other.off) one.off.add(topic);
  for (const [topic, most] of other.monthMax)
    one.monthMax.set(topic, Math.min(most, one.monthMax.get(topic) ?? most));
  for (const [topic, until] of other.pausedUntil)
    if (until > (one.pausedUntil.get(topic) ?? '')) one.pausedUntil.set(topic, until);
  if (other.weekMax !== null) one.weekMax = Math.min(other.weekMax, one.weekMax ?? other.weekMax);
  one.got.push(...other.got);
}

function receive(said: Told, { topic, at }: { topic: Topic; at: number }): void {
  const day = new Date(at).toISOString().slice(0, 10);
  const since = (count: number) => said.got.filter((one) => one.at > at - count * DAY_MS);
  expect(said.off).not.toContain(topic);
  for (const what of [topic, 'all'] as const) expect(day >= (said.pausedUntil.get(what) ?? '')).toBe(true);
  expect(since(7).length).toBeLessThan(said.weekMax ?? 2);
  const most = said.monthMax.get(topic);
  if (most !== undefined) expect(since(30).filter((one) => one.topic === topic).length).toBeLessThan(most);
  said.got.push({ topic, at });
}
