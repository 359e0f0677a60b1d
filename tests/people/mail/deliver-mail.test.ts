import { configure, reset } from '@logtape/logtape';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openEmbedded } from '../../../db/embedded.ts';
import { type Store, StoreUnavailable } from '../../../db/store.ts';
import { queueMail } from '../../../functions/ground/outbox/queue-mail.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { deliverMail } from '../../../functions/people/mail/deliver-mail.ts';
import { type FakeResend, startFakeResend } from '../../support/fake-resend.ts';
import { ask, dumpOf } from '../../support/sign-in.ts';
import { createTestClock, createTestContext, type TestClock } from '../../support/test-context.ts';
import { createTestFile } from '../../support/test-store.ts';

const second = 1000;
const hour = 3_600_000;
const unknown = { kind: 'refuse', status: 500, name: 'internal_server_error' } as const;
const garbled = (status: number, text: string) => ({ kind: 'garble', status, text }) as const;

describe('delivering', () => {
  test('sends each mail once, to its reader, under its id', async () => {
    const { ctx, fake, deliver } = await setUp();
    await queue(ctx, 3);
    await deliver();
    await deliver();
    expect(fake.requests).toHaveLength(3);
    expect(fake.accepted.map(({ body }) => body.to)).toEqual([
      'r0@x.example',
      'r1@x.example',
      'r2@x.example',
    ]);
    expect(fake.accepted[0]?.body).toMatchObject({
      from: 'Shop <shop@x.example>',
      subject: expect.any(String),
    });
    const rows = await outbox(ctx);
    expect(rows.map(({ id }) => id)).toEqual(fake.accepted.map(({ key }) => key));
    for (const row of rows)
      expect(row).toMatchObject({ providerId: `sent-${row.id}`, failedAt: null, rendered: null });
  });

  test('keeps to two a second, whatever waits', async () => {
    const { ctx, fake, deliver } = await setUp();
    await queue(ctx, 8);
    await deliver();
    expectTwoASecond(fake);
  });

  test('lets a sign-in code overtake', async () => {
    const { ctx, fake, deliver } = await setUp();
    await queue(ctx, 2);
    await ask(ctx, 'ann@x.example');
    await deliver();
    expect(fake.accepted[0]?.body.to).toBe('ann@x.example');
  });

  test.each([
    ['a 500', unknown],
    ['a lost connection', { kind: 'break' } as const],
    ['no answer at all', { kind: 'stall' } as const],
    ['an answer that is no JSON', garbled(200, '<html>')],
    ['an answer of nothing', garbled(200, 'null')],
    ['an answer without an id', garbled(200, '{}')],
    ['a 502 of somebody in between', garbled(502, '<html>')],
    ['a 500 that says null', garbled(500, 'null')],
    ['a 500 that says a number', garbled(500, '7')],
    ['a twin in flight', { kind: 'refuse', status: 409, name: 'concurrent_idempotent_requests' } as const],
    ['an answer that was lost', { kind: 'accept_and_break' } as const],
    ['a rate limit', { kind: 'refuse', status: 429, name: 'rate_limit_exceeded', retry_after_s: 3 } as const],
    ['a key that is not valid for now', { kind: 'refuse', status: 403, name: 'invalid_api_key' } as const],
  ])('tries again after %s, with the same bytes, and the mail arrives once', async (_name, behaviour) => {
    const { ctx, fake, deliver, clock } = await setUp();
    fake.plan.push(behaviour);
    await queue(ctx, 1);
    await deliver();
    for (let minute = 0; minute < 2; minute += 1) {
      clock.advance(60 * second);
      await deliver();
    }
    expect(fake.accepted).toHaveLength(1);
    expect(fake.requests.length).toBe(2);
    expect(fake.requests[1]).toMatchObject({ key: fake.requests[0]?.key, body: fake.requests[0]?.body });
    expect(await outbox(ctx)).toMatchObject([{ failedAt: null, sentAt: expect.any(Number) }]);
  });

  test('sends the same bytes again when the wording or the reader changed meanwhile', async () => {
    const { ctx, fake, deliver, clock } = await setUp();
    fake.plan.push({ kind: 'accept_and_break' });
    await queue(ctx, 1);
    await deliver();
    await ctx.db.write([
      { sql: "UPDATE outbox SET params = '{\"changedAt\":1}', language = 'uk'", args: [] },
    ]);
    clock.advance(60 * second);
    await deliver();
    expect(fake.requests[1]?.body).toBe(fake.requests[0]?.body);
    expect(fake.accepted).toHaveLength(1);
  });

  test('never stores a rendered secret, and renders it to the same bytes for the retry', async () => {
    const { ctx, fake, deliver, clock } = await setUp();
    fake.plan.push(unknown);
    const asked = await ask(ctx, 'ann@x.example');
    await deliver();
    const dump = await dumpOf(ctx);
    expect(dump).not.toContain(asked.code);
    expect(dump).not.toContain(asked.token);
    clock.advance(15 * second);
    await deliver();
    expect(fake.requests).toHaveLength(2);
    expect(fake.requests[1]?.body).toBe(fake.requests[0]?.body);
    expect(fake.accepted[0]?.body.html).toContain(asked.code);
  });

  test('takes a code that the provider has under other wording for sent', async () => {
    const { ctx, fake, deliver, clock } = await setUp();
    fake.plan.push({ kind: 'accept_and_break' });
    await ask(ctx, 'ann@x.example');
    await deliver();
    await ctx.db.write([{ sql: "UPDATE outbox SET language = 'uk'", args: [] }]);
    clock.advance(15 * second);
    await deliver();
    expect(fake.accepted).toHaveLength(1);
    expect(await outbox(ctx)).toMatchObject([{ providerId: 'accepted-before', failedAt: null }]);
  });

  test('logs neither addresses nor secrets', async () => {
    const logged: string[] = [];
    await configure({
      sinks: { kept: (record) => logged.push(JSON.stringify(record)) },
      loggers: [
        { category: ['regulars'], sinks: ['kept'], lowestLevel: 'debug' },
        { category: ['logtape'], lowestLevel: 'fatal' },
      ],
      reset: true,
    });
    onTestFinished(reset);
    const { ctx, fake, deliver } = await setUp();
    fake.plan.push(unknown, { kind: 'refuse', status: 422, name: 'validation_error' });
    const { code, token } = await ask(ctx, 'canary@x.example');
    await queue(ctx, 1);
    await deliver();
    expect(logged).toHaveLength(2);
    for (const canary of ['canary', 'r0@', code, token]) expect(logged.join()).not.toContain(canary);
  });

  test('sends no code that is over', async () => {
    const { ctx, fake, deliver, clock } = await setUp();
    await ask(ctx, 'ann@x.example');
    clock.advance(600 * second);
    await deliver();
    expect(fake.requests).toEqual([]);
    expect(await outbox(ctx)).toMatchObject([{ failure: 'challenge_over' }]);
  });

  test('gives up at once on what will never be taken', async () => {
    const { ctx, fake, deliver, clock } = await setUp();
    fake.plan.push({ kind: 'refuse', status: 422, name: 'validation_error' });
    await queue(ctx, 1);
    await deliver();
    clock.advance(hour);
    await deliver();
    expect(fake.requests).toHaveLength(1);
    expect(await outbox(ctx)).toMatchObject([{ failure: 'validation_error', failedAt: expect.any(Number) }]);
  });

  test('gives up after a day, within which the provider remembers the key', async () => {
    // Without the spread: by it the last try may come due when it is too late to be made, which is told otherwise.
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    onTestFinished(() => void vi.restoreAllMocks());
    const { ctx, fake, deliver, clock } = await setUp();
    fake.plan.push(...Array.from({ length: 100 }, () => unknown));
    await queue(ctx, 1);
    const start = clock.now();
    for (let minute = 0; minute < 30 * 60; minute += 5) {
      await deliver();
      clock.advance(300 * second);
    }
    expect(await outbox(ctx)).toMatchObject([{ sentAt: null, failure: 'internal_server_error' }]);
    expect(fake.requests.length).toBeGreaterThan(8);
    expect(fake.requests.length).toBeLessThan(20);
    expect(Math.max(...fake.requests.map(({ at }) => at))).toBeLessThan(start + 24 * hour);
    expect(fake.accepted).toEqual([]);
  });

  test('goes on with the other mails when one cannot be rendered', async () => {
    const { ctx, fake, deliver } = await setUp();
    await queue(ctx, 2);
    await ctx.db.write([{ sql: "UPDATE outbox SET params = '{}' WHERE address = 'r0@x.example'", args: [] }]);
    await deliver();
    expect(fake.accepted.map(({ body }) => body.to)).toEqual(['r1@x.example']);
    expect(await outbox(ctx)).toMatchObject([{ failure: 'malformed' }, { failure: null }]);
  });

  test('sends nothing twice when the process dies between sending and marking', async () => {
    const { ctx, fake, deliver, clock } = await setUp();
    await queue(ctx, 2);
    await expect(deliver(dyingAfterSend(ctx.db))).rejects.toThrow('killed');
    clock.advance(61 * second);
    await deliver();
    expect(fake.requests).toHaveLength(3);
    expect(fake.accepted).toHaveLength(2);
    expect(await outbox(ctx)).toMatchObject([{ sentAt: expect.any(Number) }, { sentAt: expect.any(Number) }]);
  });

  test('shares the work between two processes, each mail once, two a second', async () => {
    const { ctx, fake, deliver, path } = await setUp();
    const other = openEmbedded(path);
    await queue(ctx, 10);
    await Promise.all([deliver(), deliver(other)]);
    other.close();
    expect(fake.requests).toHaveLength(10);
    expect(new Set(fake.requests.map(({ key }) => key)).size).toBe(10);
    expectTwoASecond(fake, { late: 1 });
  });

  test('sends nothing in mailbox mode, nor without a way to send', async () => {
    const { ctx } = await setUp();
    await queue(ctx, 2);
    await deliverMail({ ...ctx, config: { ...ctx.config, mail: { kind: 'none' } } });
    expect(await outbox(ctx)).toMatchObject([{ sentAt: null }, { sentAt: null }]);
    await deliverMail({ ...ctx, config: { ...ctx.config, mail: { kind: 'mailbox' } } });
    expect(await outbox(ctx)).toMatchObject([{ providerId: 'mailbox' }, { providerId: 'mailbox' }]);
  });
});

async function setUp() {
  const clock = createTestClock();
  const fake = await startFakeResend(clock.now);
  const { store, path } = await createTestFile();
  const mail = {
    kind: 'resend',
    from: 'Shop <shop@x.example>',
    apiKey: 're_test',
    baseUrl: fake.baseUrl,
    webhookSecret: undefined,
  } as const;
  const ctx = await createTestContext({ store, now: clock.now, config: { mail } });
  const deliver = (db: Store = store) =>
    deliverMail({ ...ctx, db }, { sleep: sleepBy(clock), timeout_ms: 500 });
  return { ctx, fake, deliver, clock, path };
}

/** Sleeping moves the clock to where the sleeper wakes; two sleepers do not add up. */
function sleepBy(clock: TestClock) {
  return async (ms: number) => {
    const until = clock.now() + ms;
    await new Promise((resolve) => setTimeout(resolve, 1));
    clock.advance(Math.max(0, until - clock.now()));
  };
}

async function queue(ctx: Context, count: number): Promise<void> {
  const mails = Array.from({ length: count }, (_, index) =>
    queueMail(ctx, {
      template: 'email_change_undone',
      params: { undoneAt: 0 },
      address: `r${index}@x.example`,
      language: 'en',
      at: ctx.now(),
    }),
  );
  await ctx.db.write(mails);
}

async function outbox(ctx: Context) {
  const rows = await ctx.db.read({
    sql: 'SELECT id, sent_at, failed_at, failure, provider_id, rendered FROM outbox ORDER BY id',
    args: [],
  });
  const time = (value: unknown) => (value === null ? null : Number(value));
  return rows.map(([id, sentAt, failedAt, failure, providerId, rendered]) => ({
    id: String(id),
    sentAt: time(sentAt),
    failedAt: time(failedAt),
    failure,
    providerId,
    rendered,
  }));
}

function dyingAfterSend(store: Store): Store {
  return {
    ...store,
    write: async (statements) => {
      if (statements.some(({ sql }) => sql.includes('SET sent_at'))) throw new StoreUnavailable('killed');
      return store.write(statements);
    },
  };
}

/** A mail counts when it is let go; on its way to the provider one of another process may be `late` and meet the next. */
function expectTwoASecond({ requests }: FakeResend, { late = 0 } = {}): void {
  for (const { at } of requests) {
    const within = requests.filter((other) => other.at >= at && other.at < at + second);
    expect(within.length).toBeLessThanOrEqual(2 + late);
  }
}
