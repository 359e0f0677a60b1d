import { describe, expect, it } from 'vitest';
import { addressOf, type Languages, readAddress } from '../../functions/ground/identity/languages.ts';
import { queryWith, safeNext } from '../../src/forms.ts';

/** After the vectors of Django's CVE-2016-2512 and its kin. */
const hostile = [
  '///evil.example/account',
  '////evil.example/account',
  'http:evil.example/account',
  'http:/evil.example/account',
  'http:///evil.example/account',
  'https:\\\\evil.example\\account',
  '/\\evil.example/account',
  '\\/evil.example/account',
  '/\\/evil.example/account',
  'https://here.invalid@evil.example/account',
  'https://here.invalid:pass@evil.example/account',
  'http://here.invalid\\@evil.example/account',
  '//evil.example\\@here.invalid/account',
  '/%2f/evil.example/account',
  '%2f%2fevil.example/account',
  '/%5cevil.example/account',
  '\t//evil.example/account',
  '/\t/evil.example/account',
  '/\n/evil.example/account',
  'ht\ntps://evil.example/account',
  ' //evil.example/account',
  '\u0000//evil.example/account',
  'data:text/html,<script>/account',
  'vbscript:x/account',
  'ftp://here.invalid/account',
  'blob:https://here.invalid/account',
  '//[::1]/account',
  '//127.0.0.1/account',
  'https://here.invalid:8443/account',
  '//here.invalid:8443/account',
  '/accountant',
  '/uk/../accountant',
  '/account.evil.example',
  '/console',
  '',
];

const both: Languages = ['en', 'uk'];
const ukrainianFirst: Languages = ['uk', 'en'];

describe('the address of a page', () => {
  it.each([
    ['/', both, 'en', '/', 'right'],
    ['/privacy', both, 'en', '/privacy', 'right'],
    ['/uk', both, 'uk', '/', 'right'],
    ['/uk/', both, 'uk', '/', 'right'],
    ['/uk/account/orders', both, 'uk', '/account/orders', 'right'],
    ['/ukulele', both, 'en', '/ukulele', 'right'],
    ['/en/privacy', both, 'en', '/privacy', 'needless'],
    ['/', ukrainianFirst, 'uk', '/', 'right'],
    ['/en/account', ukrainianFirst, 'en', '/account', 'right'],
    ['/uk/account', ukrainianFirst, 'uk', '/account', 'needless'],
    ['/account', ['uk'], 'uk', '/account', 'right'],
    ['/en', ['uk'], 'uk', '/', 'not_offered'],
    ['/uk/privacy', ['en'], 'en', '/privacy', 'not_offered'],
    ['/en//evil.example', both, 'en', '/evil.example', 'needless'],
    ['/uk///evil.example', both, 'uk', '/evil.example', 'right'],
  ] as const)('%s where %s are offered', (address, languages, locale, path, code) => {
    expect(readAddress(address, languages)).toEqual({ locale, path, code });
  });

  it.each([
    ['/', 'en', both, '/'],
    ['/', 'uk', both, '/uk'],
    ['/privacy', 'uk', both, '/uk/privacy'],
    ['/privacy', 'uk', ukrainianFirst, '/privacy'],
    ['/privacy', 'en', ukrainianFirst, '/en/privacy'],
  ] as const)('%s in %s where %s are offered', (path, locale, languages, address) => {
    expect(addressOf(path, locale, languages)).toBe(address);
    expect(readAddress(address, languages)).toMatchObject({ locale, path, code: 'right' });
  });
});

describe('where to go after signing in', () => {
  it.each(['/account', '/uk/account/orders?page=2', '/account/orders/web/A%2017'])('keeps %s', (next) => {
    expect(safeNext(next, '/account')).toBe(next);
  });

  it.each([
    'https://evil.example/account',
    '//evil.example/account',
    '/accounts',
    '/sign-out',
    '\\\\evil.example/account',
    'javascript:alert(1)//account',
    '/account/../../evil',
    ...hostile,
  ])('does not follow %s', (next) => {
    expect(safeNext(next, '/uk/account')).toBe('/uk/account');
  });
});

describe('a query', () => {
  it('keeps the filter while the page changes', () => {
    const query = new URLSearchParams({ year: '2026', page: '3' });
    expect(queryWith(query, { page: null })).toBe('?year=2026');
    expect(queryWith(query, { page: 4 })).toBe('?year=2026&page=4');
    expect(queryWith(new URLSearchParams(), { page: null })).toBe('');
  });
});
