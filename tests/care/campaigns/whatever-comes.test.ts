import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { campaignKinds } from '../../../functions/care/campaigns/content/content.ts';
import { createCampaign } from '../../../functions/care/campaigns/edit-campaign.ts';
import { scheduleCampaign, stopCampaign } from '../../../functions/care/campaigns/schedule-campaign.ts';
import { workCampaigns } from '../../../functions/care/campaigns/sending/work-campaigns.ts';
import { addMember } from '../../../functions/circle/club/add-member.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { setPreferences } from '../../../functions/people/preferences/set-preferences.ts';
import { unsubscribeTokenOf } from '../../../functions/people/preferences/tokens.ts';
import { unsubscribe } from '../../../functions/people/preferences/unsubscribe.ts';
import { DAY_MS } from '../../support/shop.ts';
import { keepAsTemplate, openResettable } from '../../support/test-store.ts';
import { aCampaign, agreeToNews, type CampaignHouse, openCampaignHouse } from './house.ts';

const isSoak = process.env.SOAK === '1';
const RUNS = isSoak ? 5000 : 200;

/** What the policy says where nobody chose. */
const WEEK_STANDARD = 2;

const names = ['ann', 'bob', 'old'] as const;
const who = fc.constantFrom(...names);
const act = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('campaign' as const),
      is: fc.constantFrom(...campaignKinds),
      percent: fc.constantFrom(0, 0, 20, 50),
      /** Drawn now, mailed whenever the next `deliver` comes. */
      isHeldUp: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('deliver' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), days: fc.constantFrom(1, 3, 8) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('news' as const), who, isOn: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unsubscribe' as const), who }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pause' as const), who, days: fc.integer({ min: 1, max: 9 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('limit' as const), who, weekMax: fc.constantFrom(0, 1, 5) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('offers' as const),
      who,
      offers: fc.constantFrom(true, false, null),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stop' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('club' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('merge' as const) }) },
);
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

/** What somebody said last, in the test's own words. */
interface Said {
  agrees: boolean;
  pausedUntil: number;
  /** Null while they said nothing: as the business begins. */
  weekMax: number | null;
  isPremium: boolean;
  offers: boolean | null;
  got: { campaign: string; at: number; isUnasked: boolean }[];
}

test(`${RUNS} times, whatever is sent, wished, stopped and merged, nobody gets what they do not want, or twice`, async () => {
  let mails = 0;
  const { template, ids } = await prepare();
  const { store, reset, remove } = await openResettable(template);
  onTestFinished(remove);
  const property = fc.asyncProperty(fc.array(act, { minLength: 20, maxLength: 50 }), async (acts) => {
    reset();
    const house = await openCampaignHouse(store);
    try {
      mails += await live(house, ids, acts);
    } finally {
      house.close();
    }
  });
  await fc.assert(property, { numRuns: RUNS });
  expect(mails).toBeGreaterThan(RUNS / 2);
}, 7_200_000);

/** A shop with its customers, to be lived in again and again. */
async function prepare(): Promise<{ template: string; ids: ReadonlyMap<string, string> }> {
  const { ctx, people, close } = await openCampaignHouse();
  const ids = await people(names);
  await setPolicy(ctx, 'club', 'on');
  close();
  return { template: await keepAsTemplate(ctx.db), ids };
}

async function live(
  house: CampaignHouse,
  ids: ReadonlyMap<string, string>,
  acts: readonly Act[],
): Promise<number> {
  const { ctx, shop, fake, deliver } = house;
  const said = new Map<string, Said>(
    names.map((name) => [
      name,
      { agrees: true, pausedUntil: 0, weekMax: null, isPremium: false, offers: null, got: [] },
    ]),
  );
  const kinds = new Map<string, (typeof campaignKinds)[number]>();
  const stopped = new Set<string>();
  let last = '';
  let isMerged = false;
  let seen = 0;
  const nameNow = (name: string) => (isMerged && name === 'old' ? 'ann' : name);
  const of = (name: string) => said.get(nameNow(name)) ?? raise(name);
  const idOf = (name: string) => ids.get(nameNow(name)) ?? '';
  for (const one of acts) {
    shop.clock.advance(1000);
    switch (one.kind) {
      case 'campaign': {
        const { id, actSeq: seq } = await createCampaign(
          ctx,
          aCampaign({ kind: one.is, controlPercent: one.percent, subject: { en: `Campaign ${kinds.size}` } }),
        );
        kinds.set(`Campaign ${kinds.size}`, one.is);
        await scheduleCampaign(ctx, { id, seq, at: null });
        await workCampaigns(ctx);
        last = id;
        if (!one.isHeldUp) await deliver();
        break;
      }
      case 'deliver':
        await workCampaigns(ctx);
        await deliver();
        break;
      case 'wait':
        shop.clock.advance(one.days * DAY_MS);
        break;
      case 'news':
        await agreeToNews(ctx, idOf(one.who), one.isOn);
        of(one.who).agrees = one.isOn;
        break;
      case 'unsubscribe': {
        const email = `${nameNow(one.who)}@example.com`;
        await unsubscribe(ctx, {
          ...{ isOn: false, source: 'one_click' },
          token: unsubscribeTokenOf(ctx.config.secret, { customerId: idOf(one.who), email, topic: 'news' }),
        });
        of(one.who).agrees = false;
        break;
      }
      case 'pause': {
        const until = new Date(shop.clock.now() + one.days * DAY_MS).toISOString().slice(0, 10);
        await setPreferences(
          { ...ctx, actor: { kind: 'customer', id: idOf(one.who) } },
          { customerId: idOf(one.who), pausedUntil: until },
        );
        of(one.who).pausedUntil = Date.parse(until);
        break;
      }
      case 'limit':
        await setPreferences(
          { ...ctx, actor: { kind: 'customer', id: idOf(one.who) } },
          { customerId: idOf(one.who), weekMax: one.weekMax },
        );
        of(one.who).weekMax = one.weekMax;
        break;
      case 'offers':
        await setPreferences(
          { ...ctx, actor: { kind: 'customer', id: idOf(one.who) } },
          { customerId: idOf(one.who), offers: one.offers },
        );
        of(one.who).offers = one.offers;
        break;
      case 'stop': {
        if (last === '') break;
        const row = await ctx.db.read({ sql: 'SELECT state FROM campaigns WHERE id = ?', args: [last] });
        if (row[0]?.[0] === 'sending') {
          await stopCampaign(ctx, { id: last });
          stopped.add(`Campaign ${kinds.size - 1}`);
        }
        break;
      }
      case 'club':
        if (of('bob').isPremium) break;
        await addMember(ctx, { email: 'bob@example.com', accountId: null, since: null });
        of('bob').isPremium = true;
        break;
      case 'merge': {
        if (isMerged) break;
        await mergeCustomers(ctx, {
          survivor: 'ann@example.com',
          merged: 'old@example.com',
          reason: '',
          key: newId(),
        });
        const [ann, old] = [of('ann'), of('old')];
        ann.pausedUntil = Math.max(ann.pausedUntil, old.pausedUntil);
        if (old.weekMax !== null) ann.weekMax = Math.min(old.weekMax, ann.weekMax ?? old.weekMax);
        ann.offers = [ann.offers, old.offers].includes(false) ? false : (ann.offers ?? old.offers);
        ann.got.push(...old.got);
        const [row] = await ctx.db.read({
          sql: "SELECT is_given FROM consents WHERE customer_id = ? AND kind = 'news' ORDER BY id DESC LIMIT 1",
          args: [ids.get('ann') ?? ''],
        });
        ann.agrees = Number(row?.[0]) === 1;
        isMerged = true;
        break;
      }
    }
    look();
  }
  return seen;

  /** Holds each mail that came since to what its reader said by then. */
  function look() {
    for (const { body, at } of fake.accepted.splice(0)) {
      const subject = String(body.subject);
      if (!kinds.has(subject)) continue;
      const reader = of(String([body.to].flat()[0]).split('@')[0] ?? '');
      const kind = kinds.get(subject);
      expect(reader.got.map(({ campaign }) => campaign)).not.toContain(subject);
      expect([...stopped]).not.toContain(subject);
      if (kind !== 'service') {
        expect(reader.agrees).toBe(true);
        expect(at).toBeGreaterThanOrEqual(reader.pausedUntil);
        const week = reader.got.filter((one) => one.isUnasked && one.at > at - 7 * DAY_MS);
        expect(week.length).toBeLessThan(reader.weekMax ?? WEEK_STANDARD);
      }
      if (kind === 'sales') expect(reader.offers ?? !reader.isPremium).toBe(true);
      reader.got.push({ campaign: subject, at, isUnasked: kind !== 'service' });
      seen += 1;
    }
  }
}

function raise(name: string): never {
  throw new Error(`there is no ${name}`);
}
