import { describe, expect, test } from 'vitest';
import type { Actor } from '../../../functions/ground/platform/context.ts';
import { deliverMail } from '../../../functions/people/mail/deliver-mail.ts';
import { listMailbox } from '../../../functions/people/mail/mailbox.ts';
import { sendTestMail } from '../../../functions/people/mail/send-test.ts';
import { startFakeResend } from '../../support/fake-resend.ts';
import { createTestClock, createTestContext } from '../../support/test-context.ts';

const to = 'olena@x.example';
const owner: Actor = { kind: 'staff', id: 'o1', role: 'owner' };

describe('a test mail', () => {
  test('goes out before what waits, and tells that it was accepted', async () => {
    const { ctx, fake } = await sending();
    expect(await sendTestMail(ctx, { to, language: 'uk' })).toEqual({ outcome: 'accepted' });
    expect(fake.accepted).toMatchObject([{ body: { to, from: 'Shop <shop@x.example>' } }]);
    expect(String(fake.accepted[0]?.body.subject)).toContain('перевірка пошти');
    await deliverMail(ctx);
    expect(fake.requests).toHaveLength(1);
  });

  test.each([
    [403, 'validation_error', 'later'],
    [422, 'invalid_from_address', 'refused'],
    [500, 'internal_server_error', 'later'],
  ])(
    'that is answered with %i %s is told to be %s, in the words of the provider',
    async (status, name, outcome) => {
      const { ctx, fake } = await sending();
      fake.plan.push({ kind: 'refuse', status, name });
      expect(await sendTestMail(ctx, { to })).toEqual({ outcome, reason: name, message: expect.any(String) });
      expect(fake.accepted).toEqual([]);
    },
  );

  test('stays on the mailbox page where no key is set', async () => {
    const ctx = { ...(await createTestContext()), actor: owner };
    expect(await sendTestMail(ctx, { to })).toEqual({ outcome: 'mailbox' });
    expect(await listMailbox(ctx)).toMatchObject([{ to, subject: expect.stringContaining('test email') }]);
  });

  test('is sent five times an hour by one person, and by owners and managers alone', async () => {
    const { ctx, fake, clock } = await sending();
    for (let count = 0; count < 5; count += 1) await sendTestMail(ctx, { to });
    await expect(sendTestMail(ctx, { to })).rejects.toMatchObject({ code: 'too_many_requests' });
    expect(fake.accepted).toHaveLength(5);
    clock.advance(3_600_000);
    expect(await sendTestMail(ctx, { to })).toEqual({ outcome: 'accepted' });
    for (const actor of [
      { ...owner, role: 'agent' },
      { kind: 'customer', id: 'c1' },
    ] as const)
      await expect(sendTestMail({ ...ctx, actor }, { to })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

async function sending() {
  const clock = createTestClock();
  const fake = await startFakeResend(clock.now);
  const mail = {
    kind: 'resend',
    from: 'Shop <shop@x.example>',
    apiKey: 're_test',
    baseUrl: fake.baseUrl,
    webhookSecret: undefined,
  } as const;
  const ctx = await createTestContext({ now: clock.now, config: { mail }, actor: owner });
  return { ctx, fake, clock };
}
