import { describe, expect, test } from 'vitest';
import { listMailbox } from '../../../functions/people/mail/mailbox.ts';
import { ask, dumpOf, signIn } from '../../support/sign-in.ts';
import { createTestClock, createTestContext } from '../../support/test-context.ts';

const minute = 60_000;

describe('asking to sign in', () => {
  test('mails the code and the link, and wakes the mail', async () => {
    let woken = 0;
    const ctx = await createTestContext({ wakeMail: () => (woken += 1) });
    const asked = await ask(ctx, ' Ann@X.Example ');
    const [mail] = await listMailbox(ctx);
    expect(mail).toMatchObject({ to: 'ann@x.example', code: asked.code, withheld: null });
    expect(mail?.link).toBe(`http://localhost:4321/sign-in/link?token=${encodeURIComponent(asked.token)}`);
    expect(mail?.text).toContain(asked.code);
    expect(mail?.html).toContain(asked.code);
    expect(woken).toBe(1);
  });

  test('keeps neither code nor token nor cookie', async () => {
    const ctx = await createTestContext();
    const asked = await ask(ctx, 'ann@x.example');
    const session = await signIn(ctx, 'ann@x.example');
    const dump = await dumpOf(ctx);
    for (const secret of [
      asked.code,
      asked.token,
      asked.token.split('.')[1],
      asked.browserToken,
      session.token,
    ]) {
      expect(dump).not.toContain(secret);
    }
  });

  test('does the same for known and unknown addresses', async () => {
    const ctx = await createTestContext();
    await signIn(ctx, 'known@x.example');
    const writes: number[] = [];
    const reads: number[] = [];
    const counted = {
      ...ctx,
      db: {
        ...ctx.db,
        write: (statements: Parameters<typeof ctx.db.write>[0]) => {
          writes.push(statements.length);
          return ctx.db.write(statements);
        },
        read: (statement: Parameters<typeof ctx.db.read>[0]) => {
          reads.push(1);
          return ctx.db.read(statement);
        },
      },
    };
    const known = await ask(counted, 'known@x.example');
    const afterKnown = [...writes];
    const unknown = await ask(counted, 'unknown@x.example');
    expect(writes.slice(afterKnown.length)).toEqual(afterKnown);
    expect(reads).toEqual([]);
    expect(Object.keys(known)).toEqual(Object.keys(unknown));
    expect(known.challengeId).toHaveLength(unknown.challengeId.length);
  });

  test('writes for one client to one address five times a quarter of an hour, and says nothing about it', async () => {
    const clock = createTestClock();
    const ctx = await createTestContext({ now: clock.now });
    for (let time = 0; time < 8; time += 1) await ask(ctx, 'ann@x.example', '192.0.2.1');
    expect(await listMailbox(ctx)).toHaveLength(5);
    clock.advance(15 * minute);
    await ask(ctx, 'ann@x.example');
    expect(await listMailbox(ctx)).toHaveLength(6);
  });

  test('goes on writing to an address that somebody else has asked for too often', async () => {
    const ctx = await createTestContext();
    for (let time = 0; time < 8; time += 1) await ask(ctx, 'ann@x.example', '198.51.100.66');
    await ask(ctx, 'ann@x.example', '192.0.2.1');
    expect(await listMailbox(ctx)).toHaveLength(6);
  });

  test('writes to one address twenty times an hour, and as often again for networks that asked little', async () => {
    const ctx = await createTestContext();
    const sent = () => ctx.db.read({ sql: 'SELECT count(*) FROM outbox', args: [] });
    for (let time = 0; time < 50; time += 1) await ask(ctx, 'ann@x.example', `192.0.2.${time}`);
    expect(await sent()).toEqual([[22n]]);
    for (let time = 0; time < 50; time += 1) await ask(ctx, 'ann@x.example', `198.${time}.0.1`);
    expect(await sent()).toEqual([[40n]]);
  });

  test.each([
    ['an IPv4 address', () => '192.0.2.7'],
    ['the /64 of an IPv6 address', (time: number) => `2001:db8:1:2:${time.toString(16)}::1`],
  ])('refuses %s after twenty mails', async (_name, addressOf) => {
    const ctx = await createTestContext();
    for (let time = 0; time < 20; time += 1) await ask(ctx, `p${time}@x.example`, addressOf(time));
    await expect(ask(ctx, 'p20@x.example', addressOf(20))).rejects.toMatchObject({
      code: 'too_many_requests',
      retry_after_s: 900,
    });
    await ask(ctx, 'p21@x.example', '2001:db8:1:3::1');
  });

  test.each(['', 'ann', 'a@b@c', 'ann@x.example\0', `${'a'.repeat(300)}@x.example`])(
    'refuses %j as an address',
    async (email) => {
      const ctx = await createTestContext();
      await expect(ask(ctx, email)).rejects.toMatchObject({ code: 'validation_failed' });
      expect(await listMailbox(ctx)).toEqual([]);
    },
  );
});
