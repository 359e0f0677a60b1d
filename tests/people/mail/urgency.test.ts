import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openEmbedded } from '../../../db/embedded.ts';
import type { Statement, Store } from '../../../db/store.ts';
import { leaseMail, takeTurn } from '../../../functions/ground/outbox/outbox.ts';
import { type Mail, queueMail } from '../../../functions/ground/outbox/queue-mail.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { deliverMail } from '../../../functions/people/mail/deliver-mail.ts';
import { startFakeResend } from '../../support/fake-resend.ts';
import { ask } from '../../support/sign-in.ts';
import { createTestClock, createTestContext } from '../../support/test-context.ts';
import { createTestFile, createTestStore } from '../../support/test-store.ts';

const second = 1000;

test('codes leave within two seconds and orders before the rest of a drop that 5,000 people are told of', async () => {
  const { ctx, sent, deliver, clock } = await setUp();
  await ctx.db.write(Array.from({ length: 5000 }, (_, index) => drop(ctx, `d${index}@x.example`)));
  const cameAt = new Map<string, number>();
  const come = async (count: number) => {
    const [code, order] = [`c${count}@x.example`, `o${count}@x.example`];
    await ask(ctx, code, `192.0.2.${count}`);
    await ctx.db.write([shipped(ctx, order)]);
    for (const address of [code, order]) cameAt.set(address, clock.now());
  };
  const begin = clock.now();
  await deliver({
    budget_ms: 40 * second,
    at: async () => {
      while (cameAt.size < 40 && begin + (cameAt.size / 2) * second <= clock.now())
        await come(cameAt.size / 2);
    },
  });
  const waited = (kind: string) =>
    [...cameAt].filter(([to]) => to.startsWith(kind)).map(([to, at]) => (sent().get(to) ?? Number.NaN) - at);
  expect(waited('c')).toHaveLength(20);
  expect(Math.max(...waited('c'))).toBeLessThanOrEqual(2 * second);
  expect(Math.max(...waited('o'))).toBeLessThanOrEqual(4 * second);
  const told = [...sent()].filter(([to]) => to.startsWith('d'));
  for (const [, at] of told)
    for (const [to, came] of cameAt)
      expect(came < at && (sent().get(to) ?? Number.POSITIVE_INFINITY) > at).toBe(false);
  expect(told).toHaveLength(80 - 40);
}, 60_000);

test('a turn that was taken for the told goes to a code that comes meanwhile', async () => {
  const { ctx, clock } = await setUp();
  await ctx.db.write([drop(ctx, 'd@x.example')]);
  expect(await takeTurn(ctx.db, clock.now())).toBe(clock.now());
  await ask(ctx, 'ann@x.example');
  expect(await leaseMail(ctx.db, clock.now())).toMatchObject({ template: 'sign_in' });
  expect(await leaseMail(ctx.db, clock.now())).toMatchObject({ template: 'drop_open' });
  expect(await leaseMail(ctx.db, clock.now())).toBe(null);
});

test('what is tried again, and what waits for the end of a pause, keeps its place', async () => {
  const { ctx, fake, sent, deliver, clock } = await setUp();
  fake.plan.push({ kind: 'refuse', status: 429, name: 'rate_limit_exceeded', retry_after_s: 60 });
  await ctx.db.write([drop(ctx, 'd0@x.example'), drop(ctx, 'd1@x.example')]);
  await deliver();
  clock.advance(30 * second);
  await ctx.db.write([shipped(ctx, 'o@x.example')]);
  await ask(ctx, 'c@x.example');
  await deliver();
  expect([...sent().keys()]).toEqual([]);
  clock.advance(60 * second);
  await deliver();
  expect([...sent().keys()]).toEqual(['c@x.example', 'o@x.example', 'd1@x.example', 'd0@x.example']);
});

test('whatever somebody waits for at a page goes now, and no other mail is without its urgency', async () => {
  const { ctx } = await setUp();
  const now = [...ctx.house.letters].filter(([, { urgency }]) => urgency === 'now').map(([name]) => name);
  expect(now.sort()).toEqual([
    'email_change',
    'email_change_asked',
    'email_change_waits',
    'email_changed_notice',
    'erased',
    'erasure_asked',
    'erasure_code',
    'factor_added',
    'invitation',
    'mail_test',
    'new_device',
    'order_code',
    'owner_change',
    'passkey_added',
    'passkey_removed',
    'sign_in',
    'staff_invitation',
  ]);
  for (const [, { urgency }] of ctx.house.letters) expect(['now', 'owed', 'bulk']).toContain(urgency);
});

test('a turn and the mail that takes it are found by an index', async () => {
  const store = await createTestStore();
  const asked: Statement[] = [];
  const watched: Store = {
    ...store,
    write: (statements) => {
      asked.push(...statements);
      return store.write(statements);
    },
  };
  await takeTurn(watched, 0);
  await leaseMail(watched, 0);
  for (const { sql, args } of asked) {
    const plan = await store.read({ sql: `EXPLAIN QUERY PLAN ${sql}`, args });
    const steps = plan.map((row) => String(row[3])).filter((step) => step.includes('outbox'));
    expect(
      steps.filter((step) => step.includes('outbox_waiting (urgency=? AND next_try_at<?)')),
    ).toHaveLength(3);
    expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual([]);
  }
});

test('mail that waited through the upgrade, or was given up, gets its urgency', async () => {
  const { store, path } = await createTestFile();
  store.close();
  const db = openEmbedded(path);
  await db.script('DROP INDEX outbox_waiting; ALTER TABLE outbox DROP COLUMN urgency;');
  const old = (template: string, params: string, state: string) => `INSERT INTO outbox
    (id, template, params, address, created_at, next_try_at, tries, ${state}) VALUES
    ('${template} ${state}', '${template}', '${params}', 'a@x.example', 1, 1, 0, 1);`;
  await db.script(
    ['language', 'sent_at', 'failed_at']
      .flatMap((state) => [
        old('sign_in', '{"challengeId":"c"}', state),
        old('order_placed', '{}', state),
        old('drop_open', '{}', state),
      ])
      .join('\n'),
  );
  const migration = new URL('../../../db/migrations/0014_mail-urgency.sql', import.meta.url);
  const [, ...statements] = readFileSync(migration, 'utf8').split('--> statement-breakpoint');
  await db.script(statements.join('\n'));
  const rows = await db.read({ sql: 'SELECT id, urgency FROM outbox ORDER BY rowid', args: [] });
  db.close();
  expect(rows).toEqual([
    ['sign_in language', 'now'],
    ['order_placed language', 'owed'],
    ['drop_open language', 'bulk'],
    ['sign_in sent_at', 'owed'],
    ['order_placed sent_at', 'owed'],
    ['drop_open sent_at', 'owed'],
    ['sign_in failed_at', 'now'],
    ['order_placed failed_at', 'owed'],
    ['drop_open failed_at', 'bulk'],
  ]);
});

async function setUp() {
  const clock = createTestClock();
  const fake = await startFakeResend(clock.now);
  const mail = {
    kind: 'resend',
    from: 'Shop <shop@x.example>',
    apiKey: 're_test',
    baseUrl: fake.baseUrl,
    webhookSecret: undefined,
  } as const;
  const ctx = await createTestContext({ now: clock.now, config: { mail } });
  /** `at` is called at every turn. */
  const deliver = ({ budget_ms, at }: { budget_ms?: number; at?: () => Promise<void> } = {}) =>
    deliverMail(ctx, {
      ...(budget_ms === undefined ? {} : { budget_ms }),
      sleep: async (ms) => {
        clock.advance(ms);
        await at?.();
      },
    });
  const sent = () => new Map(fake.accepted.map(({ body, at }) => [String(body.to), at]));
  return { ctx, fake, sent, deliver, clock };
}

const drop = (ctx: Context, address: string) =>
  mailTo(ctx, address, {
    template: 'drop_open',
    params: { dropId: 'd1', title: { en: 'First flush' }, stock: 3, closesAt: 0 },
  });

const shipped = (ctx: Context, address: string) =>
  mailTo(ctx, address, {
    template: 'order_state',
    params: {
      source: 'till',
      number: 'A-1',
      status: 'shipped',
      at: { at: 0, day: null },
      carrier: null,
      trackingNumber: null,
    },
  });

type Letter = Mail extends infer One ? (One extends Mail ? Pick<One, 'template' | 'params'> : never) : never;

function mailTo(ctx: Context, address: string, letter: Letter): Statement {
  return queueMail(ctx, { ...letter, address, language: 'en', at: ctx.now() });
}
