import { describe, expect, test } from 'vitest';
import { createMailWaker } from '../../../functions/ground/outbox/mail-waker.ts';
import { deliverMail } from '../../../functions/people/mail/deliver-mail.ts';
import { isMailboxRequest, listMailbox, MAILBOX_PAGE } from '../../../functions/people/mail/mailbox.ts';
import { ask } from '../../support/sign-in.ts';
import { createTestContext, testConfig } from '../../support/test-context.ts';

describe('the mailbox page', () => {
  test('shows the newest mail first, with its link and code', async () => {
    const ctx = await createTestContext();
    await ask(ctx, 'ann@x.example');
    const asked = await ask(ctx, 'bob@x.example');
    await deliverMail(ctx);
    expect(await listMailbox(ctx)).toMatchObject([
      { to: 'bob@x.example', code: asked.code, link: expect.stringContaining(asked.token), at: ctx.now() },
      { to: 'ann@x.example' },
    ]);
  });

  test('shows the older ones from where a page ends, and one alone by its id', async () => {
    const ctx = await createTestContext();
    const everybody = Array.from({ length: MAILBOX_PAGE + 2 }, (_, n) => `reader-${n}@x.example`);
    for (const [n, email] of everybody.entries()) await ask(ctx, email, `192.0.2.${n + 1}`);
    const first = await listMailbox(ctx);
    const rest = await listMailbox(ctx, { before: first.at(-1)?.id ?? '' });
    expect([first.length, rest.length]).toEqual([MAILBOX_PAGE, 2]);
    expect(new Set([...first, ...rest].map(({ to }) => to))).toEqual(new Set(everybody));
    const [oldest] = rest.slice(-1);
    expect(await listMailbox(ctx, { id: oldest?.id ?? '' })).toEqual([oldest]);
    expect(await listMailbox(ctx, { id: 'nobody' })).toEqual([]);
  });

  test('is not there when mail is sent', async () => {
    const ctx = await createTestContext({ config: { mail: { kind: 'none' } } });
    await expect(listMailbox(ctx)).rejects.toMatchObject({ code: 'not_found' });
  });

  test.each([
    ['http://localhost:4321/mailbox', {}, true],
    ['http://127.0.0.1:4321/mailbox', { Host: '127.0.0.1:4321' }, true],
    ['http://[::1]:4321/mailbox', { Host: '[::1]:4321' }, true],
    ['http://shop.example/mailbox', {}, false],
    ['http://localhost:4321/mailbox', { Host: 'shop.example' }, false],
    ['http://localhost.shop.example/mailbox', {}, false],
    ['http://127.0.0.1.shop.example/mailbox', {}, false],
    ['http://localhost:4321/mailbox', { 'X-Forwarded-For': '127.0.0.1' }, false],
    ['http://localhost:4321/mailbox', { 'X-Forwarded-Host': 'localhost' }, false],
    ['http://localhost:4321/mailbox', { Forwarded: 'for=127.0.0.1' }, false],
    ['http://localhost:4321/mailbox', { Via: '1.1 proxy' }, false],
    ['http://localhost:4321/mailbox', { 'CF-Connecting-IP': '127.0.0.1' }, false],
    ['http://localhost:4321/mailbox', { 'X-Real-IP': '127.0.0.1' }, false],
    ['http://localhost:4321/mailbox', { 'X-Forwarded-Proto': 'http' }, false],
    ['http://localhost:4321/mailbox', { 'X-Client-IP': '127.0.0.1' }, false],
    ['http://localhost:4321/mailbox', { 'True-Client-IP': '127.0.0.1' }, false],
    ['http://localhost:4321/mailbox', { 'X-Original-Host': 'shop.example' }, false],
    ['http://localhost:4321/mailbox', { 'Fly-Client-IP': '127.0.0.1' }, false],
    ['http://localhost:8080/mailbox', {}, false],
    ['http://localhost:4321/mailbox', { Host: 'localhost' }, false],
    ['http://localhost:4321/mailbox', { Host: 'local host' }, false],
  ])('answers %s with %j: %s', (url, headers, isAnswered) => {
    expect(isMailboxRequest(new Request(url, { headers }), testConfig)).toBe(isAnswered);
    expect(isMailboxRequest(new Request(url, { headers }), { ...testConfig, mail: { kind: 'none' } })).toBe(
      false,
    );
  });
});

test('the mailbox does not answer HTTP/1.0, and answers at the port of PUBLIC_URL', () => {
  const asked = (port: number) => new Request(`http://localhost:${port}/mailbox`);
  expect(isMailboxRequest(asked(4321), testConfig, '1.0')).toBe(false);
  expect(isMailboxRequest(asked(4321), testConfig, '1.1')).toBe(true);
  const config = { ...testConfig, publicUrl: 'http://localhost:9000' };
  expect([4321, 9000, 9001].map((port) => isMailboxRequest(asked(port), config))).toEqual([
    true,
    true,
    false,
  ]);
});

test('waking the mail while it is being sent sends once more, never two at a time', async () => {
  let running = 0;
  let most = 0;
  let runs = 0;
  const { wake } = createMailWaker(async () => {
    runs += 1;
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running -= 1;
  }, String);
  for (let time = 0; time < 10; time += 1) wake();
  await expect.poll(() => runs).toBe(2);
  wake();
  await expect.poll(() => runs).toBeGreaterThanOrEqual(3);
  await expect.poll(() => running).toBe(0);
  expect(most).toBe(1);
});

test('a delivery that fails is told, keeps the next from nothing, and rejects nobody', async () => {
  const failures: unknown[] = [];
  let runs = 0;
  const { wake, stop } = createMailWaker(
    async () => {
      runs += 1;
      if (runs === 1) throw new Error('the disk is full');
    },
    (error) => failures.push(error),
  );
  wake();
  await expect.poll(() => failures.length).toBe(1);
  wake();
  await expect.poll(() => runs).toBe(2);
  await stop();
  wake();
  await stop();
  expect([runs, failures.length]).toEqual([2, 1]);
});
