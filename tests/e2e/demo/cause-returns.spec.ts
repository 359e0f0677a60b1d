import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { asVisitor, newestMail, regulars, type Visitor, visitors } from './house.ts';

/** The same journey in each language: what the pages say there. */
const journeys = [
  {
    path: '',
    who: 'daniel',
    cause: 'Sleeves slip off',
    kind: 'A complaint',
    message: 'Your message',
    send: 'Send',
    newCause: 'Or add a new cause',
    setCause: 'Set cause',
    owner: 'Who sees to it',
    dueOn: 'Done by',
    process: 'Which part of your work it lies in',
    savePlan: 'Save',
    what: 'What is to be done',
    addStep: 'Add step',
    done: /^Done/,
    texts: [/^What changed, or why not \(English\)/, /^What changed, or why not \(Українська\)/],
    publish: 'Save',
    known: 'Cause',
    reopened: 'it is open again',
    again: 'It came back',
  },
  {
    path: '/uk',
    who: 'leo',
    cause: 'Стаканчики протікають',
    kind: 'Скарга',
    message: 'Ваше повідомлення',
    send: 'Надіслати',
    newCause: 'Або нова причина',
    setCause: 'Зберегти причину',
    owner: 'Відповідальний',
    dueOn: 'Зробити до',
    process: 'У якій частині роботи причина',
    savePlan: 'Зберегти',
    what: 'Що треба зробити',
    addStep: 'Додати крок',
    done: /^Зроблено/,
    texts: [/^Що змінилося або чому ні.*English/, /^Що змінилося або чому ні.*Українська/],
    publish: 'Зберегти',
    known: 'Причина',
    reopened: 'відкрито знову',
    again: 'Повернулася',
  },
] as const satisfies readonly { who: Visitor; [word: string]: unknown }[];
type Journey = (typeof journeys)[number];

for (const say of journeys) {
  test(`a complaint has its cause mended, is told of it, and comes back: ${say.path || '/'}`, async ({
    browser,
  }) => {
    test.setTimeout(180_000);
    const [customer, owner] = [await openAs(browser, say.who), await openAs(browser, 'owner')];
    const first = await complain(customer.page, say);
    const desk = owner.page;
    await desk.goto(`${say.path}/console/feedback/${first}`);
    await desk.getByLabel(say.newCause).fill(say.cause);
    await desk.getByRole('button', { name: say.setCause }).click();
    await desk.getByRole('link', { name: say.cause, exact: true }).click();
    const cause = new URL(desk.url()).pathname;
    await plan(desk, say);
    const change = `${say.cause}: mended`;
    await close(desk, say, change);
    regulars('jobs', 'run', 'changes');
    await expect
      .poll(async () => (await newestMail(customer.page, visitors[say.who])).text)
      .toContain(change);
    await customer.page.goto(`${say.path}/changes`);
    await expect(customer.page.locator('main')).toContainText(change);
    const second = await complain(customer.page, say);
    await desk.goto(`${say.path}/console/feedback/${second}`);
    await desk.getByLabel(say.known, { exact: true }).last().selectOption({ label: say.cause });
    await desk.getByRole('button', { name: say.setCause }).click();
    await expect(desk.getByRole('status')).toContainText(say.reopened);
    await desk.goto(cause);
    await expect(desk.locator('.state.big')).toHaveText(say.again);
    await customer.page.goto(`${say.path}/changes`);
    await expect(customer.page.locator('main')).not.toContainText(change);
    await Promise.all([customer.context.close(), owner.context.close()]);
  });
}

async function openAs(browser: Browser, who: Visitor): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext(asVisitor(who));
  return { context, page: await context.newPage() };
}

async function complain(page: Page, say: Journey): Promise<string> {
  await page.goto(`${say.path}/account/feedback/new`);
  await page.getByRole('radio', { name: say.kind }).check();
  await page.getByRole('textbox', { name: say.message }).fill(say.cause);
  await page.getByRole('button', { name: say.send, exact: true }).click();
  await expect(page).toHaveURL(/\/account\/feedback\/[0-9A-Z-]{9}\?done=sent$/);
  return /feedback\/([0-9A-Z-]{9})/.exec(page.url())?.[1] ?? '';
}

/** Who sees to it, by when, where it lies, and the first step, which is done. */
async function plan(desk: Page, say: Journey): Promise<void> {
  const form = desk.locator('section[aria-labelledby=plan]');
  await form.getByLabel(say.owner).selectOption({ index: 1 });
  await form.getByLabel(say.dueOn).fill('2030-01-31');
  await form.getByLabel(say.process).fill(say.cause);
  await form.getByRole('button', { name: say.savePlan, exact: true }).click();
  await expect(desk.getByRole('status')).toBeVisible();
  await desk.getByLabel(say.what).fill(say.cause);
  await desk.getByRole('button', { name: say.addStep }).click();
  await desk.locator('section[aria-labelledby=steps]').getByRole('button', { name: say.done }).click();
  await expect(desk.locator('section[aria-labelledby=steps] .state')).toHaveClass(/good/);
}

async function close(desk: Page, say: Journey, change: string): Promise<void> {
  const form = desk.locator('section[aria-labelledby=closing]');
  for (const label of say.texts) await form.getByLabel(label).fill(change);
  await form.getByRole('button', { name: say.publish, exact: true }).click();
  await expect(desk.locator('.state.big')).toHaveClass(/good/);
}
