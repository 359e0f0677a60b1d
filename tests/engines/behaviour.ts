import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pause } from '../support/process.ts';
import { receivingSettings } from '../support/tell-received.ts';
import { describeAdvice } from './advice.ts';
import { describeBadInput } from './bad-input.ts';
import { type Browser, openBrowser } from './browser.ts';
import { describeCampaigns } from './campaigns.ts';
import { describeCauseReturns } from './cause-returns.ts';
import { describeClubStanding } from './club-standing.ts';
import { describeContacts } from './contacts.ts';
import { describeDoors } from './doors.ts';
import { describeDrops } from './drops.ts';
import { describeGuests } from './guests.ts';
import { describeHardening } from './hardening.ts';
import { describeHits } from './hits.ts';
import { type Answer, type EngineName, expectRefusal, type House, openHouse, send } from './house.ts';
import { describeIdentity } from './identity.ts';
import { describeManagerDay } from './manager-day.ts';
import { describeManagers } from './managers.ts';
import { describeMerging } from './merging.ts';
import { describeMoments } from './moments.ts';
import { describeOccasions } from './occasions.ts';
import { describeOrderAddresses } from './order-addresses.ts';
import { deliveredOrder, euros, halfBack, hoursLater, type OrderBody } from './orders.ts';
import { describePapers } from './papers.ts';
import { describePasskeys } from './passkeys.ts';
import { describeReturns } from './returns.ts';
import { describeSales } from './sales.ts';
import { describeSlowForms } from './slow-forms.ts';
import { describeStandards } from './standards.ts';
import { describeTextBrowsers } from './text-browsers.ts';
import { describeTones } from './tones.ts';

const isSoak = process.env.SOAK === '1';
const DAY_MS = 86_400_000;

/** What the product does, seen from outside; every engine has to do the same. */
export function describeBehaviour(name: EngineName, skipped: string | null): void {
  describe.skipIf(skipped !== null)(skipped === null ? name : `${name} (${skipped})`, () => {
    let house: House;
    beforeAll(async () => {
      house = await openHouse(name, receivingSettings);
      await house.setProgramme(halfBack);
    });
    afterAll(() => house?.close());
    const open = () => house;
    describeService(open);
    describeOrders(open);
    describeSales(open, signIn);
    describeDoors(open);
    describePasskeys(open, signIn);
    describeRewards(open);
    describeReturns(open, signIn);
    describeRedemptions(open, racesOn(name));
    describeIdempotency(open);
    describeCustomers(open);
    describeContacts(open);
    describeMerging(open);
    describeBadInput(open);
    describeDrops(name, open);
    describeGuests(open, { signIn, mailTo });
    describeHardening(name, open);
    describeSignIn(open);
    describeTextBrowsers(open);
    describeSlowForms(open, signIn);
    describeOrderAddresses(open, signIn);
    describePapers(open, signIn);
    describeIdentity(open, signIn);
    describeManagers(open, signIn);
    describeManagerDay(open, signIn);
    describeCauseReturns(open, signIn);
    describeOccasions(open, signIn);
    describeClubStanding(open);
    describeStandards(open);
    describeMoments(open, signIn);
    describeTones(open, signIn);
    describeCampaigns(open);
    describeAdvice(open, signIn);
    describeHits(open, signIn);
    describeProof(name, open);
  });
}

function describeService(open: () => House): void {
  test('says that it is up and ready', async () => {
    for (const path of ['/healthz', '/readyz']) {
      const response = await fetch(`${open().origin}${path}`);
      expect([path, response.status]).toEqual([path, 200]);
    }
  });

  test('asks for a key, and for one that may', async () => {
    const { origin, newKey } = open();
    const asked = { method: 'GET', path: '/customers?email=ann@example.com' };
    expectRefusal(await send(origin, { ...asked, key: '' }), 401, 'unauthenticated');
    expectRefusal(await send(origin, { ...asked, key: 'reg_wrong' }), 401, 'unauthenticated');
    const key = await newKey('orders:write');
    expectRefusal(await send(origin, { ...asked, key }), 403, 'scope_missing');
  });

  test('shows its API', async () => {
    const response = await fetch(`${open().origin}/api/v1/openapi.json`);
    expect(Object.keys(await response.json())).toContain('paths');
  });
}

function describeOrders(open: () => House): void {
  test('records an order once, completes it, and refuses another one of its name', async () => {
    const { api } = open();
    const order = { ...deliveredOrder('complete', 4200), status: 'placed' };
    const created = await api('POST', '/orders', order);
    expect([created.status, created.json.status]).toEqual([201, 'placed']);
    expect((await api('POST', '/orders', order)).status).toBe(200);
    const completed = await api('POST', '/orders', { ...order, shipping: euros(390) });
    expect([completed.status, completed.json.shipping]).toEqual([200, euros(390)]);
    const other = { ...order, lines: [{ id: '1', total: euros(4300) }] };
    expectRefusal(await api('POST', '/orders', other), 409, 'order_contradicts');
    const stranger = { ...order, customer: { email: 'stranger@example.com' } };
    expectRefusal(await api('POST', '/orders', stranger), 409, 'order_of_another_account');
    const kept = await api('GET', `/orders/${order.source}/${order.number}`);
    expect([kept.status, kept.json]).toEqual([200, completed.json]);
    expectRefusal(await api('GET', '/orders/till/none'), 404, 'not_found');
  });

  test('takes events late, twice and out of order', async () => {
    const { api } = open();
    const order = { ...deliveredOrder('events', 2000), status: 'placed' };
    await api('POST', '/orders', order);
    const path = `/orders/${order.source}/${order.number}/events`;
    const tell = (id: string, status: string, hour: number) =>
      api('POST', path, {
        id,
        source: 'dhl',
        status,
        at: hoursLater(order.placedAt, hour),
      });
    expect((await tell('e3', 'delivered', 30)).status).toBe(201);
    const late = await tell('e2', 'shipped', 10);
    expect([late.status, late.json.status]).toEqual([201, 'delivered']);
    const twice = await tell('e2', 'shipped', 10);
    expect([twice.status, twice.json.events.length]).toEqual([200, 3]);
    expect(twice.json.rewards.earned).toEqual(euros(1000));
  });

  test('leaves out what is on hold, counts it again when it is released, and takes back what is cancelled', async () => {
    const { api } = open();
    const order = deliveredOrder('hold', 3000);
    expect((await api('POST', '/orders', order)).json.rewards.earned).toEqual(euros(1500));
    const path = `/orders/${order.source}/${order.number}/events`;
    const tell = async (status: string, hour: number) => {
      const at = hoursLater(order.placedAt, hour);
      return (await api('POST', path, { id: status, source: 'shop', status, at })).json;
    };
    expect((await tell('on_hold', 1)).rewards.earned).toEqual(euros(0));
    expect((await tell('released', 2)).rewards.earned).toEqual(euros(1500));
    const cancelled = await tell('cancelled', 3);
    expect([cancelled.status, cancelled.rewards.earned]).toEqual(['cancelled', euros(0)]);
    expect(cancelled.rewards.lines).toEqual([{ line: '1', counted: euros(0), reason: 'cancelled' }]);
    const balance = await api('GET', `/customers/${cancelled.customerId}/balance`);
    expect(balance.json).toMatchObject({ available: euros(0), debt: euros(0), spend: euros(0) });
  });

  test('refunds a line in parts, never beyond its price', async () => {
    const { api } = open();
    const order = deliveredOrder('refund', 5000);
    const { json } = await api('POST', '/orders', order);
    const path = `/orders/${order.source}/${order.number}/refunds`;
    const refund = (id: string, amount: number) =>
      api('POST', path, {
        id,
        at: hoursLater(order.placedAt, 24),
        lines: [{ line: '1', amount: euros(amount) }],
      });
    const part = await refund('r1', 2500);
    expect([part.status, part.json.status, part.json.refunded]).toEqual([
      201,
      'partly_refunded',
      euros(2500),
    ]);
    expect((await refund('r1', 2500)).status).toBe(200);
    expectRefusal(await refund('r2', 2501), 409, 'refund_exceeds_line');
    const whole = await refund('r3', 2500);
    expect([whole.status, whole.json.status]).toEqual([201, 'refunded']);
    const ledger = await api('GET', `/customers/${json.customerId}/ledger`);
    const sums = ledger.json.items.map((entry: { amount: { amount: number } }) => entry.amount.amount);
    expect(sums).toEqual([-1000, -1500, 2500]);
  });

  test('records a company with its departments as one account', async () => {
    const { api } = open();
    const paris = { ...deliveredOrder('paris', 1500), account: 'ACME', department: 'Paris' };
    const lviv = { ...deliveredOrder('lviv', 1500), account: 'ACME', department: 'Lviv' };
    const first = await api('POST', '/orders', paris);
    const second = await api('POST', '/orders', lviv);
    expect(second.json.accountId).toBe(first.json.accountId);
    const balance = await api(
      'GET',
      `/customers/${second.json.customerId}/balance?account=${first.json.accountId}`,
    );
    expect(balance.json).toMatchObject({ spend: euros(3000), available: euros(1500) });
  });
}

function describeRewards(open: () => House): void {
  test('earns with delivery, is pending before', async () => {
    const { api } = open();
    const order = { ...deliveredOrder('pending', 2500), status: 'placed' };
    const { json } = await api('POST', '/orders', order);
    expect(json.rewards).toMatchObject({ earned: euros(0), pending: euros(1000) });
    const balance = await api('GET', `/customers/${json.customerId}/balance`);
    expect(balance.json).toMatchObject({ available: euros(0), pending: euros(1000) });
    const [progress] = balance.json.progress;
    expect(progress).toMatchObject({
      rule: 'half',
      spend: euros(2500),
      nextTarget: euros(3000),
      missing: euros(500),
    });
  });

  test('settles by itself when the waiting days are over', async () => {
    const { api, runJobs } = open();
    const { json, settlesAt } = await orderThatWaits(1500);
    expect(json.rewards).toMatchObject({ earned: euros(25_000), pending: euros(700) });
    await pause(settlesAt + 100 - Date.now());
    await runJobs();
    const ledger = await api('GET', `/customers/${json.customerId}/ledger`);
    const [newest] = ledger.json.items;
    expect(newest).toMatchObject({ kind: 'earn', amount: euros(700), rule: 'patient' });
    expect(
      newest.explanation.reduce(
        (sum: number, line: { amount: { amount: number } }) => sum + line.amount.amount,
        0,
      ),
    ).toBe(700);

    /** Waits for so much longer than it takes to record it, however slow the machine is. */
    async function orderThatWaits(ms: number): Promise<{ json: Answer['json']; settlesAt: number }> {
      const settlesAt = Date.now() + ms;
      const order = { ...deliveredOrder(`waiting-${ms}`, 50_000), source: 'slow' };
      const placedAt = new Date(settlesAt - 14 * DAY_MS).toISOString();
      const { json } = await api('POST', '/orders', { ...order, placedAt });
      return Date.now() < settlesAt ? { json, settlesAt } : orderThatWaits(2 * ms);
    }
  });
}

/** A database server takes twenty times as long for one as a file; their number is for what meets by chance. */
function racesOn(name: EngineName): number {
  if (isSoak) return 100;
  return name === 'Node with a file' ? 10 : 3;
}

function describeRedemptions(open: () => House, races: number): void {
  test('spends at the till and takes it back once', async () => {
    const { api } = open();
    const { json: order } = await api('POST', '/orders', deliveredOrder('till', 4000));
    const spent = await api('POST', '/redemptions', redemption(order.customerId, 500));
    expect([spent.status, spent.json.balance.available]).toEqual([201, euros(1500)]);
    expectRefusal(
      await api('POST', '/redemptions', redemption(order.customerId, 1501)),
      409,
      'insufficient_balance',
    );
    const path = `/redemptions/${spent.json.id}/reversal`;
    const back = await api('POST', path, { reason: 'wrong person' });
    expect([back.status, back.json.balance.available]).toEqual([201, euros(2000)]);
    expectRefusal(await api('POST', path, {}), 409, 'already_reversed');
    expectRefusal(await api('POST', '/redemptions/none/reversal', {}), 404, 'not_found');
  });

  test('turns balance into a voucher that pays once', async () => {
    const { api } = open();
    const { json: order } = await api('POST', '/orders', deliveredOrder('voucher', 4000));
    const bought = await api('POST', '/redemptions', {
      ...redemption(order.customerId, 1000),
      kind: 'voucher',
    });
    const { code } = bought.json.voucher;
    expect((await api('GET', `/vouchers/${code}`)).json).toMatchObject({
      state: 'open',
      amount: euros(1000),
    });
    const use = { order: { source: 'till', number: 'later' }, amount: euros(900) };
    const used = await api('POST', `/vouchers/${code}/use`, use);
    expect([used.status, used.json.state]).toEqual([201, 'used']);
    expectRefusal(await api('POST', `/vouchers/${code}/use`, use), 409, 'voucher_used');
    expectRefusal(await api('POST', `/redemptions/${bought.json.id}/reversal`, {}), 409, 'voucher_used');
    expectRefusal(await api('GET', '/vouchers/NONE-NONE-NONE'), 404, 'not_found');
  });

  test('what a return takes beyond the balance is a debt, settled from the next earning', async () => {
    const { api } = open();
    const order = deliveredOrder('debt', 4000);
    const { json } = await api('POST', '/orders', order);
    await api('POST', '/redemptions', redemption(json.customerId, 2000));
    const at = hoursLater(order.placedAt, 24);
    const refund = { id: 'r1', at, lines: [{ line: '1', amount: euros(4000) }] };
    await api('POST', `/orders/${order.source}/${order.number}/refunds`, refund);
    const owing = await api('GET', `/customers/${json.customerId}/balance`);
    expect(owing.json).toMatchObject({ available: euros(0), debt: euros(2000) });
    await api('POST', '/orders', {
      ...order,
      number: `${order.number}-2`,
      lines: [{ id: '1', total: euros(5000) }],
    });
    const settled = await api('GET', `/customers/${json.customerId}/balance`);
    expect(settled.json).toMatchObject({ available: euros(500), debt: euros(0) });
  });

  test(`of 50 redemptions of 3.00 at once from 100.00, 33 succeed and 17 are refused, ${races} times`, async () => {
    const { api, look } = open();
    for (let race = 1; race <= races; race += 1) {
      const { json: order } = await api('POST', '/orders', deliveredOrder(`race-${race}`, 20_000));
      const asked = Array.from({ length: 50 }, () =>
        api('POST', '/redemptions', redemption(order.customerId, 300)),
      );
      const answers = await Promise.all(asked);
      const told = Object.entries(
        Object.groupBy(answers, ({ status, json }) => `${status} ${json.code ?? 'ok'}`),
      );
      const counts = Object.fromEntries(told.map(([what, of]) => [what, of?.length]));
      expect(counts).toEqual({ '201 ok': 33, '409 insufficient_balance': 17 });
      const { json: balance } = await api('GET', `/customers/${order.customerId}/balance`);
      expect(balance.available).toEqual(euros(100));
      const [row] = await look(
        `SELECT count(*), sum(amount_minor) FROM redemptions WHERE account_id = '${order.accountId}'`,
      );
      expect(row).toEqual(['33', '9900']);
    }
  });
}

function describeIdempotency(open: () => House): void {
  test('answers a repeated request as before, and refuses another one under its key', async () => {
    const { api, origin, newKey } = open();
    const order = deliveredOrder('replay', 1000);
    const first = await api('POST', '/orders', order, 'replay');
    const again = await api('POST', '/orders', order, 'replay');
    expect([again.status, again.text]).toEqual([first.status, first.text]);
    expect(again.headers.get('Idempotency-Replayed')).toBe('true');
    const other = { ...order, number: `${order.number}-other` };
    expectRefusal(await api('POST', '/orders', other, 'replay'), 422, 'idempotency_key_reused');
    const key = await newKey('orders:write');
    const keyless = await send(origin, { method: 'POST', path: '/orders', body: other, key });
    expectRefusal(keyless, 400, 'idempotency_key_missing');
    expectRefusal(await api('GET', `/orders/${other.source}/${other.number}`), 404, 'not_found');
  });

  test('keeps a refusal, too', async () => {
    const { api } = open();
    const { json: order } = await api('POST', '/orders', deliveredOrder('kept-refusal', 1000));
    const asked = redemption(order.customerId, 600);
    expectRefusal(await api('POST', '/redemptions', asked, 'kept-refusal'), 409, 'insufficient_balance');
    await api('POST', '/orders', deliveredOrder('kept-refusal', 9000, '-2'));
    expectRefusal(await api('POST', '/redemptions', asked, 'kept-refusal'), 409, 'insufficient_balance');
  });

  test('the same key twenty times at once: one effect, one answer', async () => {
    const { api } = open();
    const order = deliveredOrder('twenty', 20_000);
    const orders = await Promise.all(
      Array.from({ length: 20 }, () => api('POST', '/orders', order, 'twenty')),
    );
    expect(new Set(orders.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    const asked = redemption(orders[0]?.json.customerId, 500);
    const spent = await Promise.all(
      Array.from({ length: 20 }, () => api('POST', '/redemptions', asked, 'twenty-2')),
    );
    expect(new Set(spent.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(spent[0]?.json.balance.available).toEqual(euros(9500));
  });
}

function describeCustomers(open: () => House): void {
  test('finds a customer with orders, balance and a ledger that explains itself', async () => {
    const { api } = open();
    const order = deliveredOrder('found', 12_300);
    await api('POST', '/orders', order);
    const found = await api('GET', `/customers?email=${order.customer.email.toUpperCase()}`);
    expect(found.json).toMatchObject({
      items: [{ email: order.customer.email, claimed: false }],
      nextCursor: null,
    });
    const [customer] = found.json.items;
    expect((await api('GET', `/customers/${customer.id}`)).json).toEqual(customer);
    const orders = await api('GET', `/customers/${customer.id}/orders`);
    expect(orders.json.items.map(({ number }: OrderBody) => number)).toEqual([order.number]);
    const ledger = await api('GET', `/customers/${customer.id}/ledger`);
    expect(ledger.json.items).toMatchObject([
      { kind: 'earn', amount: euros(6000), order: { number: order.number } },
    ]);
    expect(ledger.json.items[0].explanation).toMatchObject([{ amount: euros(6000) }]);
    expect((await api('GET', '/customers?email=nobody@example.com')).json.items).toEqual([]);
    expectRefusal(await api('GET', '/customers/none/balance'), 404, 'not_found');
  });

  test('wants to know which account, when there are several', async () => {
    const { api } = open();
    const own = deliveredOrder('several', 1000);
    const { json } = await api('POST', '/orders', own);
    await api('POST', '/orders', { ...own, number: `${own.number}-2`, account: 'Several & Co' });
    expectRefusal(await api('GET', `/customers/${json.customerId}/balance`), 409, 'account_required');
    const named = await api('GET', `/customers/${json.customerId}/balance?account=${json.accountId}`);
    expect(named.json.available).toEqual(euros(500));
    const { json: stranger } = await api('POST', '/orders', deliveredOrder('stranger', 1000));
    const foreign = await api('GET', `/customers/${json.customerId}/balance?account=${stranger.accountId}`);
    expectRefusal(foreign, 404, 'not_found');
  });
}

function describeSignIn(open: () => House): void {
  test('lets a customer in by the code of a mail, shows their rewards, and out again', async () => {
    const house = open();
    const order = deliveredOrder('signs-in', 12_300);
    await house.api('POST', '/orders', order);
    const browser = openBrowser(house.origin);
    expect((await browser.get('/account')).location).toContain('/sign-in');
    await signIn(house, browser, order.customer.email);
    const account = await browser.get('/account');
    expect([account.status, account.text.includes('60.00')]).toEqual([200, true]);
    expect(account.text).toContain(order.number);
    const now = { status: 'placed', placedAt: new Date().toISOString() };
    await house.api('POST', '/orders', { ...deliveredOrder('signs-in', 2000, '-2'), ...now });
    await house.runJobs();
    await mailTo(house, order.customer.email, /order/i);
    await browser.post('/sign-out', {});
    expect((await browser.get('/account')).location).toContain('/sign-in');
  });

  test('leads on to the page that was asked for, by the link in the mail, too', async () => {
    const house = open();
    const browser = openBrowser(house.origin);
    await signIn(house, browser, 'leads-on@example.com');
    await browser.post('/sign-out', {});
    const goal = '/account/rewards?of=all';
    const before = house.mail.accepted.length;
    const asked = (await browser.get(goal)).location ?? '';
    expect((await browser.post(asked, { email: 'leads-on@example.com' })).status).toBe(303);
    const mail = await mailTo(house, 'leads-on@example.com', /\d{6}/, before);
    const link = /\S+\/sign-in\/link\?token=\S+/.exec(String(mail.text))?.[0] ?? '';
    const { pathname, search } = new URL(link);
    expect((await browser.get(pathname + search)).location).toBe('/sign-in/link');
    expect(await browser.post('/sign-in/link', {})).toMatchObject({ status: 303, location: goal });
    expect(browser.cookie('regulars_next')).toBeUndefined();
  });

  test('does not let anybody in by a wrong code, and answers for unknown addresses as for known ones', async () => {
    const house = open();
    const browser = openBrowser(house.origin);
    const asked = await browser.post('/sign-in', { email: 'unknown@example.com' });
    expect([asked.status, asked.location?.includes('/sign-in/code')]).toEqual([303, true]);
    const tried = await browser.post(asked.location ?? '', { code: '000000' });
    expect([tried.status, tried.location]).toEqual([422, null]);
    expect((await browser.get('/account')).location).toContain('/sign-in');
  });
}

export async function signIn(house: House, browser: Browser, email: string): Promise<void> {
  // All of them come from one address, which may ask for so many codes only.
  await house.look('DELETE FROM rate_limits');
  const asked = await browser.post('/sign-in', { email });
  expect([asked.status, asked.location?.includes('/sign-in/code')], asked.text).toEqual([303, true]);
  const mail = await mailTo(house, email, /\d{6}/);
  const code = /\d{6}/.exec(String(mail.subject))?.[0] ?? '';
  const entered = await browser.post(asked.location ?? '', { code });
  expect([entered.status, entered.location], entered.text).toEqual([303, '/join/name']);
  const lastStep = await browser.get('/join/name');
  const terms = /name="terms" value="([^"]+)"/.exec(lastStep.text)?.[1] ?? '';
  const joined = await browser.post('/join/name', { name: 'Ann', terms });
  expect([joined.status, joined.location], joined.text).toEqual([303, '/account']);
}

/** Waits until a mail was taken by the provider; it goes out by itself, behind the answer. */
async function mailTo(
  { mail }: House,
  email: string,
  subject: RegExp,
  since = 0,
): Promise<Record<string, unknown>> {
  const deadline = performance.now() + 20_000;
  while (performance.now() < deadline) {
    const found = mail.accepted
      .slice(since)
      .findLast(({ body }) => body.to === email && subject.test(String(body.subject)));
    if (found !== undefined) return found.body;
    await pause(50);
  }
  throw new Error(
    `No mail for ${email} among ${JSON.stringify(mail.accepted.map(({ body }) => body.subject))}`,
  );
}

/** Races and drops leave most of the entries, and are smaller on a database server. */
function entriesOn(name: EngineName): number {
  return isSoak || name === 'Node with a file' ? 300 : 200;
}

function describeProof(name: EngineName, open: () => House): void {
  test('after all that, verify finds nothing and the server did not fail', async () => {
    const { regulars, output, runJobs, look } = open();
    const proof = JSON.parse(await regulars('verify', '--json'));
    expect(proof).toMatchObject({ differences: 0 });
    expect(proof.entries).toBeGreaterThan(entriesOn(name));
    await runJobs();
    await expect
      .poll(() => look('SELECT scope, differences FROM proof_runs WHERE finished_at IS NOT NULL'), {
        timeout: 60_000,
      })
      .toEqual([['all', '0']]);
    // Being too busy for somebody, who then tries again, is a warning and no failure.
    const lines = output()
      .split('\n')
      .filter((line) => !/"level":"warning"/.test(line));
    expect(lines.filter((line) => /failed:|unhandled|uncaught/i.test(line))).toEqual([]);
  });
}

function redemption(customerId: string, amount: number) {
  return { customerId, kind: 'till', amount: euros(amount), reference: 'receipt 5' };
}
