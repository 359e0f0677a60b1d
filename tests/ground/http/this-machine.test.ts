import { expect, test } from 'vitest';
import { isFromThisMachine } from '../../../functions/ground/http/this-machine.ts';

const here = { port: 4321, publicUrl: 'http://localhost:4321' };
const asked = new Request('http://localhost:4321/own-shop', { headers: { Host: 'localhost:4321' } });
const forwarded = new Request(asked, { headers: { Host: 'localhost:4321', 'X-Forwarded-For': '192.0.2.1' } });
const loopback = { platform: 'node', socketAddress: '127.0.0.1', trustedProxies: [] } as const;

test.each([
  ['a browser on it', asked, here, loopback, true],
  ['one that speaks IPv6', asked, here, { ...loopback, socketAddress: '::ffff:127.0.0.1' }, true],
  ['another machine of the network', asked, here, { ...loopback, socketAddress: '192.168.1.7' }, false],
  ['a proxy that says so', forwarded, here, loopback, false],
  [
    'anybody where the portal has an address in the world, since its proxy may say nothing',
    asked,
    { ...here, publicUrl: 'https://club.example' },
    loopback,
    false,
  ],
])('who sits at this machine: %s', (_, request, config, connection, expected) => {
  expect(isFromThisMachine(request, config, connection)).toBe(expected);
});
