import { expect, test } from 'vitest';
import { createKeptPages } from '../../src/kept-pages.ts';

interface Shown {
  balance: bigint;
  orders: { number: string; at: Date | null }[];
}

const url = 'http://localhost/account';

/** A page that tells what its visit's operations answer, and how often it was rendered. */
function openPage() {
  const pages = createKeptPages({ 'Content-Type': 'text/html' });
  let rendered = 0;
  const visitOf = (customer: string, balance: () => Promise<Shown>, notes = () => ['none']) => ({
    customer: { id: customer },
    operations: { balance },
    rooms: { desk: { notes: async () => notes() } },
  });
  type Visit = ReturnType<typeof visitOf>;
  const ask = (visit: Visit, answer = new Response()) =>
    pages.answer({ url, visit }, async ({ customer, operations, rooms }) => {
      rendered += 1;
      const shown = await operations.balance().catch(() => null);
      const [note] = await rooms.desk.notes();
      const text = `${customer.id} ${shown?.balance} ${shown?.orders[0]?.number} ${note}`;
      return new Response(text, { status: answer.status, headers: answer.headers });
    });
  return { visitOf, ask, rendered: () => rendered };
}

const shown = (balance: bigint) => async () => ({ balance, orders: [{ number: 'A-1', at: null }] });

test('sends a page as it was rendered while everything it asks for is the same', async () => {
  const { ask, visitOf, rendered } = openPage();
  const first = await ask(visitOf('ann', shown(5n)));
  const second = await ask(visitOf('ann', shown(5n)));
  expect(await first.text()).toBe('ann 5 A-1 none');
  expect(await second.text()).toBe('ann 5 A-1 none');
  expect(second.headers.get('Content-Type')).toBe('text/html');
  expect(rendered()).toBe(1);
});

test('renders again what differs, also in a room', async () => {
  const { ask, visitOf, rendered } = openPage();
  await ask(visitOf('ann', shown(5n)));
  expect(await (await ask(visitOf('ann', shown(6n)))).text()).toBe('ann 6 A-1 none');
  expect(await (await ask(visitOf('ann', shown(6n), () => ['one', 'two']))).text()).toBe('ann 6 A-1 one');
  expect(rendered()).toBe(3);
});

test('never shows one customer the page of another', async () => {
  const { ask, visitOf } = openPage();
  await ask(visitOf('ann', shown(5n)));
  expect(await (await ask(visitOf('bob', shown(5n)))).text()).toBe('bob 5 A-1 none');
});

test('keeps no page that failed in part, was refused or sets a cookie', async () => {
  const { ask, visitOf, rendered } = openPage();
  const failing = visitOf('ann', () => Promise.reject(new Error('busy')));
  await ask(failing);
  await ask(failing);
  const visit = visitOf('bob', shown(5n));
  for (const answer of [
    new Response('', { status: 404 }),
    new Response('', { headers: { 'Set-Cookie': 'a=b' } }),
  ]) {
    await ask(visit, answer);
    await ask(visit, answer);
  }
  expect(rendered()).toBe(6);
});

test('leaves it to the page to say that something fails now', async () => {
  const { ask, visitOf } = openPage();
  await ask(visitOf('ann', shown(5n)));
  const failing = visitOf('ann', () => Promise.reject(new Error('busy')));
  expect(await (await ask(failing)).text()).toBe('ann undefined undefined none');
});

test('lets the page go that was asked for longest ago', async () => {
  const { ask, visitOf, rendered } = openPage();
  for (let customer = 0; customer <= 500; customer += 1) await ask(visitOf(`c${customer}`, shown(5n)));
  await ask(visitOf('c500', shown(5n)));
  expect(rendered()).toBe(501);
  await ask(visitOf('c0', shown(5n)));
  expect(rendered()).toBe(502);
});
