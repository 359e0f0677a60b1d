import { expect, test } from 'vitest';
import {
  browserCookie,
  clearedSessionCookie,
  readCookies,
  sessionCookie,
} from '../../../functions/ground/http/cookies.ts';

const https = { publicUrl: 'https://club.example' };
const loopback = { publicUrl: 'http://localhost:4321' };
const session = { token: 'abc', max_age_s: 60 };

test('cookies are locked to the host over https', () => {
  expect(sessionCookie(https, session)).toBe(
    '__Host-regulars_session=abc; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax',
  );
  expect(browserCookie(https, 'b')).toMatch(
    /^__Host-regulars_browser=b; Max-Age=900; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  expect(clearedSessionCookie(https)).toContain('Max-Age=0');
});

test('only plain http on loopback goes without Secure', () => {
  expect(sessionCookie(loopback, session)).toBe(
    'regulars_session=abc; Max-Age=60; Path=/; HttpOnly; SameSite=Lax',
  );
  expect(sessionCookie({ publicUrl: 'http://shop.example' }, session)).toContain('Secure');
});

test('an unprefixed cookie means nothing over https', () => {
  const request = new Request('https://club.example/', {
    headers: { Cookie: 'regulars_session=forged; __Host-regulars_browser=b' },
  });
  expect(readCookies(request, https)).toEqual({
    session: null,
    browser: 'b',
    link: null,
    known: null,
    writer: null,
    device: null,
    draft: null,
    next: null,
  });
  expect(readCookies(request, loopback)).toEqual({
    session: 'forged',
    browser: null,
    link: null,
    known: null,
    writer: null,
    device: null,
    draft: null,
    next: null,
  });
});
