import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { tellReceived } from '../support/tell-received.ts';
import { type Browser, openBrowser } from './browser.ts';
import type { House } from './house.ts';
import { deliveredOrder } from './orders.ts';
import { openOwner } from './owner.ts';

const customer = 'whose-day@example.com';
const colleague = 'maryna@tea.example';

/** What an account manager does for a customer, by the forms of the Ukrainian pages. */
export function describeManagerDay(
  open: () => House,
  signIn: (house: House, browser: Browser, email: string) => Promise<void>,
): void {
  test('a manager is given a customer, logs a call, does what is due and answers; the reply is in the thread', async () => {
    const house = open();
    const owner = await openOwner(house);
    const maryna = await openColleague(house);
    const { json } = await house.api('POST', '/orders', deliveredOrder('whose-day', 1000));
    const [[accountId = ''] = []] = await house.look(
      `SELECT id FROM accounts WHERE owner_id = '${json.customerId}'`,
    );
    const [[staffId = ''] = []] = await house.look(`SELECT id FROM staff WHERE email = '${colleague}'`);
    const assigned = await owner.post(`/uk/console/customers/${json.customerId}/manager`, {
      ...{ account: accountId, manager: staffId, why: 'знає каву' },
    });
    expect(assigned.location).toContain('saved=manager');
    expect((await maryna.get(`/uk/console/customers/${json.customerId}`)).text).toContain(
      'Персональний менеджер: Марина Бондар',
    );
    await logCall(maryna, { customerId: json.customerId, staffId });
    const taskId = await openTask(maryna);
    const reference = await tellProblem(house, signIn);
    await answerCase(maryna, reference);
    await house.runJobs();
    const answer = house.mail.accepted.findLast(
      ({ body }) => body.to === customer && String(body.from).startsWith('"Марина Бондар, '),
    );
    const [, replyTo = ''] = /<(replies\+[^<>]+)>/.exec(String(answer?.body.reply_to)) ?? [];
    expect(replyTo).toMatch(/@in\.x\.example$/);
    await reply(house, replyTo);
    await house.runJobs();
    const thread = async () => (await maryna.get(`/uk/console/feedback/${reference}`)).text;
    await expect.poll(thread, { timeout: 30_000 }).toContain('Дякую, так краще.');
    expect(await thread()).toContain('notes.txt');
    const done = await maryna.post('/uk/console/contacts/day', { task: taskId, do: 'done' });
    expect(done.location).toContain('saved');
    expect((await maryna.get('/uk/console/contacts/day')).text).not.toContain('Надіслати фільтр');
  });
}

/** Maryna signs in by her link and says what customers read of her. */
async function openColleague(house: House): Promise<Browser> {
  const link = new URL((await house.regulars('staff', 'add', colleague, '--role', 'manager')).trim());
  const maryna = openBrowser(house.origin);
  await maryna.get(`${link.pathname}${link.search}`);
  await maryna.post('/sign-in/link', {});
  const said = await maryna.post('/uk/console/managers/profile', {
    ...{ do: 'profile', name: 'Марина Бондар', phone: '', mail: '' },
  });
  expect(said.location).toContain('saved');
  return maryna;
}

async function logCall(
  maryna: Browser,
  { customerId, staffId }: { customerId: string; staffId: string },
): Promise<void> {
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
  const form = await maryna.get(`/uk/console/contacts/new?customer=${customerId}`);
  expect(form.text).not.toContain('Без прохання клієнта');
  const logged = await maryna.post('/uk/console/contacts/new', {
    ...{ key: randomBytes(16).toString('hex'), customer: customerId, channel: 'phone', direction: 'in' },
    ...{ summary: 'Питає про фільтр.', step: 'Надіслати фільтр', step_on: today, step_staff: staffId },
  });
  expect([logged.status, logged.location]).toEqual([303, expect.stringContaining('logged')]);
}

/** What is due today, as her day shows it. */
async function openTask(maryna: Browser): Promise<string> {
  const { text } = await maryna.get('/uk/console/contacts/day');
  expect(text).toContain('Надіслати фільтр');
  const task = text.split('id="task-').find((one) => one.includes('Надіслати фільтр'));
  return task?.slice(0, 32) ?? '';
}

async function tellProblem(
  house: House,
  signIn: (house: House, browser: Browser, email: string) => Promise<void>,
): Promise<string> {
  const ann = openBrowser(house.origin);
  await signIn(house, ann, customer);
  const told = { kind: 'problem', text: 'Фільтр протікає', answer: 'yes', key: crypto.randomUUID() };
  const { location } = await ann.post('/uk/account/feedback/new', told);
  return /feedback\/([0-9A-Z-]{9})/.exec(location ?? '')?.[1] ?? '';
}

async function answerCase(maryna: Browser, reference: string): Promise<void> {
  const answered = await maryna.post(`/uk/console/feedback/${reference}`, {
    ...{ do: 'answer', key: crypto.randomUUID(), text: 'Новий уже в дорозі.', state: 'answered' },
  });
  expect(answered.location).toContain('saved');
}

/** She is answered by mail, with a file that nobody keeps. */
async function reply(house: House, replyTo: string): Promise<void> {
  const id = 'answer-to-maryna';
  const sent = { from: `Ann <${customer}>`, to: [replyTo], subject: 'Re: Фільтр' };
  house.mail.received.files.set('notes', Buffer.from('plain words'));
  house.mail.received.mails.set(id, {
    ...{ ...sent, text: 'Дякую, так краще.\n\n> Новий уже в дорозі.' },
    attachments: [{ id: 'notes', filename: 'notes.txt', size: 11, content_type: 'text/plain' }],
  });
  expect(await tellReceived(house, { email_id: id, ...sent })).toBe(204);
}
