import { expect, test } from 'vitest';
import type { Actor } from '../../../functions/ground/platform/context.ts';
import type { AppError } from '../../../functions/ground/platform/errors.ts';
import { hashOf } from '../../../functions/ground/platform/ids.ts';
import { assertSelf } from '../../../functions/people/sign-in/assert-self.ts';
import {
  ATTEMPTS_MAX,
  CHALLENGE_MS,
  type Challenge,
  challengeIdOf,
  codeOf,
  isAskingBrowser,
  isOpen,
  linkTokenOf,
  newChallenge,
  oldAddressCodeOf,
  STAFF_LINK_MS,
} from '../../../functions/people/sign-in/challenge.ts';
import { deviceName } from '../../../functions/people/sign-in/device-name.ts';
import { isKnownBrowser, knownTokenOf } from '../../../functions/people/sign-in/known-browser.ts';
import {
  challengeOver,
  codeRequired,
  emailTaken,
  wrongCode,
} from '../../../functions/people/sign-in/refusals.ts';
import {
  isAlive,
  SEEN_EVERY_MS,
  type SessionKind,
  sessionTerms,
} from '../../../functions/people/sign-in/session-terms.ts';

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
const secret = 'a-secret-of-the-tests-32-characters-long';

test.each<[SessionKind, idle: number, absolute: number]>([
  ['customer', 30 * day, 180 * day],
  ['joining', hour, hour],
  ['staff', 12 * hour, 7 * day],
])('a session of %s ends unused, and at all', (kind, idle, absolute) => {
  expect(sessionTerms[kind]).toEqual({ idle_ms: idle, absolute_ms: absolute });
  const session = { kind, lastSeenAt: 1_000, expiresAt: absolute * 2 };
  expect(isAlive(session, 1_000 + idle - 1)).toBe(true);
  expect(isAlive(session, 1_000 + idle)).toBe(false);
  const used = { kind, lastSeenAt: absolute, expiresAt: absolute };
  expect(isAlive(used, absolute - 1)).toBe(true);
  expect(isAlive(used, absolute)).toBe(false);
});

test('a code lasts ten minutes and five tries, a link of the command line a day, and use is noted hourly', () => {
  expect([CHALLENGE_MS, ATTEMPTS_MAX, STAFF_LINK_MS, SEEN_EVERY_MS]).toEqual([10 * minute, 5, day, hour]);
});

test.each<[string, Pick<Challenge, 'consumedAt' | 'expiresAt'>, boolean]>([
  ['a moment before its end', { consumedAt: null, expiresAt: 101 }, true],
  ['at its end', { consumedAt: null, expiresAt: 100 }, false],
  ['after it', { consumedAt: null, expiresAt: 99 }, false],
  ['used', { consumedAt: 1, expiresAt: 101 }, false],
])('a challenge is open: %s', (_name, challenge, expected) => {
  expect(isOpen(challenge, 100)).toBe(expected);
});

test('codes are six digits of the secret and the challenge, another one for the old address', () => {
  const codes = Array.from({ length: 200 }, (_, index) => codeOf(secret, `id-${index}`));
  expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
  expect(codes.some((code) => code.startsWith('0'))).toBe(true);
  expect(new Set(codes).size).toBeGreaterThan(190);
  expect(codeOf(secret, 'id-1')).toBe(codes[1]);
  expect(codeOf('another secret', 'id-1')).not.toBe(codes[1]);
  expect(oldAddressCodeOf(secret, 'id-1')).not.toBe(codes[1]);
  expect(oldAddressCodeOf(secret, 'id-1')).not.toBe(oldAddressCodeOf(secret, 'id-2'));
});

test.each<[string, string, string | null]>([
  ['ours', linkTokenOf(secret, 'id-1'), 'id-1'],
  ['of another secret', linkTokenOf('another secret', 'id-1'), null],
  ['of another challenge', linkTokenOf(secret, 'id-1').replace('id-1', 'id-2'), null],
  ['with something behind it', `${linkTokenOf(secret, 'id-1')}.x`, null],
  ['without its signature', 'id-1', null],
  ['with a code for it', `id-1.${codeOf(secret, 'id-1')}`, null],
  ['empty', '', null],
])('the token of a link is %s', (_name, token, expected) => {
  expect(challengeIdOf(secret, token)).toBe(expected);
});

test.each<[string, string | null, boolean]>([
  ['the one that asked', 'token', true],
  ['another one', 'other', false],
  ['one without a cookie', null, false],
])('a challenge knows its browser: %s', (_name, token, expected) => {
  const challenge: Challenge = {
    ...{ id: 'id-1', purpose: 'sign_in', email: 'ann@x.example', subjectId: null, referralCode: null },
    ...{ browserHash: hashOf('token'), createdAt: 0, expiresAt: 1, consumedAt: null },
    ...{ attempts: 0, linkAttempts: 0 },
  };
  expect(isAskingBrowser(challenge, token)).toBe(expected);
});

test.each<[string, string | null]>([
  ['the hash of its browser’s token', 'token'],
  ['no hash where no browser asked', null],
])('a new challenge keeps %s', (_name, browserToken) => {
  const { id, statement } = newChallenge({
    ...{ purpose: 'sign_in', email: 'ann@x.example', browserToken, now: 100, lives_ms: 50 },
    ...{ subjectId: 'subject', referralCode: 'CODE' },
  });
  expect(statement.sql).toMatch(/^INSERT INTO "sign_in_challenges"/);
  const hash = browserToken === null ? '' : hashOf(browserToken);
  expect(statement.args).toEqual(
    expect.arrayContaining([id, 'sign_in', 'ann@x.example', 'subject', 'CODE', hash, 100, 150]),
  );
  expect(statement.args.filter((value) => value === 0)).toHaveLength(2);
});

test.each<[string, string, string | null, boolean]>([
  ['by the token of its address', 'ann@x.example', knownTokenOf(secret, 'ann@x.example'), true],
  [
    'by another address of the same mailbox',
    'ann+shop@x.example',
    knownTokenOf(secret, 'ann@x.example'),
    true,
  ],
  ['not by the token of another address', 'ann@x.example', knownTokenOf(secret, 'bob@x.example'), false],
  [
    'not by a token of another secret',
    'ann@x.example',
    knownTokenOf('another secret', 'ann@x.example'),
    false,
  ],
  ['not without one', 'ann@x.example', null, false],
])('a browser is known %s', (_name, email, token, expected) => {
  expect(isKnownBrowser(secret, email, token)).toBe(expected);
});

const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)';
const linux = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)';
const phone = 'Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko)';
const apple =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';

test.each<[string, string]>([
  ['Edge, Windows', `${windows} Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0`],
  ['Edge, Android', `${phone} Chrome/130.0.0.0 Mobile Safari/537.36 EdgA/130.0.0.0`],
  ['Edge, iPhone', `${apple} Version/18.0 EdgiOS/130.0.0.0 Mobile/15E148 Safari/604.1`],
  ['Edge, Windows', `${windows} Chrome/18.0 Safari/537.36 Edge/18.1`],
  ['Opera, Linux', `${linux} Chrome/130.0.0.0 Safari/537.36 OPR/115.0.0.0`],
  ['Opera, Windows', 'Opera 9.8 (Windows NT 6.0; U; en)'],
  ['Samsung Internet, Android', `${phone} SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36`],
  ['Firefox, Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0'],
  ['Firefox, iPhone', `${apple} FxiOS/132.0 Mobile/15E148 Safari/605.1.15`],
  ['Chrome, macOS', `${mac} Chrome/130.0.0.0 Safari/537.36`],
  ['Chrome, iPhone', `${apple} CriOS/130.0 Mobile/15E148 Safari/604.1`],
  ['Chrome, ChromeOS', 'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/130.0.0.0 Safari/537.36'],
  ['Safari, macOS', `${mac} Version/18.0 Safari/605.1.15`],
  ['Safari, iPhone', `${apple} Version/18.0 Mobile/15E148 Safari/604.1`],
  ['Safari, iPad', apple.replaceAll('iPhone', 'iPad').concat(' Version/18.0 Mobile/15E148 Safari/604.1')],
  ['Linux', 'Lynx (Linux)'],
  ['Firefox', 'Firefox/132.0'],
  ['', 'curl/8.0'],
  ['', ''],
])('a session is told as %s', (expected, userAgent) => {
  expect(deviceName(userAgent)).toBe(expected);
});

test.each<[string, Actor, boolean]>([
  ['the customer', { kind: 'customer', id: 'ann' }, true],
  ['another customer', { kind: 'customer', id: 'bob' }, false],
  ['the owner of the deployment', { kind: 'system', name: 'cli' }, true],
  ['staff', { kind: 'staff', id: 'ann', role: 'owner' }, false],
])('what only the customer may do: %s', (_name, actor, isAllowed) => {
  const attempt = () => assertSelf({ actor }, 'ann');
  if (isAllowed) expect(attempt).not.toThrow();
  else expect(attempt).toThrow('There is no such customer.');
});

test.each<[string, AppError, string, [path: string, code: string] | null]>([
  ['over', challengeOver(), 'challenge_expired', null],
  ['wrong', wrongCode(), 'validation_failed', ['code', 'wrong_code']],
  [
    'wrong in the field of the old address',
    wrongCode('oldCode'),
    'validation_failed',
    ['oldCode', 'wrong_code'],
  ],
  ['missing', codeRequired(), 'validation_failed', ['code', 'code_required']],
  ['of a taken address', emailTaken(), 'email_taken', null],
])('a code that is %s is refused with its code and field', (_name, error, code, field) => {
  expect(error.code).toBe(code);
  expect(error.errors?.map((one) => [one.path, one.code]) ?? []).toEqual(field === null ? [] : [field]);
  expect(error.message).toMatch(/\w+ \w+.*\.$/);
});
