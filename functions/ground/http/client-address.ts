import { type Address, isWithin, parseAddress, textOf } from '../platform/ip-address.ts';

/** Where a request came from, as far as the platform itself can tell. */
export type Connection =
  /** Node: the other end of the socket. */
  | {
      platform: 'node';
      socketAddress: string | undefined;
      trustedProxies: readonly string[];
      httpVersion?: string;
    }
  | { platform: 'workers' };

/**
 * The address of the asking client, or `unknown`. A header is believed only from who may set it: `cf-connecting-ip`
 * on Workers, `X-Forwarded-For` from a proxy of TRUSTED_PROXIES (addresses or ranges such as `10.0.0.0/8`), read
 * from the right up to the first address that is no such proxy.
 */
export function clientAddress(request: Request, connection: Connection): string {
  if (connection.platform === 'workers') return spelled(request.headers.get('cf-connecting-ip'));
  const isTrusted = (address: Address) => connection.trustedProxies.some((range) => isWithin(address, range));
  let nearest = parseAddress(connection.socketAddress ?? '');
  const forwarded = (request.headers.get('X-Forwarded-For') ?? '').split(',');
  while (nearest !== null && isTrusted(nearest)) {
    const before = parseAddress(withoutPort(forwarded.pop() ?? ''));
    if (before === null) break;
    nearest = before;
  }
  return nearest === null ? 'unknown' : textOf(nearest);
}

/** The country that the platform tells of a request, as two letters; null where none does, or it does not know. */
export function countryOf(request: Request, connection: Connection): string | null {
  if (connection.platform !== 'workers') return null;
  const told = request.headers.get('cf-ipcountry') ?? '';
  return /^[A-Z]{2}$/.test(told) && told !== 'XX' ? told : null;
}

/** An address as people may compare it with their own, without naming one: `192.0.2.x`; null where there is none. */
export function roughAddress(address: string): string | null {
  const parsed = parseAddress(address);
  if (parsed === null) return null;
  if (parsed.bits === 32) return `${textOf(parsed).split('.').slice(0, 3).join('.')}.x`;
  return `${textOf({ bits: 128, value: (parsed.value >> 80n) << 80n })
    .split('::', 1)
    .join('')}:x`;
}

/** What limits are counted by: an IPv4 address, or the /64 of an IPv6 address, which one household has whole. */
export function addressGroup(address: string): string {
  const parsed = parseAddress(address);
  if (parsed === null) return 'unknown';
  return parsed.bits === 32
    ? textOf(parsed)
    : `${textOf({ bits: 128, value: (parsed.value >> 64n) << 64n })}/64`;
}

/** The network an address lies in, as widely as one provider may have it: a /16 of IPv4, a /32 of IPv6. */
export function networkGroup(address: string): string {
  const parsed = parseAddress(address);
  if (parsed === null) return 'unknown';
  const rest = parsed.bits === 32 ? 16n : 96n;
  return `${textOf({ bits: parsed.bits, value: (parsed.value >> rest) << rest })}/${BigInt(parsed.bits) - rest}`;
}

function spelled(text: string | null): string {
  const address = parseAddress(text ?? '');
  return address === null ? 'unknown' : textOf(address);
}

function withoutPort(part: string): string {
  const text = part.trim();
  const match = /^\[([^\]]+)\](?::\d+)?$/.exec(text) ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text);
  return match?.[1] ?? text;
}
