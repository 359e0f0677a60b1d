import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { countryOf, roughAddress } from '../../../functions/ground/http/client-address.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { codeOf, linkTokenOf } from '../../../functions/people/sign-in/challenge.ts';
import { consumeLink } from '../../../functions/people/sign-in/consume-link.ts';
import { isKnownBrowser, knownTokenOf, withKnown } from '../../../functions/people/sign-in/known-browser.ts';
import { requestSignIn } from '../../../functions/people/sign-in/request-sign-in.ts';
import { verifyCode } from '../../../functions/people/sign-in/verify-code.ts';
import { addStaff } from '../../../functions/people/staff/add-staff.ts';
import { ask, signIn } from '../../support/sign-in.ts';
import { createTestContext, testSecret } from '../../support/test-context.ts';

const firefox = 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0';

/** What was told of new devices, newest last. */
async function toldIn({ db }: Context): Promise<unknown[]> {
  const rows = await db.read(
    statement(
      "SELECT coalesce(address, ''), params FROM outbox WHERE template = 'new_device' ORDER BY created_at, id",
    ),
  );
  return rows.map(([address, params]) => ({ address, ...JSON.parse(String(params)) }));
}

test('somebody who signs in again is told of a browser that is not known, and not of one that is', async () => {
  let woken = 0;
  const wakeMail = () => {
    woken += 1;
  };
  const ctx = await createTestContext({ wakeMail });
  const first = await signIn(ctx, 'ann@example.com');
  expect(await toldIn(ctx)).toEqual([]);
  const known = await ask(ctx, 'ann@example.com');
  const { token: _known, ...typed } = known;
  await verifyCode(ctx, { ...typed, knownToken: first.knownToken, userAgent: firefox });
  expect(await toldIn(ctx)).toEqual([]);
  woken = 0;
  const { token: _new, ...again } = await ask(ctx, 'ann@example.com');
  woken = 0;
  await verifyCode(ctx, { ...again, userAgent: firefox, country: 'UA' });
  expect(woken).toBe(1);
  expect(await toldIn(ctx)).toMatchObject([
    { device: 'Firefox, Windows', network: '192.0.2.x', country: 'UA', at: ctx.now(), isStaff: false },
  ]);
});

test('a link that is opened in a browser that is not known tells of it, too', async () => {
  const ctx = await createTestContext();
  await signIn(ctx, 'ann@example.com');
  const { token, browserToken } = await ask(ctx, 'ann@example.com');
  await consumeLink(ctx, { token, browserToken, clientAddress: '2001:db8:1:2::3' });
  expect(await toldIn(ctx)).toMatchObject([{ device: '', network: '2001:db8:1:x', country: null }]);
});

test('somebody of the team is told from the second time on', async () => {
  const ctx = await createTestContext();
  await addStaff(ctx, { email: 'olha@example.com', role: 'agent' });
  const enter = async () => {
    const asking = { email: 'olha@example.com', language: 'en', browserToken: 'b'.repeat(43) };
    const { challengeId } = await requestSignIn(ctx, {
      ...asking,
      clientAddress: '192.0.2.1',
      isForStaff: true,
    });
    const code = codeOf(testSecret, challengeId);
    await verifyCode(ctx, {
      challengeId,
      code,
      browserToken: asking.browserToken,
      clientAddress: '192.0.2.1',
    });
  };
  await enter();
  expect(await toldIn(ctx)).toEqual([]);
  await enter();
  expect(await toldIn(ctx)).toMatchObject([{ address: 'olha@example.com', isStaff: true }]);
});

test('nobody is told who has not joined', async () => {
  const ctx = await createTestContext();
  for (const _ of [1, 2]) {
    const { challengeId, browserToken } = await ask(ctx, 'new@example.com');
    await consumeLink(ctx, { token: linkTokenOf(testSecret, challengeId), browserToken });
  }
  expect(await toldIn(ctx)).toEqual([]);
});

test('a browser knows the last four addresses that signed in by it', () => {
  const people = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@example.com`);
  const kept = people.reduce<string | null>(
    (before, email) => withKnown(before, knownTokenOf(testSecret, email)),
    null,
  );
  expect(people.map((email) => isKnownBrowser(testSecret, email, kept))).toEqual([
    false,
    ...[true, true, true, true],
  ]);
  expect(withKnown(kept, knownTokenOf(testSecret, 'b@example.com'))).toHaveLength(4 * 43);
});

test.each([
  ['192.0.2.77', '192.0.2.x'],
  ['2001:db8:1:2::3', '2001:db8:1:x'],
  ['unknown', null],
])('%s is told as %s', (address, told) => {
  expect(roughAddress(address)).toBe(told);
});

test('a country is told by the platform alone', () => {
  const request = new Request('https://x.example', { headers: { 'cf-ipcountry': 'UA' } });
  expect(countryOf(request, { platform: 'workers' })).toBe('UA');
  expect(countryOf(request, { platform: 'node', socketAddress: '192.0.2.1', trustedProxies: [] })).toBeNull();
});
