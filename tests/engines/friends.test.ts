import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noSqld } from '../support/sqld.ts';
import { signIn } from './behaviour.ts';
import { type Browser, openBrowser } from './browser.ts';
import { type EngineName, type House, openHouse, send } from './house.ts';
import { deliveredOrder, halfBack } from './orders.ts';

const DEVICE = 'regulars_device';
/** The referrer's own mailbox in other words, and whether the door takes them at all. */
const sameMailbox: [email: string, isTaken: boolean][] = [
  ['pat+tea@bücher.example', true],
  ['Pat@XN--BCHER-KVA.example', true],
  ['pat+2@ｂücher.example', true],
  ['pat@bücher.example.', false],
  ['pat@bücher。example', false],
  ['p\u200bat@bücher.example', false],
];

describe.each([
  ['Node with a file', null],
  ['Node with sqld', noSqld],
] satisfies [EngineName, string | null][])('recommending to oneself, %s', (name, skipped) => {
  let house: House;
  let key: string;
  let code: string;
  let referrer: Browser;
  beforeAll(async () => {
    if (skipped !== null) return;
    house = await openHouse(name);
    const rules = halfBack.rules.filter(({ settleAfterDays }) => settleAfterDays === 0);
    await house.setProgramme({ ...halfBack, rules });
    await house.regulars('settings', 'set', 'referral', 'on');
    key = await house.newKey('customers:write', 'orders:write');
    referrer = openBrowser(house.origin);
    await signIn(house, referrer, 'pat@bücher.example');
    code = /\/r\/([A-Z0-9-]+)/.exec((await referrer.get('/account/friends')).text)?.[1] ?? '';
  }, 60_000);
  afterAll(() => house?.close());

  /** Says the code and orders; the referral's id where the address is taken. */
  const recommend = async (email: string, tag: string): Promise<{ status: number; id: string | null }> => {
    const post = (path: string, body: unknown) =>
      send(house.origin, { method: 'POST', path, body, key, idempotencyKey: `${path}-${tag}` });
    const told = await post('/referrals', { code, customer: { email } });
    if (told.status !== 201) return { status: told.status, id: null };
    const placedAt = new Date().toISOString();
    await post('/orders', { ...deliveredOrder(`friend-${tag}`, 5000), customer: { email }, placedAt });
    return { status: told.status, id: told.json.id };
  };
  /** Where a referral stands, and what was found about it. */
  const standingOf = async (id: string | null) => {
    const states = await house.look(`SELECT state FROM referrals WHERE id = '${id}'`);
    const found = await house.look(
      `SELECT code FROM referral_steps WHERE referral_id = '${id}' AND kind = 'found' ORDER BY seq`,
    );
    return [...states.flat(), ...found.flat()];
  };

  test.skipIf(skipped !== null)(
    'six friends who are one’s own mailbox are refused or held, each of them',
    async () => {
      const told = [];
      for (const [index, [email, isTaken]] of sameMailbox.entries())
        told.push({ email, isTaken, ...(await recommend(email, `same-${index}`)) });
      const other = await recommend('ben@elsewhere.example', 'other');
      await house.runJobs();
      for (const { email, isTaken, status, id } of told) {
        expect([email, status]).toEqual([email, isTaken ? 201 : 422]);
        expect([email, (await standingOf(id)).slice(0, 2)]).toEqual([
          email,
          isTaken ? ['held', 'same_person'] : [],
        ]);
      }
      expect(await standingOf(other.id)).toEqual(['rewarded']);
    },
  );

  test.skipIf(skipped !== null)(
    'a browser that both sign in from is known for half a year, by a cookie of its own',
    async () => {
      const device = referrer.cookie(DEVICE) ?? '';
      expect(device).toMatch(/^[\w-]{20,}$/);
      const later = openBrowser(house.origin, { [DEVICE]: device });
      await signIn(house, later, 'flatmate@elsewhere.example');
      expect(later.cookie(DEVICE)).toBe(device);
      const { id } = await recommend('flatmate@elsewhere.example', 'flatmate');
      await house.runJobs();
      expect(await standingOf(id)).toEqual(expect.arrayContaining(['held', 'same_device']));
    },
  );
});
