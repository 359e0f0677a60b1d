import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openEmbedded } from '../../../db/embedded.ts';
import type { Store } from '../../../db/store.ts';
import { queueMail } from '../../../functions/ground/outbox/queue-mail.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { decideFailure } from '../../../functions/people/mail/decide-failure.ts';
import { deliverMail } from '../../../functions/people/mail/deliver-mail.ts';
import { listFailures } from '../../../functions/people/mail/list-failures.ts';
import { type Behaviour, startFakeResend } from '../../support/fake-resend.ts';
import { createTestClock, createTestContext, type TestClock } from '../../support/test-context.ts';
import { createTestFile } from '../../support/test-store.ts';

const second = 1000;
const hour = 3600 * second;
const staff = { kind: 'staff', id: 'olena', role: 'agent' } as const;

const trouble: fc.Arbitrary<Behaviour> = fc.oneof(
  fc.constant<Behaviour>({ kind: 'accept' }),
  fc.constant<Behaviour>({ kind: 'break' }),
  fc.constant<Behaviour>({ kind: 'accept_and_break' }),
  fc.constant<Behaviour>({ kind: 'stall' }),
  fc
    .constantFrom('<html>', 'null', '{}', '[]')
    .map((text) => ({ kind: 'garble' as const, status: 200, text })),
  fc.constant<Behaviour>({ kind: 'refuse', status: 500, name: 'internal_server_error' }),
  fc.integer({ min: 1, max: 40 }).map((retry_after_s) => ({
    kind: 'refuse' as const,
    status: 429,
    name: 'rate_limit_exceeded',
    retry_after_s,
  })),
);

describe('the outbox under fire', () => {
  test('has each mail accepted exactly once, whatever the provider, the network and two dying workers do', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(trouble, { minLength: 10, maxLength: 30 }),
        fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 2, maxLength: 5 }),
        async (plan, deaths) => {
          const { ctx, fake, deliver, clock, path } = await setUp();
          const other = openEmbedded(path);
          fake.plan.push(...plan);
          await queue(ctx, 12);
          for (let round = 0; round < 60 && (await waiting(ctx)) > 0; round += 1) {
            const left = deaths[round] ?? 1000;
            const runs = [deliver(dyingAfter(ctx.db, left)), deliver(other)];
            await Promise.allSettled(runs);
            clock.advance(61 * second);
          }
          other.close();
          expect(await waiting(ctx)).toBe(0);
          expect(fake.accepted.map(({ body }) => body.to).sort()).toEqual(names(12));
          expect(await listFailures(ctx)).toEqual([]);
        },
      ),
      { numRuns: 8 },
    );
  }, 120_000);

  test('leaves the provider alone for as long as it asks, with every worker', async () => {
    const { ctx, fake, deliver, clock, path } = await setUp();
    const other = openEmbedded(path);
    fake.plan.push({ kind: 'refuse', status: 429, name: 'rate_limit_exceeded', retry_after_s: 120 });
    await queue(ctx, 5);
    await deliver();
    const asked = clock.now();
    for (let time = 0; time < 11; time += 1) {
      await Promise.all([deliver(), deliver(other)]);
      clock.advance(10 * second);
    }
    expect(fake.requests).toHaveLength(1);
    clock.advance(20 * second);
    await Promise.all([deliver(), deliver(other)]);
    other.close();
    expect(fake.accepted).toHaveLength(5);
    expect(Math.min(...fake.accepted.map(({ at }) => at))).toBeGreaterThanOrEqual(asked + 119 * second);
  });

  test('asks a person, and sends nothing, when it comes back a day after a send nobody heard of', async () => {
    const { ctx, fake, deliver, clock } = await setUp();
    fake.plan.push({ kind: 'accept_and_break' });
    await queue(ctx, 1);
    await deliver();
    clock.advance(25 * hour);
    await deliver();
    expect(fake.requests).toHaveLength(1);
    expect(await listFailures(ctx)).toMatchObject([{ failure: 'outcome_unknown', email: 'r00@x.example' }]);
  });

  test('still sends what waited two days for its first try', async () => {
    const { ctx, fake, deliver, clock } = await setUp();
    await queue(ctx, 1);
    clock.advance(48 * hour);
    await deliver();
    expect(fake.accepted).toHaveLength(1);
  });

  test('sends again what a person says, for another day, once', async () => {
    const { ctx, fake, deliver, clock } = await setUp();
    fake.plan.push({ kind: 'break' });
    await queue(ctx, 1);
    await deliver();
    clock.advance(25 * hour);
    await deliver();
    const [failed] = await listFailures(ctx);
    const decide = () =>
      decideFailure({ ...ctx, actor: staff }, { mailId: failed?.id ?? '', decision: 'retry' });
    const both = await Promise.allSettled([decide(), decide()]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await deliver();
    expect(fake.accepted).toHaveLength(1);
    expect(await listFailures(ctx)).toEqual([]);
    expect(await ctx.db.read({ sql: 'SELECT actor, act FROM audit_log', args: [] })).toEqual([
      ['staff:olena', 'mail.sent-again'],
    ]);
  });

  test('lets be what a person says, and tells so', async () => {
    const { ctx, fake, deliver, clock } = await setUp();
    fake.plan.push({ kind: 'refuse', status: 422, name: 'validation_error' });
    await queue(ctx, 1);
    await deliver();
    const [failed] = await listFailures(ctx);
    const asked = { mailId: failed?.id ?? '', decision: 'drop' as const };
    await decideFailure({ ...ctx, actor: staff }, asked);
    await expect(decideFailure({ ...ctx, actor: staff }, asked)).rejects.toMatchObject({ code: 'not_found' });
    clock.advance(hour);
    await deliver();
    expect(fake.accepted).toEqual([]);
    expect(await listFailures(ctx)).toEqual([]);
  });

  test('lets analysts look and not decide', async () => {
    const { ctx } = await setUp();
    const analyst = { ...ctx, actor: { ...staff, role: 'analyst' } as const };
    expect(await listFailures(analyst)).toEqual([]);
    await expect(decideFailure(analyst, { mailId: 'any', decision: 'retry' })).rejects.toMatchObject({
      code: 'forbidden',
    });
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
    deliverMail({ ...ctx, db }, { sleep: sleepBy(clock), timeout_ms: 150 });
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

const names = (count: number) =>
  Array.from({ length: count }, (_, index) => `r${String(index).padStart(2, '0')}@x.example`);

async function queue(ctx: Context, count: number): Promise<void> {
  const mails = names(count).map((address) =>
    queueMail(ctx, {
      template: 'email_changed_notice',
      params: { changedAt: 0 },
      address,
      language: 'en',
      at: ctx.now(),
    }),
  );
  await ctx.db.write(mails);
}

async function waiting({ db }: Context): Promise<number> {
  const [row] = await db.read({ sql: 'SELECT count(*) FROM outbox WHERE sent_at IS NULL', args: [] });
  return Number(row?.[0]);
}

/** A worker that is killed after some writes: nothing it does from then on reaches the database. */
function dyingAfter(store: Store, writes: number): Store {
  let left = writes;
  const write: Store['write'] = async (statements) => {
    left -= 1;
    if (left < 0) throw new Error('killed');
    return store.write(statements);
  };
  const dying: Store = { ...store, write, read: (one) => store.read(one), fresh: store };
  return { ...dying, fresh: dying };
}
