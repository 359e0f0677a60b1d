import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  assertServable,
  assertServableOnWorkers,
  warningsOf,
} from '../../../functions/ground/platform/check-serving.ts';
import { readConfig } from '../../../functions/ground/platform/config.ts';
import { newToken } from '../../../functions/ground/platform/ids.ts';
import { testSecret } from '../../support/test-context.ts';

const read = (env: Record<string, string>) => readConfig(env, testSecret);
const mail = { RESEND_API_KEY: 're_test', MAIL_FROM: 'The shop <shop@example.com>' };
const https = { PUBLIC_URL: 'https://club.example.com' };

test.each<[Record<string, string>, string]>([
  [{ PUBLIC_URL: 'http://club.example.com' }, 'PUBLIC_URL: has to be https'],
  [{ PUBLIC_URL: 'http://192.168.1.5:4321' }, 'PUBLIC_URL: has to be https'],
  [{ PUBLIC_URL: 'club.example.com' }, 'PUBLIC_URL: has to be an http or https address'],
  [{ PUBLIC_URL: 'https://club.example.com/portal' }, 'PUBLIC_URL: has to be without a path'],
  [{ TRUSTED_PROXIES: 'proxy.internal' }, 'TRUSTED_PROXIES: '],
  [{ TRUSTED_PROXIES: '10.0.0.0/33' }, 'TRUSTED_PROXIES: '],
  [{ TRUSTED_PROXIES: '10.0.0.0/' }, 'TRUSTED_PROXIES: '],
  [{ TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8/8' }, 'TRUSTED_PROXIES: '],
  [{ RESEND_API_KEY: 're_test' }, 'MAIL_FROM: '],
  [{ SECRET: 'x'.repeat(32) }, 'SECRET: is too regular'],
  [{ SECRET: 'abcdefghij'.repeat(4) }, 'SECRET: is too regular'],
  [{ SECRET: 'abcdefghijklmnopqrstuvwxyz0123456789' }, 'SECRET: is too regular'],
  [{ SECRET: '0101101001011010010110100101101001' }, 'SECRET: is too regular'],
])('refuses %j', (env, message) => {
  expect(() => read(env)).toThrow(message);
});

test('takes http on this machine, and proxies as addresses and ranges', () => {
  expect(read({ PUBLIC_URL: 'http://127.0.0.1:8080' }).publicUrl).toBe('http://127.0.0.1:8080');
  const proxies = '127.0.0.1,10.0.0.0/8 ::1\n2001:db8::/32';
  expect(read({ TRUSTED_PROXIES: proxies }).trustedProxies).toEqual([
    '127.0.0.1',
    '10.0.0.0/8',
    '::1',
    '2001:db8::/32',
  ]);
});

test('takes every random secret', () => {
  for (let time = 0; time < 500; time += 1) {
    expect(() => read({ SECRET: randomBytes(16).toString('hex') })).not.toThrow();
    expect(() => read({ SECRET: newToken() })).not.toThrow();
  }
});

describe('serving on Node', () => {
  test('warns of a proxy that is not named, and of none on this machine', () => {
    expect(warningsOf(read({ ...https, ...mail }))).toEqual([expect.stringContaining('TRUSTED_PROXIES')]);
    expect(warningsOf(read({ ...https, ...mail, TRUSTED_PROXIES: '127.0.0.1' }))).toEqual([]);
    expect(warningsOf(read({}))).toEqual([]);
  });

  test.each<[Record<string, string>, string]>([
    [{ HOST: '0.0.0.0' }, 'RESEND_API_KEY: is not set'],
    [{ ...https }, 'RESEND_API_KEY: is not set'],
    [{ HOST: '0.0.0.0', ...mail }, 'PUBLIC_URL: '],
    [{ HOST: '::', ...mail, PUBLIC_URL: 'http://localhost:4321' }, 'PUBLIC_URL: '],
  ])('refuses %j', (env, message) => {
    expect(() => assertServable(read(env))).toThrow(message);
  });

  test.each<[Record<string, string>]>([[{}], [{ HOST: '0.0.0.0', ...https, ...mail }], [mail]])(
    'takes %j',
    (env) => {
      expect(() => assertServable(read(env))).not.toThrow();
    },
  );
});

describe('serving on Workers', () => {
  const database = { DATABASE_URL: 'libsql://shop.example.com' };
  test.each<[Record<string, string>, string, string]>([
    [{ ...https, ...mail }, 'club.example.com', 'DATABASE_URL: '],
    [{ ...database, ...mail }, 'club.example.com', 'PUBLIC_URL: '],
    [{ ...database, ...https }, 'club.example.com', 'RESEND_API_KEY: '],
  ])('refuses %j at %s', (env, hostname, message) => {
    expect(() => assertServableOnWorkers(read(env), hostname)).toThrow(message);
  });

  test.each<[Record<string, string>, string]>([
    [{ ...database, ...https, ...mail }, 'club.example.com'],
    [{ ...database, PUBLIC_URL: 'http://127.0.0.1:8787' }, '127.0.0.1'],
  ])('takes %j at %s', (env, hostname) => {
    expect(() => assertServableOnWorkers(read(env), hostname)).not.toThrow();
  });
});
