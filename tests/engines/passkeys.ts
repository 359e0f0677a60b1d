import { Secret, TOTP } from 'otpauth';
import { expect, test } from 'vitest';
import { createAuthenticator } from '../support/authenticator.ts';
import { type Browser, openBrowser } from './browser.ts';
import type { House } from './house.ts';

type SignIn = (house: House, browser: Browser, email: string) => Promise<void>;
type Device = ReturnType<typeof createAuthenticator>;

const options = '/sign-in/passkey/options';

/** Passkeys and the second factor that is asked for again, as browsers meet them. */
export function describePasskeys(open: () => House, signIn: SignIn): void {
  test('a customer adds a passkey, signs in by it in another browser, and it opens nothing twice', async () => {
    const house = open();
    const [here, there] = [openBrowser(house.origin), openBrowser(house.origin)];
    await signIn(house, here, 'passkey@example.com');
    const device = createAuthenticator(house.origin);
    expect((await add(here, device, '/account/settings/devices')).location).toMatch(/done=added$/);
    expect((await here.get('/account/settings/devices')).text).toContain('not used yet');
    const sent = await answer(there, device);
    expect(await there.post('/sign-in/passkey', sent)).toMatchObject({ status: 303, location: '/account' });
    expect((await there.get('/account')).status).toBe(200);
    expect((await there.post('/sign-in/passkey', sent)).status).toBe(422);
    const copied = await answer(there, device, { counter: 1 });
    expect((await there.post('/sign-in/passkey', copied)).text).toContain('does not open anything here');
    for (const trick of [{ origin: 'https://evil.example' }, { rpId: 'evil.example' }])
      expect((await there.post('/sign-in/passkey', await answer(there, device, trick))).status).toBe(422);
    const others = { do: 'others' };
    expect((await here.post('/account/settings/devices', others)).location).toMatch(/done=others$/);
    expect((await there.get('/account')).location).toMatch(/^\/sign-in\?next=/);
  });

  test('a code answers the question, too: files come after it, and a form without Origin keeps its token', async () => {
    const house = open();
    const staff = openBrowser(house.origin);
    const paper = await setUpApp(house, staff, 'app@x.example');
    const forget = async () => {
      await house.look("UPDATE sessions SET factor_at = factor_at - 600000 WHERE kind = 'staff'");
      await house.look('DELETE FROM rate_limits');
    };
    const prove = (path: string, code: string, more: Record<string, string> = {}) =>
      staff.post(path, { ...more, proof_method: 'FILE', proof_code: code });
    for (const list of ['customers', 'orders', 'payouts']) {
      await forget();
      const file = `/console/${list}/csv`;
      const asked = await staff.get(file);
      expect([asked.status, asked.text.includes('name="proof_method" value="FILE"')]).toEqual([403, true]);
      const code = paper.pop() ?? '';
      const comes = await prove(file, code);
      expect([comes.status, comes.text.includes('Your file')]).toEqual([200, true]);
      expect(comes.text).toContain(`href="/console/${list}"`);
      expect((await prove(file, code)).text).toContain('Your file');
      expect((await staff.get(file)).text).toMatch(/^\uFEFF?[a-z_]+,/);
    }
    await forget();
    const sent = { do: 'add', name: 'My "own" key', challenge: '', passkey: '', proof_method: 'POST' };
    expect((await staff.post('/console/devices', { ...sent, proof_code: 'wrong' })).status).toBe(422);
    const kept = await staff.post('/console/devices', { ...sent, proof_code: paper.pop() ?? '' });
    expect([kept.status, kept.text.includes('once more')]).toEqual([200, true]);
    expect((await staff.get('/console')).status).toBe(200);
    await forget();
    const headers = { Cookie: `regulars_session=${staff.cookie('regulars_session')}` };
    let token = tokenIn((await staff.get('/console/orders/csv')).text);
    for (const code of ['wrong', 'wrong again']) {
      const body = new URLSearchParams({ form_token: token, proof_method: 'FILE', proof_code: code });
      const again = await fetch(`${house.origin}/console/orders/csv`, { method: 'POST', headers, body });
      expect(again.status).toBe(422);
      token = tokenIn(await again.text());
    }
    expect(token).not.toBe('');
  });

  test('a passkey is all that staff need; a dangerous act asks for it again and keeps what was typed', async () => {
    const house = open();
    const staff = openBrowser(house.origin);
    await house.regulars('settings', 'set', 'staffFactor', 'optional');
    try {
      const link = new URL((await house.regulars('staff', 'add', 'key@x.example', '--role', 'owner')).trim());
      await staff.get(`${link.pathname}${link.search}`);
      await staff.post('/sign-in/link', {});
      const device = createAuthenticator(house.origin);
      expect((await add(staff, device, '/console/devices')).location).toMatch(/done=added$/);
      expect((await staff.get('/console/devices')).text).toContain('My key');
      await staff.post('/sign-out', {});
      const goal = { next: '/console/orders?state=open' };
      const signedIn = await staff.post('/sign-in/passkey', { ...goal, ...(await answer(staff, device)) });
      expect(signedIn.location).toBe(goal.next);
      expect((await staff.get('/console/staff')).status).toBe(200);
      await house.look("UPDATE sessions SET factor_at = factor_at - 600000 WHERE kind = 'staff'");
      const form = { do: 'add', email: 'new@x.example', name: 'Two "words"', role: 'agent' };
      const asked = await staff.post('/console/staff', form);
      expect(asked.status).toBe(403);
      expect(asked.text).toContain('Is it still you?');
      expect(asked.text).toMatch(/value="Two (&#34;|&quot;)words\1"/);
      expect(await house.look("SELECT count(*) FROM staff WHERE email = 'new@x.example'")).toEqual([['0']]);
      const stranger = createAuthenticator(house.origin);
      const wrong = await staff.post('/console/staff', {
        ...form,
        ...proofOf(await answer(staff, stranger)),
      });
      expect([wrong.status, wrong.text.includes('Is it still you?')]).toEqual([422, true]);
      const before = staff.cookie('regulars_session');
      const done = await staff.post('/console/staff', { ...form, ...proofOf(await answer(staff, device)) });
      expect([done.status, done.text.includes('new@x.example')]).toEqual([200, true]);
      expect(staff.cookie('regulars_session')).toBe(before);
      expect(await house.look("SELECT name FROM staff WHERE email = 'new@x.example'")).toEqual([
        ['Two "words"'],
      ]);
      expect((await staff.post('/console/staff', { ...form, email: 'more@x.example' })).status).toBe(200);
    } finally {
      await house.regulars('settings', 'set', 'staffFactor', 'required');
    }
  });
}

const tokenIn = (page: string) => /name="form_token" value="([\w.-]+)"/.exec(page)?.[1] ?? '';

/** A new owner with an authenticator app. @returns the codes on paper */
async function setUpApp(house: House, staff: Browser, email: string): Promise<string[]> {
  const link = new URL((await house.regulars('staff', 'add', email, '--role', 'owner')).trim());
  await staff.get(`${link.pathname}${link.search}`);
  await staff.post('/sign-in/link', {});
  const { text } = await staff.get('/sign-in/factor/new');
  const key = /<code>([A-Z2-7 ]+)<\/code>/.exec(text)?.[1] ?? '';
  const offer = /name="offer" value="([^"]+)"/.exec(text)?.[1] ?? '';
  const code = TOTP.generate({ secret: Secret.fromBase32(key.replaceAll(' ', '')) });
  const papers = await staff.post('/sign-in/factor/new', { offer, code });
  return [...papers.text.matchAll(/<code>([\w-]+)<\/code>/g)].map(([, paper = '']) => paper);
}

async function begin(browser: Browser, purpose: string) {
  const { status, text } = await browser.post(options, { for: purpose });
  expect(status, text).toBe(200);
  return JSON.parse(text);
}

async function add(browser: Browser, device: Device, page: string) {
  const begun = await begin(browser, 'new');
  const passkey = device.make(begun.options);
  return browser.post(page, { do: 'add', name: 'My key', challenge: begun.challengeId, passkey });
}

async function answer(browser: Browser, device: Device, trick: Parameters<Device['sign']>[1] = {}) {
  const begun = await begin(browser, 'sign-in');
  return { challenge: String(begun.challengeId), passkey: device.sign(begun.options, trick) };
}

const proofOf = ({ challenge, passkey }: { challenge: string; passkey: string }) => ({
  proof_method: 'POST',
  proof_challenge: challenge,
  proof_passkey: passkey,
});
