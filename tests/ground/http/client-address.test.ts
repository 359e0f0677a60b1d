import { describe, expect, test } from 'vitest';
import { addressGroup, clientAddress } from '../../../functions/ground/http/client-address.ts';

const proxies = ['10.0.0.0/8', '::1', '2001:db8:ff::/48'];

describe('the address of a client', () => {
  test.each([
    ['the socket', '192.0.2.1', '', '192.0.2.1'],
    ['the socket, whatever a stranger claims', '192.0.2.1', '203.0.113.9', '192.0.2.1'],
    ['what a proxy saw', '10.1.2.3', '203.0.113.9', '203.0.113.9'],
    ['what the nearest proxy saw, not what came with it', '10.1.2.3', '1.1.1.1, 203.0.113.9', '203.0.113.9'],
    ['what the first of our proxies saw', '::1', '1.1.1.1, 203.0.113.9, 10.9.9.9', '203.0.113.9'],
    ['IPv4 in IPv6', '::ffff:10.1.2.3', '::ffff:203.0.113.9', '203.0.113.9'],
    ['without the port', '10.1.2.3', '203.0.113.9:5512', '203.0.113.9'],
    ['IPv6 without brackets and port', '2001:db8:ff::7', '[2001:DB8:1::2]:443', '2001:db8:1::2'],
    ['the proxy when it says nothing', '10.1.2.3', '', '10.1.2.3'],
    ['the proxy when it talks rubbish', '10.1.2.3', 'unknown, <script>', '10.1.2.3'],
    ['a proxy when all are proxies', '10.1.2.3', '10.0.0.1, 10.0.0.2', '10.0.0.1'],
    ['nothing known', undefined, '203.0.113.9', 'unknown'],
  ])('is %s', (_name, socketAddress, forwarded, expected) => {
    const headers = { 'X-Forwarded-For': forwarded, 'CF-Connecting-IP': '198.51.100.1' };
    const request = new Request('http://x.example/', { headers });
    expect(clientAddress(request, { platform: 'node', socketAddress, trustedProxies: proxies })).toBe(
      expected,
    );
  });

  test('is what Cloudflare says on Workers alone', () => {
    const headers = { 'X-Forwarded-For': '203.0.113.9', 'CF-Connecting-IP': '198.51.100.1' };
    expect(clientAddress(new Request('http://x.example/', { headers }), { platform: 'workers' })).toBe(
      '198.51.100.1',
    );
    expect(clientAddress(new Request('http://x.example/'), { platform: 'workers' })).toBe('unknown');
  });

  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80::/64'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['300.1.1.1', 'unknown'],
    ['', 'unknown'],
  ])('%s is counted as %s', (address, group) => {
    expect(addressGroup(address)).toBe(group);
  });

  test.each(['10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/', 'x/8', ''])('trusts nobody by %j', (range) => {
    const request = new Request('http://x.example/', { headers: { 'X-Forwarded-For': '203.0.113.9' } });
    const connection = { platform: 'node', socketAddress: '10.1.2.3', trustedProxies: [range] } as const;
    expect(clientAddress(request, connection)).toBe('10.1.2.3');
  });
});
