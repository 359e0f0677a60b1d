import { expect, test } from '@playwright/test';
import { asVisitor } from './house.ts';

test.use({ javaScriptEnabled: false });
test.describe.configure({ mode: 'serial' });

test('anybody reads what members have and how to get in', async ({ page }) => {
  await page.goto('/club');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  for (const text of ['Evenings at the roastery', 'By invitation', 'Members’ extra', 'Gold'])
    await expect(page.getByText(text, { exact: false }).first()).toBeVisible();
  await expect(page.getByText('We gave every member £5.00')).toBeVisible();
});

test.describe('a member', () => {
  test.use(asVisitor('anna'));

  test('has a card, gives a claim up and answers an event, with a calendar file', async ({ page }) => {
    await page.goto('/account/club');
    await expect(page.getByText(/^Member since /)).toBeVisible();
    await expect(page.getByText('Collected').first()).toBeVisible();
    await page.getByRole('link', { name: /Three teapots/ }).click();
    await expect(page.getByRole('status')).toContainText('Number 2 on the waiting list');
    await page.goto('/account/club');
    await page.getByRole('link', { name: /An evening of oolongs/ }).click();
    await page.getByLabel('Yes', { exact: true }).check();
    await page.getByLabel('Guests you will bring').fill('2');
    await page.getByRole('button', { name: 'Send reply' }).click();
    await expect(page.getByRole('alert')).toContainText('from 0 to 1');
    await page.getByLabel('Guests you will bring').fill('1');
    await page.getByRole('button', { name: 'Send reply' }).click();
    await expect(page.getByRole('status')).toContainText('You are on the waiting list');
    const file = await page.request.get(`${page.url()}/event.ics`);
    expect(file.headers()['content-type']).toContain('text/calendar');
    expect(await file.text()).toContain('SUMMARY:An evening of oolongs');
    await page.getByLabel('No', { exact: true }).check();
    await page.getByRole('button', { name: 'Send reply' }).click();
    await expect(page.getByRole('status')).toContainText('You said no');
  });
});

test.describe('a member among others', () => {
  test.use(asVisitor('anna'));

  test('writes to one who shows themselves, and is asked before something is decided', async ({ page }) => {
    await page.goto('/account/club/members');
    await page.getByRole('main').locator('summary').first().click();
    await page.getByRole('button', { name: 'Send' }).first().click();
    await expect(page.getByRole('alert')).toContainText('Write a message');
    await page.getByLabel('Your message').first().fill('See you at the tasting?');
    await page.getByRole('button', { name: 'Send' }).first().click();
    await expect(page.getByRole('status')).toContainText('on its way');
    await page.goto('/account/club/panel');
    await expect(page.getByText('Tins it is.')).toBeVisible();
    await page.getByRole('button', { name: 'Send answer' }).click();
    await expect(page.getByRole('alert')).toContainText('Choose an answer');
    await page.getByLabel('Alishan, high oolong').check();
    await page.getByRole('button', { name: 'Send answer' }).click();
    await expect(page.getByText('Alishan, high oolong (your answer)')).toBeVisible();
  });
});

test.describe('who was invited', () => {
  test.use(asVisitor('daniel'));

  test('joins with one press, and leaves with one', async ({ page }) => {
    await page.goto('/uk/account/club');
    await page.getByRole('button', { name: 'Вступити до клубу' }).click();
    await expect(page.getByRole('status').first()).toContainText('Вітаємо в клубі');
    await page.getByRole('button', { name: 'Вийти з клубу' }).click();
    await expect(page.getByRole('status').first()).toContainText('Ви вийшли з клубу');
  });
});

test.describe('staff', () => {
  test.use(asVisitor('owner'));

  test('let an applicant in, and announce a drop', async ({ page }) => {
    await page.goto('/console/club');
    await expect(page.getByText('already hooked on the Yirgacheffe')).toBeVisible();
    await page.getByRole('button', { name: 'Decline' }).first().click();
    await expect(page.getByRole('alert')).toContainText('Enter a reason');
    await page.getByRole('button', { name: 'Approve', exact: true }).first().click();
    await expect(page.getByRole('status')).toContainText('Done');
    await page.goto('/console/club/drops/new');
    await page.getByRole('button', { name: 'Announce' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await page.getByLabel('Title (English)').fill('A crate of quinces');
    await page.getByLabel('Number of items').fill('4');
    await page.getByLabel('Opens for Member').fill('2020-01-01T10:00');
    await page.getByLabel('Closes').fill('2099-01-01T10:00');
    await page.getByRole('button', { name: 'Announce' }).click();
    await expect(page.getByRole('link', { name: /A crate of quinces/ })).toBeVisible();
  });
});

test.describe('the one let in', () => {
  test.use(asVisitor('leo'));

  test('claims a piece, and gives it up', async ({ page }) => {
    await page.goto('/account/club');
    await page.getByRole('link', { name: /A crate of quinces/ }).click();
    await page.getByRole('button', { name: 'Claim one' }).click();
    await expect(page.getByRole('status')).toContainText('One is reserved for you');
    await page.getByRole('button', { name: 'Give it up' }).click();
    await expect(page.getByRole('status')).toContainText('You gave it up');
  });
});
