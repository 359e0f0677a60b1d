import { describe, expect, test } from 'vitest';
import { assertOwnPages, isFromOwnPages } from '../../../functions/ground/http/origin.ts';

const shop = { publicUrl: 'https://club.example', host: '0.0.0.0' };
const home = { publicUrl: 'http://localhost:4321', host: '127.0.0.1' };
const types = ['application/json', 'text/plain', 'application/xml', 'application/x-www-form-urlencoded'];

describe('a request that a cookie authenticates', () => {
  test.each([
    ['our own origin, behind a proxy that ends https', shop, { Origin: 'https://club.example' }, true],
    ['a page without referrer', shop, { Origin: 'null', 'Sec-Fetch-Site': 'same-origin' }, true],
    ['another site', shop, { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }, false],
    [
      'a sibling of the same site',
      shop,
      { Origin: 'https://x.club.example', 'Sec-Fetch-Site': 'same-site' },
      false,
    ],
    ['our name over plain http', shop, { Origin: 'http://club.example' }, false],
    ['our name as a prefix', shop, { Origin: 'https://club.example.evil.example' }, false],
    ['our name on another port', shop, { Origin: 'https://club.example:8443' }, false],
    ['a sandboxed frame', shop, { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' }, false],
    ['a typed address', shop, { 'Sec-Fetch-Site': 'none' }, false],
    ['no word on where from', shop, {}, false],
    [
      'loopback, on a server for all',
      shop,
      { Origin: 'http://localhost:4000', Host: 'localhost:4000' },
      false,
    ],
    [
      'the loopback name it was asked by',
      home,
      { Origin: 'http://127.0.0.1:4321', Host: '127.0.0.1:4321' },
      true,
    ],
    ['another loopback server', home, { Origin: 'http://localhost:9999', Host: 'localhost:4321' }, false],
    [
      'a name that was bent to loopback',
      home,
      { Origin: 'http://evil.example', Host: 'evil.example' },
      false,
    ],
  ])('from %s', (_name, config, headers, isAllowed) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      for (const type of types) {
        const request = new Request('http://localhost:4321/sign-out', {
          method,
          headers: { ...headers, 'Content-Type': type },
        });
        expect(isFromOwnPages(request, config)).toBe(isAllowed);
      }
    }
  });

  test('only reads when it comes from anywhere', () => {
    const headers = { Origin: 'https://evil.example' };
    expect(isFromOwnPages(new Request('https://club.example/', { headers }), shop)).toBe(true);
    const post = new Request('https://club.example/', { method: 'POST', headers });
    expect(() => assertOwnPages(post, shop)).toThrow(expect.objectContaining({ code: 'forbidden' }));
  });
});
