import { describe, expect, it } from 'vitest';
import { queryWith, safeNext } from '../../src/forms.ts';
import { localeOf, localPath } from '../../src/locale.ts';

describe('the address of a page', () => {
  it.each([
    ['/', 'en', '/uk'],
    ['/privacy', 'en', '/uk/privacy'],
    ['/uk', 'uk', '/uk'],
    ['/uk/account/orders', 'uk', '/uk/account/orders'],
    ['/ukulele', 'en', '/uk/ukulele'],
    ['/index.html', 'en', '/uk'],
    ['/uk/404.html', 'uk', '/uk/404'],
  ] as const)('%s', (path, locale, ukrainian) => {
    expect(localeOf(path)).toBe(locale);
    expect(localPath(path, 'uk')).toBe(ukrainian);
    expect(localPath(localPath(path, 'uk'), 'uk')).toBe(ukrainian);
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
