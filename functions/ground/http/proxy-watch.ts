import type { Logger } from '@logtape/logtape';
import { isWithin, parseAddress } from '../platform/ip-address.ts';
import type { Connection } from './client-address.ts';

const forwarding = ['X-Forwarded-For', 'Forwarded', 'X-Real-IP'];

/**
 * Says once in the log when requests come through a proxy that TRUSTED_PROXIES does not name: everybody behind it is one
 * client then, and shares the limits of one.
 */
export function createProxyWatch(log: Logger): (request: Request, connection: Connection) => void {
  let isTold = false;
  return (request, connection) => {
    if (isTold || connection.platform !== 'node') return;
    if (!forwarding.some((name) => request.headers.has(name))) return;
    const nearest = parseAddress(connection.socketAddress ?? '');
    if (nearest !== null && connection.trustedProxies.some((range) => isWithin(nearest, range))) return;
    isTold = true;
    log.warn(
      'Requests come through a proxy that TRUSTED_PROXIES does not name, so everybody behind it shares the limits of ' +
        'one client on signing in. Set TRUSTED_PROXIES to the address of the proxy.',
    );
  };
}
