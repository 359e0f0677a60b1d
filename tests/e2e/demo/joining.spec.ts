import { type Browser, expect, type Page, test } from '@playwright/test';
import { axeFindings } from '../judge.ts';
import { asVisitor, inUkrainian, joinAs, newestMail, signInByCode } from './house.ts';

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with${javaScriptEnabled ? '' : 'out'} script`, () => {
    test.use({ javaScriptEnabled });

    test('somebody new joins with an email, a code and a name, and nothing else', async ({ page }) => {
      const email = `new-${javaScriptEnabled}@letters.example`;
      await page.goto('/join');
      await page.getByLabel('Email address').fill(email);
      await page.getByRole('button', { name: 'Join' }).click();
      await page.getByLabel('Six-digit code').fill((await newestMail(page, email, 'is your code')).code);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page).toHaveURL('/join/name');
      if (javaScriptEnabled) expect(await axeFindings(page)).toEqual([]);
      await page.goto('/account');
      await expect(page).toHaveURL('/join/name');
      await page.getByRole('button', { name: 'Agree and join' }).click();
      await expect(page.getByRole('alert')).toContainText('Enter your name');
      if (javaScriptEnabled) expect(await axeFindings(page)).toEqual([]);
      await expect(page.getByRole('checkbox')).not.toBeChecked();
      await joinAs(page, 'Nova Person');
      await expect(page.getByRole('heading', { level: 1 })).toContainText('Nova Person');
      await page.goto('/account/settings');
      await page.getByText('Full history').click();
      await expect(page.getByText('when you joined')).toBeVisible();
    });
  });
}

test('past orders are there once their email is proven, in Ukrainian too', async ({ page }) => {
  const email = 'joe@northlight.example';
  await page.goto(inUkrainian('/join'));
  await page.getByLabel('Електронна адреса').fill(email);
  await page.getByRole('button', { name: 'Приєднатися' }).click();
  await page.getByLabel(/код/i).fill((await newestMail(page, email, 'ваш код')).code);
  await page.getByRole('button', { name: 'Увійти' }).click();
  await expect(page).toHaveURL('/uk/join/name');
  await expect(page.getByLabel('Ваше ім’я')).toHaveValue('Joe Okafor');
  await page.getByRole('button', { name: 'Погодитися і приєднатися' }).click();
  await expect(page).toHaveURL('/uk/account');
  await page.goto('/uk/account/orders');
  expect(await page.locator('a.row').count()).toBeGreaterThan(0);
});

test('a mail scanner that opens every link, and presses nothing, signs nobody in', async ({
  page,
  browser,
}) => {
  const email = 'scanned@letters.example';
  await page.goto('/sign-in');
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  const { link, code } = await newestMail(page, email);
  await scan(browser, link);
  await page.goto(link);
  await expect(page).toHaveURL('/sign-in/link');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/join/name');
  await page.goto(link);
  await expect(page).toHaveURL('/sign-in/link');
  const again = await browser.newContext();
  const other = await again.newPage();
  await other.goto(link);
  await other.getByRole('button', { name: 'Sign in' }).click();
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('This link no longer works');
  expect(code).toMatch(/^\d{6}$/);
  await again.close();
});

test.describe('Anna', () => {
  test.use({ ...asVisitor('anna'), javaScriptEnabled: false });

  test('shows her card, which prints alone', async ({ page }) => {
    await page.goto('/account');
    await page.getByRole('link', { name: 'Your card' }).click();
    const number = await page.locator('.digits').textContent();
    await expect(page.getByRole('img', { name: `QR code of member number ${number}` })).toBeVisible();
    await page.emulateMedia({ media: 'print' });
    await expect(page.locator('.qr')).toBeVisible();
    await expect(page.getByText('Show it at the till')).toBeHidden();
  });

  test('says who of her household may spend, and takes an invitation back', async ({ page }) => {
    await page.goto('/account/people');
    const row = (name: string) => page.locator('.rows > li').filter({ hasText: name });
    await expect(row('Daniel Reed')).toContainText('may not spend');
    await row('Daniel Reed').getByRole('button', { name: 'Allow spending' }).click();
    await expect(row('Daniel Reed')).not.toContainText('may not spend');
    await page.getByLabel('Their email address').fill('no address');
    await page.getByRole('button', { name: 'Send invitation' }).click();
    await expect(page.getByRole('alert')).toContainText('Enter an email address');
    await page.getByLabel('Their email address').fill('guest@letters.example');
    await page.getByRole('button', { name: 'Send invitation' }).click();
    await row('guest@letters.example').getByRole('button', { name: 'Cancel invitation' }).click();
    await expect(row('guest@letters.example')).toHaveCount(0);
  });

  test('answers one question at a time, and changes an answer later', async ({ page }) => {
    await page.goto('/account/question?about=birthday');
    await page.getByLabel('Day').selectOption('14');
    await page.getByLabel('Month').selectOption('June');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('status')).toContainText('Thank you');
    await page.goto('/account/settings');
    await expect(page.getByRole('link', { name: /When is your birthday/ })).toContainText('14 June');
  });
});

test('Leo accepts the invitation of his mail and leaves the household again', async ({ browser }) => {
  const context = await browser.newContext({ ...asVisitor('leo'), javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/account/people');
  await page.getByRole('button', { name: 'Accept' }).click();
  await expect(page.getByRole('heading', { name: 'Kovalenko & Reed', exact: true })).toBeVisible();
  await expect(page.getByLabel('Their email address')).toHaveCount(0);
  await page.getByRole('button', { name: 'Leave “Kovalenko & Reed”' }).click();
  await expect(page.getByRole('heading', { name: 'Kovalenko & Reed', exact: true })).toHaveCount(0);
  await context.close();
});

test('an invitation leads to the code, and its link is worth nothing without it', async ({
  page,
  browser,
}) => {
  const email = 'cellar@letters.example';
  const desk = await browser.newContext(asVisitor('owner'));
  const staff = await desk.newPage();
  await staff.goto('/console/joining');
  await staff.getByLabel('Their email address').fill(email);
  await staff.getByRole('button', { name: 'Send invitation' }).click();
  await expect(staff.locator('.rows')).toContainText([email]);
  const { link } = await newestMail(staff, email);
  await scan(browser, link);
  await page.goto(link);
  await expect(page).toHaveURL('/join/invitation');
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await page.getByLabel('Six-digit code').fill((await newestMail(page, email, 'is your code')).code);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await joinAs(page, 'Cellar Café');
  await staff.reload();
  await expect(staff.locator('main')).not.toContainText(email);
  await desk.close();
});

test('staff read why somebody was declined, and let in who waits', async ({ browser }) => {
  const context = await browser.newContext({ ...asVisitor('owner'), javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/console/joining');
  const waiting = page.locator('.rows > li').filter({ hasText: 'Микола Білик' });
  await waiting.getByRole('button', { name: 'Decline' }).click();
  await expect(page.getByRole('alert')).toContainText('Enter a reason');
  await waiting.getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByRole('status')).toBeVisible();
  await expect(waiting).toContainText('Approved');
  await context.close();
});

test('who leaves is signed out, and comes back by the same address', async ({ page }) => {
  const email = 'leaver@letters.example';
  await joinNew(page, email, 'Lea Ver');
  await page.goto('/account/settings');
  await page.getByRole('link', { name: /^Leave/ }).click();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Leave now' }).click();
  await expect(page.getByRole('status').first()).toContainText('You have left');
  expect((await newestMail(page, email)).text).toContain('You have left');
  await page.goto('/account');
  await expect(page).toHaveURL(/\/sign-in/);
  await signInByCode(page, email);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Lea Ver');
});

test('the old address stops a change that somebody else asked for', async ({ page, browser }) => {
  const email = 'careful@letters.example';
  await joinNew(page, email, 'Care Ful');
  await page.goto('/account/settings');
  await page.getByLabel('New email address').fill('thief@letters.example');
  await page.getByRole('button', { name: 'Send the codes' }).click();
  const { link } = await newestMail(page, `To ${email}`);
  await scan(browser, link);
  const owner = await browser.newContext();
  const elsewhere = await owner.newPage();
  await elsewhere.goto(link);
  await expect(elsewhere).toHaveURL('/sign-in/stop');
  await elsewhere.getByRole('button', { name: 'Stop the change' }).click();
  await expect(elsewhere.getByRole('heading', { level: 1 })).toHaveText('The change has been stopped');
  await page.goto('/account/settings');
  await expect(page).toHaveURL(/\/sign-in/);
  await owner.close();
});

test('a form that no browser would send is refused in words, not by a failure', async ({ page, browser }) => {
  const long = 'x'.repeat(5000);
  const guest = await browser.newContext();
  for (const [path, form, status] of [
    [`/sign-in/code?id=${long}`, { code: '123456' }, 422],
    ['/sign-in/link', { code: long }, 422],
    ['/sign-in/stop', {}, 422],
    ['/join', { email: 'a\nb' }, 422],
  ] as const) {
    const answer = await guest.request.post(path, { form, headers: ownPages(), maxRedirects: 0 });
    expect(answer.status(), path).toBe(status);
  }
  await guest.close();
  await joinNew(page, 'odd@letters.example', 'Odd');
  for (const [path, form] of [
    ['/account/settings', { do: 'name', name: 'a\nb' }],
    ['/account/settings', { do: 'name', name: 'a\u0001b' }],
    ['/account/settings', { do: 'email-code', id: long, code: '123456' }],
    ['/account/people', { do: 'found', name: '' }],
    ['/account/people', { do: 'remove', account: 'none', person: 'none' }],
    ['/account/question', { question: 'birthday', day: '31', month: '02' }],
  ] as const) {
    const answer = await page.request.post(path, { form, headers: ownPages(), maxRedirects: 0 });
    expect(answer.status(), `${path} ${JSON.stringify(form).slice(0, 60)}`).toBe(422);
  }
});

test('too many tries are answered by 429 with when to come back', async ({ browser }) => {
  const guest = await browser.newContext();
  const page = await guest.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('Email address').fill('guessed@letters.example');
  await page.getByRole('button', { name: 'Send me a code' }).click();
  const codePage = page.url();
  const statuses: number[] = [];
  for (let challenge = 0; challenge < 3; challenge += 1) {
    const at = challenge === 0 ? codePage : await anotherChallenge(page, 'guessed@letters.example');
    for (let time = 0; time < 5; time += 1) {
      const answer = await guest.request.post(at, { form: { code: '000000' }, headers: ownPages() });
      statuses.push(answer.status());
      if (answer.status() === 429) expect(Number(answer.headers()['retry-after'])).toBeGreaterThan(0);
    }
  }
  expect(statuses).toContain(429);
  await guest.close();
});

async function anotherChallenge(page: Page, email: string): Promise<string> {
  await page.goto('/sign-in');
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  return page.url();
}

async function joinNew(page: Page, email: string, name: string): Promise<void> {
  await page.goto('/join');
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByLabel('Six-digit code').fill((await newestMail(page, email, 'is your code')).code);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await joinAs(page, name);
}

/** What scanners of mail do: HEAD and GET, in a browser of their own, following every link and pressing nothing. */
async function scan(browser: Browser, link: string): Promise<void> {
  const context = await browser.newContext();
  await context.request.head(link);
  for (let time = 0; time < 4; time += 1) await context.request.get(link);
  const page = await context.newPage();
  await page.goto(link);
  const hrefs = await page.locator('main a[href^="/"]').evaluateAll((links) => links.map(String));
  for (const href of hrefs) await page.goto(href);
  await page.goto('/account');
  await expect(page).toHaveURL(/\/sign-in/);
  expect((await context.cookies()).map(({ name }) => name)).not.toContain('regulars_session');
  await context.close();
}

const ownPages = () => ({ 'Sec-Fetch-Site': 'same-origin' });
