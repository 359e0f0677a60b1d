import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { type Portal, portalSettings, startServer } from '../../support/server.ts';
import { waysToWalk } from '../journey/ways.ts';
import { wordsOf } from '../journey/words.ts';
import { regulars } from './house.ts';

let folder = '';
let portal: Portal | undefined;

test.afterEach(async () => {
  await portal?.running.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

for (const { name, way, isSkipped } of waysToWalk([
  'uk, phone, without script',
  'en, desktop, with script',
])) {
  test(`an owner goes from the demo to a customer's first reward: ${name}`, async ({ browser }) => {
    test.skip(isSkipped, 'walked in the long run');
    test.setTimeout(180_000);
    folder = mkdtempSync(join(tmpdir(), 'regulars-first-'));
    regulars('backup', join(folder, 'demo.db'));
    const { RESEND_API_KEY, MAIL_FROM, ...rest } = portalSettings(`file:${join(folder, 'regulars.db')}`, '');
    portal = await startServer({ ...rest, DEMO: 'on' });
    const { origin } = portal;
    const t = wordsOf(way.language);
    const path = way.language === 'uk' ? '/uk' : '';
    const owner = await open(browser, { ...way, baseURL: origin, locale: way.language });
    await owner.page.goto(path || '/');

    await owner.click('link', t('own_shop_start'));
    await owner.click('button', t('own_shop_press'));
    await owner.type(t('sign_in_email'), 'olena@tea.example');
    await owner.click('button', t('owner_submit'));
    const key = ((await owner.page.locator('.receipt code').textContent()) ?? '').replaceAll(' ', '');
    await owner.type(t('factor_first_code'), TOTP.generate({ secret: Secret.fromBase32(key) }));
    await owner.click('button', t('factor_new_submit'));
    await owner.click('link', t('factor_paper_done'));
    await owner.click('link', t('setup_notice', { done: '0', of: '6' }));
    await owner.click('link', t('setup_go_on', { step: t('setup_step_shop') }));
    await owner.type(t('setup_own_name'), 'Olena');
    await owner.type(t('setup_name'), 'Tea House');
    if (way.javaScriptEnabled) {
      const sample = owner.page.locator('#preview rect').last();
      const before = (await sample.getAttribute('fill')) ?? '';
      await owner.page.getByLabel(t('setup_accent'), { exact: true }).fill('#7a3b00');
      await expect(sample).not.toHaveAttribute('fill', before);
    }
    await owner.click('button', t('setup_next'));
    await owner.type(t('setup_shop_url'), 'https://tea.example');
    await owner.click('button', t('setup_next'));
    await owner.click('button', t('setup_next'));
    const spend = await owner.page.locator('#every_spend').inputValue();
    await owner.page.locator('#every_first_day').fill(daysAgo(90).slice(0, 10));
    const back = way.language === 'uk' ? '100,00' : '5.00';
    await owner.page
      .getByRole('button', { name: t('setup_rule_publish') })
      .first()
      .click();
    await owner.click('button', t('sender_test'));
    await expect(owner.page.getByRole('status')).toContainText(t('sender_in_mailbox'));
    await owner.click('link', t('setup_skip', { next: t('setup_step_orders') }));
    await expect(owner.page.getByRole('heading', { level: 1 })).toHaveText(t('setup_step_orders'));

    const currency = way.language === 'uk' ? 'UAH' : 'USD';
    const longAgo = daysAgo(60);
    const file = join(folder, 'orders.csv');
    const [head, row] = [
      'order_number,placed_at,customer_email,currency,line_total,status,delivered_at',
      `A-1,${longAgo},ann@post.example,${currency},${spend},delivered,${longAgo}`,
    ];
    writeFileSync(file, `${head}\n${row}\n`);
    await owner.click('link', t('imports_title'));
    await owner.page.locator('input[type=file]').setInputFiles(file);
    await owner.click('button', t('imports_send'));
    await owner.page
      .getByRole('button', { name: t('imports_begin'), exact: true })
      .click({ timeout: 60_000 });
    await expect(owner.page.locator('.state.good').first()).toContainText(t('imports_state_done'), {
      timeout: 60_000,
    });
    await owner.page.goto(`${path}/console/set-up`);
    await expect(owner.page.locator('.state.good')).toHaveCount(5);
    const told = owner.page.getByRole('link', { name: t('setup_notice', { done: '5', of: '6' }) });
    await owner.page.goto(`${path}/console`);
    await owner.page.getByRole('button', { name: t('setup_hide') }).click();
    await expect(owner.page.getByRole('status')).toHaveText(t('setup_hidden'));
    await expect(told).toHaveCount(0);
    await owner.page.goto(`${path}/console/set-up`);
    await owner.page.getByRole('button', { name: t('setup_show') }).click();
    await owner.page.goto(`${path}/console`);
    await expect(told).toBeVisible();

    const ann = await open(browser, { ...way, baseURL: origin, locale: way.language });
    await ann.page.goto(`${path}/join`);
    await ann.type(t('sign_in_email'), 'ann@post.example');
    await ann.click('button', t('joining_start'));
    await ann.type(t('code_label'), await codeFor(browser, `${origin}/mailbox`, 'ann@post.example'));
    await ann.click('button', t('code_submit'));
    await ann.type(t('joining_name_label'), 'Ann');
    await ann.click('button', t('joining_finish'));
    await expect(ann.page).toHaveURL(`${path}/account`);
    await expect(ann.page.locator('main')).toContainText(back);
    await expect(ann.page.locator('.masthead')).toContainText('Tea House');
    await expect(ann.page.locator('body')).not.toContainText('Fern');
    process.stdout.write(`${name}: ${JSON.stringify(owner.counted)}\n`);
    await Promise.all([owner.page.context().close(), ann.page.context().close()]);
  });
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

/** Somebody at a browser, and what it costs them. */
async function open(browser: Browser, options: Parameters<Browser['newContext']>[0]) {
  const page = await (await browser.newContext(options)).newPage();
  const counted = { pages: 0, clicks: 0, words: 0 };
  page.on('domcontentloaded', () => {
    counted.pages += 1;
  });
  return {
    page,
    counted,
    type: async (label: string, text: string) => {
      counted.words += text.split(' ').length;
      await page.getByLabel(label, { exact: true }).fill(text);
    },
    click: async (role: 'button' | 'link', name: string) => {
      counted.clicks += 1;
      await page.getByRole(role, { name, exact: true }).first().click();
    },
  };
}

async function codeFor(browser: Browser, mailbox: string, email: string): Promise<string> {
  const page: Page = await browser.newPage();
  await page.goto(mailbox);
  const mail = page.locator('.mails > li').filter({ hasText: email }).first();
  const digits = (await mail.locator('.digits').textContent()) ?? '';
  await page.context().close();
  return digits.replaceAll(' ', '');
}
