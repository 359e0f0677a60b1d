import { expect, type Page, test } from '@playwright/test';
import { asVisitor, newestMail, visitors } from './house.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

for (const script of [true, false]) {
  test.describe(script ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled: script });

    test.describe('a customer and the staff', () => {
      test.use(asVisitor('viktor'));

      test('tell about an order, answer, write back, settle', async ({ page, browser }) => {
        await page.goto('/account/orders');
        await page.locator('a.row').first().click();
        await page.getByRole('link', { name: 'Give feedback on this order' }).click();
        await page.getByRole('button', { name: 'Send' }).click();
        await expect(page.getByRole('alert')).toContainText('Choose what it is about');
        await page.getByRole('radio', { name: 'A problem' }).check();
        await page.getByRole('textbox', { name: 'Your message' }).fill('The lid does not close.');
        await page.getByLabel('Pictures or PDF').setInputFiles({
          name: 'page.png',
          mimeType: 'image/png',
          buffer: Buffer.from('<html>'),
        });
        await page.getByRole('button', { name: 'Send' }).click();
        await expect(page.getByRole('alert')).toContainText('not a JPEG');
        await expect(page.getByRole('textbox', { name: 'Your message' })).toHaveValue(
          'The lid does not close.',
        );
        await page
          .getByLabel('Pictures or PDF')
          .setInputFiles({ name: 'lid.png', mimeType: 'image/png', buffer: png });
        await page.getByRole('button', { name: 'Send' }).click();
        await expect(page).toHaveURL(/\/account\/feedback\/[0-9A-Z-]{9}\?done=sent$/);
        await expect(page.getByRole('status')).toContainText('Thank you');
        await expect(page.locator('.standing')).toContainText('answers you by');
        await expect(page.getByRole('link', { name: /^About order/ })).toBeVisible();
        const file = await page.getByRole('link', { name: 'lid.png' }).getAttribute('href');
        const response = await page.request.get(file ?? '');
        expect(response.headers()).toMatchObject({
          'content-type': 'image/png',
          'x-content-type-options': 'nosniff',
          'content-security-policy': expect.stringContaining('sandbox'),
        });
        const reference = /feedback\/([0-9A-Z-]{9})/.exec(page.url())?.[1] ?? '';
        await staffAnswer(
          await browser.newContext({ ...asVisitor('owner'), javaScriptEnabled: script }),
          reference,
        );
        await page.reload();
        await expect(page.locator('.thread')).toContainText('A new lid is on its way.');
        expect((await newestMail(page, visitors.viktor)).text).toContain('A new lid is on its way.');
        await page.getByRole('button', { name: 'No, reopen it' }).click();
        await page.getByRole('textbox', { name: 'Write back' }).fill('The new one does not, either.');
        await page.getByRole('button', { name: 'Send' }).click();
        await expect(page.getByRole('status')).toContainText('was added');
        await expect(page.locator('.standing')).toContainText('Someone is working on it');
        const stranger = await browser.newContext(asVisitor('leo'));
        expect((await stranger.request.get(file ?? '')).status()).toBe(404);
        expect((await stranger.request.get(`/account/feedback/${reference}`)).status()).toBe(404);
        await stranger.close();
      });
    });
  });
}

async function staffAnswer(context: Awaited<ReturnType<Page['context']>>, reference: string): Promise<void> {
  const page = await context.newPage();
  await page.goto('/console/feedback?state=todo');
  await page.getByLabel('Words, reference, email or order').fill(reference);
  await page.getByRole('button', { name: 'Show' }).click();
  await page.locator('a.row').click();
  await page.getByRole('button', { name: 'Assign' }).click();
  await expect(page.getByRole('status')).toContainText('Saved');
  await page.getByLabel('Or add a new cause').fill('Lids of the new jars');
  await page.getByRole('button', { name: 'Set cause' }).click();
  await page.getByText('Goodwill credit').click();
  await page.getByLabel('Amount in GBP').fill('much');
  await page.getByLabel('Reason, shown to the customer').fill('Sorry for the lid');
  await page.getByRole('button', { name: 'Give credit' }).click();
  await expect(page.getByRole('alert')).toContainText('Enter an amount');
  await page.getByLabel('Amount in GBP').fill('2,50');
  await page.getByRole('button', { name: 'Give credit' }).click();
  await page.getByRole('button', { name: 'Give £2.50' }).click();
  await expect(page.getByRole('status')).toContainText('£2.50 given to');
  await page.getByRole('textbox', { name: 'Answer to the customer' }).fill('A new lid is on its way.');
  await page.getByLabel('Then mark the case as').selectOption('resolved');
  await page.getByRole('button', { name: 'Send answer' }).click();
  await expect(page.locator('.state.big')).toHaveText('Resolved');
  await context.close();
}

test('somebody unnamed keeps an address that alone opens the thread', async ({ page, browser }) => {
  await page.goto('/uk/feedback');
  await page.getByRole('radio', { name: 'Проблема' }).check();
  await page
    .getByRole('textbox', { name: 'Ваше повідомлення' })
    .fill('Двері причинені так, що не зайти з візком.');
  await page.getByRole('button', { name: 'Надіслати' }).click();
  await expect(page).toHaveURL(/\/uk\/feedback\/[0-9A-Z-]{9}\/[\w-]{27}\?done=sent$/);
  await expect(page.locator('meta[name=robots]')).toHaveAttribute('content', 'noindex');
  const address = page.url().replace('?done=sent', '');
  const other = await browser.newContext();
  expect((await other.request.get(address)).headers()['referrer-policy']).toBe('same-origin');
  expect((await other.request.get(address)).status()).toBe(200);
  expect((await other.request.get(address.replace(/.{3}$/, 'xxx'))).status()).toBe(404);
  await other.close();
});

test.describe('who praised', () => {
  test.use(asVisitor('anna'));
  test('is asked whether others may read it, and finds it written there', async ({ page }) => {
    const words = 'Maryna ground the beans twice';
    await page.goto('/account/feedback');
    await page.locator('a.row', { hasText: 'Praise' }).first().click();
    await page.getByRole('link', { name: 'Let us quote you' }).click();
    await expect(page.getByLabel('What would you tell a friend about us?')).toHaveValue(new RegExp(words));
    await page.goto('/account/voices?praise=XXXX-XXXX');
    await expect(page.getByLabel('What would you tell a friend about us?')).toHaveValue('');
  });
});

test.describe('an analyst', () => {
  test.use(asVisitor('analyst'));
  test('reads feedback and changes nothing', async ({ page }) => {
    await page.goto('/console/feedback');
    await page.locator('a.row').first().click();
    await expect(page.locator('main form')).toHaveCount(0);
    await page.goto('/console/feedback/causes');
    await expect(page.locator('main form')).toHaveCount(0);
  });
});
