import { describe, expect, test } from 'vitest';
import { formToken, hasNoOrigin, isFormToken } from '../../../functions/ground/http/form-token.ts';
import { withFormToken } from '../../../src/form-tokens.ts';

const config = { publicUrl: 'https://club.example', secret: 'a-secret-of-the-tests-32-characters-long' };
const DAY_MS = 86_400_000;
const now = Date.UTC(2026, 10, 28, 12);

function pageFor(cookies: Record<string, string>): Request {
  const Cookie = Object.entries(cookies)
    .map(([name, value]) => `__Host-regulars_${name}=${value}`)
    .join('; ');
  return new Request('https://club.example/account', { headers: Cookie === '' ? {} : { Cookie } });
}

describe('a form token', () => {
  const ann = { session: 'session-of-ann-1234567890' };
  const asking = { browser: 'browser-that-asked-123456' };
  test.each([
    ['in the session it was made for', ann, ann, 0, true],
    ['in the same session with a browser cookie since', ann, { ...ann, ...asking }, 0, true],
    ['of the browser that asked for a code', asking, asking, 0, true],
    ['of nobody, for nobody', {}, {}, 0, true],
    ['two days later', ann, ann, 2 * DAY_MS, true],
    ['three days later', ann, ann, 3 * DAY_MS, false],
    ['from the future', ann, ann, -DAY_MS, false],
    ['fetched by an attacker without cookies, sent in a session', {}, ann, 0, false],
    ["from the attacker's own session", { session: 'session-of-eve-1234567890' }, ann, 0, false],
    ["from the attacker's browser that asked for a code", { browser: 'browser-of-eve' }, asking, 0, false],
    ['fetched without cookies, sent where a code was asked for', {}, asking, 0, false],
  ])('%s', (_name, given, sent, later_ms, isValid) => {
    const token = formToken(pageFor(given), { config, now, answer: null });
    expect(isFormToken(token, { request: pageFor(sent), config, now: now + later_ms })).toBe(isValid);
  });

  test.each([
    '',
    '.',
    'x',
    `${Math.floor(now / DAY_MS)}.${'A'.repeat(43)}`,
    `${Math.floor(now / DAY_MS)}.`,
    '9'.repeat(100_000),
  ])('refuses what nobody signed: %.20s', (token) => {
    expect(isFormToken(token, { request: pageFor(ann), config, now })).toBe(false);
  });

  test('of an answer that hands out another session counts in that one, and no longer in the one before', () => {
    const raised = { session: 'session-of-ann-raised-123' };
    const set = (value: string) => {
      const headers = { 'Set-Cookie': `__Host-regulars_session=${value}; Path=/; HttpOnly` };
      return formToken(pageFor(ann), { config, now, answer: new Response('', { headers }) });
    };
    const counts = (token: string, cookies: Record<string, string>) =>
      isFormToken(token, { request: pageFor(cookies), config, now });
    expect([raised, ann].map((sent) => counts(set(raised.session), sent))).toEqual([true, false]);
    expect([{}, ann].map((sent) => counts(set(''), sent))).toEqual([true, false]);
  });

  test('is worth nothing under another secret', () => {
    const other = { ...config, secret: 'another-secret-of-32-characters-or-more' };
    const token = formToken(pageFor(ann), { config: other, now, answer: null });
    expect(isFormToken(token, { request: pageFor(ann), config, now })).toBe(false);
  });

  test.each([
    ['nothing is said', {}, true],
    ['an origin is named', { Origin: 'https://evil.example' }, false],
    ['no origin is admitted', { Origin: 'null' }, false],
    ['the browser says cross-site', { 'Sec-Fetch-Site': 'cross-site' }, false],
  ])('counts only where %s', (_name, headers, counts) => {
    expect(hasNoOrigin(new Request('https://club.example/', { headers }))).toBe(counts);
  });
});

test('a page with a token says no length but its own', async () => {
  const page = '<form method="post"></form>';
  const response = new Response(page, {
    headers: { 'Content-Type': 'text/html', 'Content-Length': String(page.length) },
  });
  const answer = await withFormToken(response, { token: 'a-token', url: 'https://shop.example/sign-in' });
  const said = answer.headers.get('Content-Length');
  expect([null, String((await answer.text()).length)]).toContain(said);
});
