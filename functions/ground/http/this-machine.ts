import { type Config, isLoopback } from '../platform/config.ts';
import type { Connection } from './client-address.ts';

/**
 * Whether whoever asks sits at the machine that answers. Where the portal has an address in the world nobody does: a proxy
 * that tells nothing of itself makes everybody look like that.
 */
export function isFromThisMachine(
  request: Request,
  config: Pick<Config, 'port' | 'publicUrl'>,
  connection: Connection,
): boolean {
  if (connection.platform !== 'node' || !isLoopback(new URL(config.publicUrl).hostname)) return false;
  const socket = (connection.socketAddress ?? '').replace(/^::ffff:/, '');
  return isLoopback(socket) && isAskedOfThisMachine(request, config, connection.httpVersion);
}

/** What proxies add, tunnels and load balancers included. */
const forwardingHeaders =
  /^(forwarded|via|x-forwarded(-.*)?|x-real-(ip|port)|x-(original|cluster|proxy|envoy|amzn|arr|azure|ngrok)-.*|cf-.*|cdn-loop|fastly-.*|fly-.*|true-client-ip|x-client-ip|client-ip|x-host|x-scheme|proxy-.*|tailscale-.*)$/;

/**
 * Whether a request names this machine, and came through nobody else. A proxy is known by the headers it adds, by a host
 * or port that are not ours, and by HTTP/1.0, which proxies speak and browsers do not.
 */
export function isAskedOfThisMachine(
  request: Request,
  config: Pick<Config, 'port' | 'publicUrl'>,
  httpVersion = '1.1',
): boolean {
  if (httpVersion === '1.0') return false;
  if ([...request.headers.keys()].some((name) => forwardingHeaders.test(name))) return false;
  const ports = [String(config.port), portOf(new URL(config.publicUrl))];
  const hosts = [request.headers.get('Host'), new URL(request.url).host].filter((host) => host !== null);
  return hosts.every((host) => {
    if (!URL.canParse(`http://${host}`)) return false;
    const url = new URL(`http://${host}`);
    return isLoopback(url.hostname) && ports.includes(portOf(url));
  });
}

const portOf = ({ port, protocol }: URL) => port || (protocol === 'https:' ? '443' : '80');
