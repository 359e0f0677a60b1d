import { randomUUID } from 'node:crypto';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { demoOrigin } from '../../support/demo-settings.ts';
import { axeFindings, overflowOf } from '../judge.ts';
import { asVisitor, regulars, type Visitor, visitors } from './house.ts';

const pounds = (amount: number) => ({ amount, currency: 'GBP' });

/** Programs of the shop: orders, a voucher that pays one of them. */
function shopApi() {
  const scopes = ['orders:read', 'orders:write', 'redemptions:write'].flatMap((scope) => ['--scope', scope]);
  const key = regulars('keys', 'add', 'returns', ...scopes);
  return async (method: string, path: string, body?: object) => {
    const response = await fetch(`${demoOrigin}/api/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${key}`,
        ...(body && { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    expect([path, response.ok, answer.detail]).toEqual([path, true, undefined]);
    return answer;
  };
}

type Api = ReturnType<typeof shopApi>;

async function orderFor(api: Api, email: string, quantity = 2): Promise<string> {
  const number = `FK-R${randomUUID().slice(0, 8).toUpperCase()}`;
  const placedAt = new Date(Date.now() - 20 * 86_400_000).toISOString();
  const line = {
    id: '1',
    product: 'Iron teapot',
    category: 'Teaware',
    quantity,
    total: pounds(6000 * quantity),
  };
  const order = { source: 'shop', number, placedAt, currency: 'GBP', status: 'delivered' };
  await api('POST', '/orders', { ...order, customer: { email }, lines: [line] });
  return number;
}

async function openAs(browser: Browser, who: Visitor): Promise<Page> {
  return (await browser.newContext(asVisitor(who))).newPage();
}

/** From the order's page to a request; what was told that comes back stands on the way. */
async function ask(
  page: Page,
  { number, count, outcome, tells }: { number: string; count: string; outcome: RegExp; tells: string[] },
): Promise<string> {
  await page.goto(`/account/orders/shop/${number}`);
  await page.getByRole('link', { name: 'Send something back' }).click();
  await page.getByLabel('How many to return').selectOption(count);
  await page.getByRole('button', { name: 'See what I get back' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose why you return it');
  await page.getByLabel('Why').selectOption({ label: 'It does not fit' });
  await page.getByRole('radio', { name: outcome }).check();
  await page.getByRole('button', { name: 'See what I get back' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This is what you get back');
  for (const text of tells) await expect(page.locator('.receipt')).toContainText(text);
  await page.getByRole('button', { name: 'Send the request' }).click();
  await expect(page.getByRole('status')).toContainText('We have your request');
  return /returns\/([0-9A-Z-]+)/.exec(page.url())?.[1] ?? '';
}

/** What the desk does with it, step by step. */
async function decide(desk: Page, reference: string, steps: readonly ((page: Page) => Promise<void>)[]) {
  for (const step of steps) {
    await desk.goto(`/console/returns/${reference}`);
    await step(desk);
    await expect(desk.getByRole('status')).toContainText('The customer is told by email');
  }
}

const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).click();

const refuse = async (page: Page) => {
  await page.getByLabel('Why, as the customer reads it').fill('It was used.');
  await press('Decline')(page);
};

const takeOne = async (page: Page) => {
  await page.getByLabel('Iron teapot: how many taken back').fill('1');
  await press('Settle')(page);
};

test('things go back whole, in part, for something else, not at all, and with what a voucher paid', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const api = shopApi();
  const email = visitors.daniel;
  const [customer, desk] = [await openAs(browser, 'daniel'), await openAs(browser, 'owner')];
  await customer.setViewportSize({ width: 390, height: 844 });
  const state = () => customer.locator('.state.big');

  await test.step('whole, as money, with its rewards', async () => {
    const number = await orderFor(api, email);
    const reference = await ask(customer, {
      ...{ number, count: '2', outcome: /^Money back/ },
      tells: ['£120.00', 'What it does to your rewards', 'Balance afterwards'],
    });
    expect(await axeFindings(customer)).toEqual([]);
    expect(await overflowOf(customer)).toBeLessThanOrEqual(0);
    await desk.goto('/console');
    await expect(desk.getByRole('main')).toContainText('Returns to decide');
    await decide(desk, reference, [press('Approve'), press('It has arrived'), press('Settle')]);
    expect(await axeFindings(desk)).toEqual([]);
    await customer.reload();
    await expect(state()).toHaveText('Done');
    await expect(customer.locator('.receipt')).toContainText('£120.00');
    await customer.goto(`/account/orders/shop/${number}`);
    await expect(state()).toHaveText('Refunded');
  });

  await test.step('in part, as credit with a bonus', async () => {
    const number = await orderFor(api, email);
    const reference = await ask(customer, {
      ...{ number, count: '2', outcome: /^Credit/, tells: ['£126.00', 'Of it the bonus', '£6.00'] },
    });
    await decide(desk, reference, [takeOne]);
    await customer.reload();
    await expect(customer.getByText('1 of 2 taken back')).toBeVisible();
    await expect(customer.locator('.receipt')).toContainText('£63.00');
    await customer.goto('/account/rewards');
    await expect(customer.getByText('a return').first()).toBeVisible();
  });

  await test.step('for something else, which moves nothing', async () => {
    const number = await orderFor(api, email, 1);
    const tells = ['no money moves', 'Your balance stays as it is'];
    const reference = await ask(customer, { number, count: '1', outcome: /^Something else instead/, tells });
    await decide(desk, reference, [press('Approve'), press('Settle')]);
    await customer.reload();
    await expect(state()).toHaveText('Done');
  });

  await test.step('not at all, with the reason, and kept after all', async () => {
    const number = await orderFor(api, email, 1);
    const asked = { number, count: '1', outcome: /^Money back/, tells: [] };
    const reference = await ask(customer, asked);
    await decide(desk, reference, [refuse]);
    await customer.reload();
    await expect(customer.getByText('It was used.')).toBeVisible();
    await ask(customer, asked);
    await customer.getByRole('button', { name: 'I will keep it after all' }).click();
    await expect(customer.getByRole('status')).toContainText('You keep the items');
  });

  await test.step('what a voucher had paid comes back as credit', async () => {
    const number = await orderFor(api, email, 1);
    const { accountId } = await api('GET', `/orders/shop/${number}`);
    const amount = pounds(600);
    const redemption = { accountId, kind: 'voucher', amount };
    const { voucher } = await api('POST', '/redemptions', redemption);
    await api('POST', `/vouchers/${voucher.code}/use`, { order: { source: 'shop', number }, amount });
    const tells = ['Of it paid by voucher or credit', '£54.00', 'comes back as credit, in proportion'];
    const reference = await ask(customer, { number, count: '1', outcome: /^Money back/, tells });
    await decide(desk, reference, [press('Settle')]);
    await customer.reload();
    await expect(customer.locator('.receipt')).toContainText('£54.00');
  });

  await Promise.all([customer.context().close(), desk.context().close()]);
});
