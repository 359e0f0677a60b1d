import { describe, expect, test } from 'vitest';
import { runJobs } from '../../../functions/ground/jobs/run-jobs.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { tellExpiring } from '../../../functions/money/reminders/expiring/tell-expiring.ts';
import { composeMail } from '../../../functions/people/mail/compose-mail.ts';
import { portal } from '../../../src/portal.config.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { signIn } from '../../support/sign-in.ts';

const DAY_MS = 86_400_000;
const voucherRule = { ...moneyBack, pays: { voucher: { months: 6, minimum: '20.00' } } };

/** The mails of a template as their readers get them, oldest first. */
async function mailsOf({ ctx }: Shop, template: string, language = 'en') {
  const rows = await ctx.db.read({
    sql: 'SELECT params, customer_id FROM outbox WHERE template = ? ORDER BY created_at, id',
    args: [template],
  });
  const composed = await Promise.all(
    rows.map(([params, customerId]) =>
      composeMail(ctx, {
        template,
        params: String(params),
        customerId: String(customerId),
        address: null,
        language,
      }),
    ),
  );
  return composed.flatMap((mail) => mail ?? []);
}

async function codesOf({ ctx }: Shop): Promise<string[]> {
  const rows = await ctx.db.read({ sql: 'SELECT code FROM vouchers ORDER BY issued_at', args: [] });
  return rows.map(([code]) => String(code));
}

test('a rule is called by its name in the language of the mail', async () => {
  const name = { en: 'Money back', uk: 'Повернення' };
  const shop = await openShop({ ...moneyBack, name });
  await shop.order({ totals: [10_000] });
  for (const language of ['en', 'uk'] as const) {
    const [mail] = await mailsOf(shop, 'target_reached', language);
    expect(mail?.text).toContain(name[language]);
  }
});

describe('a voucher', () => {
  test('that a rule pays is mailed with its code, end and smallest purchase', async () => {
    const shop = await openShop(voucherRule);
    await shop.order({ totals: [10_000] });
    const [mail] = await mailsOf(shop, 'voucher_issued');
    const [code = ''] = await codesOf(shop);
    expect(mail?.text).toContain(code);
    expect(mail?.text).toContain('For purchases of at least: €20.00');
    expect(mail?.text).toContain('Valid until:');
    expect(mail?.link).toBe(`http://localhost:4321/account/rewards/vouchers/${code}`);
    expect(await mailsOf(shop, 'target_reached')).toEqual([]);
  });

  test('that was bought with credit is mailed to who bought it', async () => {
    const shop = await openShop(moneyBack);
    const { customerId } = await shop.order({ totals: [10_000] });
    const input = { customerId, accountId: null, kind: 'voucher', amount: 500n, currency: 'EUR' } as const;
    await redeem(shop.ctx, { ...input, reference: null, order: null });
    const [mail] = await mailsOf(shop, 'voucher_issued');
    expect([mail?.to, mail?.code]).toEqual(['ann@example.com', (await codesOf(shop))[0]]);
  });

  test('hides its code from who ordered for a company without a word on spending', async () => {
    const shop = await openShop(voucherRule);
    const order = await shop.order({ totals: [10_000], account: 'ACME' });
    const [code = ''] = await codesOf(shop);
    const [hidden] = await mailsOf(shop, 'voucher_issued');
    expect([hidden?.text.includes(code), hidden?.html.includes(code)]).toEqual([false, false]);
    await shop.confirm(order, { mayRedeem: true });
    const [shown] = await mailsOf(shop, 'voucher_issued');
    expect(shown?.text).toContain(code);
  });
});

describe('a reward', () => {
  test('says which order brought it, the balance and how long it lasts', async () => {
    const shop = await openShop({ ...moneyBack, expires: { months: 12 } });
    await shop.order({ totals: [10_000], number: 'R-1' });
    await shop.order({ totals: [10_000], number: 'R-2' });
    const [, second] = await mailsOf(shop, 'target_reached');
    expect(second?.text).toContain('Order: R-2');
    expect(second?.text).toContain('Your balance now: €10.00');
    expect(second?.text).toContain('Use it by: 28 Feb 2027');
  });

  test('of a share of every order speaks of no target', async () => {
    const bands = { mode: 'marginal', bands: [{ from: '0.00', percent: '1' }] };
    const { spend, back, ...rest } = moneyBack;
    const shop = await openShop({ ...rest, ...bands, scheme: 'bands' });
    await shop.order({ totals: [10_000] });
    const [mail] = await mailsOf(shop, 'target_reached');
    expect(mail?.text).not.toContain('target');
    expect(mail?.text).toContain('You earned it with your purchases');
  });

  test('is told with the phone and the hours of the business', async () => {
    const shop = await openShop(moneyBack);
    await shop.order({ totals: [10_000] });
    const [mail] = await mailsOf(shop, 'target_reached');
    for (const body of [mail?.text, mail?.html]) {
      expect(body).toContain(portal.contact.phone);
      expect(body).toContain('Mon–Fri 09:00–17:00');
    }
  });
});

describe('before the end', () => {
  test('credit is told of 30 and 7 days ahead, once each, in one sum', async () => {
    const shop = await openShop({ ...moneyBack, expires: { months: 2 } });
    await signUp(shop);
    await shop.order({ totals: [10_000] });
    await shop.order({ totals: [10_000] });
    const told = await tellDaily(shop, 100);
    expect(told.map(({ day, heading }) => [day, heading])).toEqual([
      ['2026-04-01', 'Use €10.00 by 30 Apr 2026'],
      ['2026-04-24', 'Use €10.00 by 30 Apr 2026'],
    ]);
    await runJobs(shop.ctx, {});
    expect((await mailsOf(shop, 'credit_expiring')).length).toBe(2);
  });

  test('what was spent meanwhile is told no more, and a used voucher neither', async () => {
    const shop = await openShop({ ...moneyBack, expires: { months: 2 } });
    const customerId = await signUp(shop);
    await shop.order({ totals: [10_000] });
    const input = { customerId, accountId: null, kind: 'till', amount: 500n, currency: 'EUR' } as const;
    await redeem(shop.ctx, { ...input, reference: null, order: null });
    expect(await tellDaily(shop, 100)).toEqual([]);
  });

  test('a voucher is told of with its code', async () => {
    const shop = await openShop({ ...voucherRule, pays: { voucher: { months: 2, minimum: '20.00' } } });
    await signUp(shop);
    await shop.order({ totals: [10_000] });
    await tellDaily(shop, 100);
    const [code = ''] = await codesOf(shop);
    const mails = await mailsOf(shop, 'voucher_expiring');
    expect(mails.map(({ text }) => text.includes(code))).toEqual([true, true]);
  });

  test('nobody is told who never signed up or may not spend', async () => {
    const shop = await openShop({ ...moneyBack, expires: { months: 2 } });
    await shop.order({ totals: [10_000] });
    await signUp(shop, 'bob@example.com');
    await shop.order({ email: 'bob@example.com', totals: [10_000], account: 'ACME' });
    expect(await tellDaily(shop, 100)).toEqual([]);
  });

  test('two at once tell it once', async () => {
    const shop = await openShop({ ...moneyBack, expires: { months: 2 } });
    await signUp(shop);
    await shop.order({ totals: [10_000] });
    await runJobs(shop.ctx, {});
    shop.clock.advance(45 * DAY_MS);
    const told = await Promise.all([tellExpiring(shop.ctx), tellExpiring(shop.ctx)]);
    expect(told.reduce((sum, mails) => sum + mails, 0)).toBe(1);
  });
});

async function signUp(shop: Shop, email = 'ann@example.com'): Promise<string> {
  return (await signIn(shop.ctx, email)).subjectId;
}

/** Runs the job day by day; what it wrote, by day. */
async function tellDaily(shop: Shop, days: number) {
  await runJobs(shop.ctx, {});
  const told: { day: string; heading: string }[] = [];
  for (let count = 0; count < days; count += 1) {
    shop.clock.advance(DAY_MS);
    if ((await tellExpiring(shop.ctx)) === 0) continue;
    const mails = [...(await mailsOf(shop, 'credit_expiring')), ...(await mailsOf(shop, 'voucher_expiring'))];
    const day = new Date(shop.ctx.now()).toISOString().slice(0, 10);
    told.push({ day, heading: mails.at(-1)?.letter.heading ?? '' });
  }
  return told;
}
