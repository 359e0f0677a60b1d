import { type Config, isLoopback } from '../platform/config.ts';
import { AppError } from '../platform/errors.ts';

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/**
 * The guard against forged requests, for everything that a cookie authenticates: reading is free, the rest has to
 * come from our own pages. A page without referrer posts with `Origin: null`; then the browser's own word counts.
 */
export function isFromOwnPages(request: Request, config: Pick<Config, 'publicUrl' | 'host'>): boolean {
  if (safeMethods.includes(request.method)) return true;
  if (request.headers.get('Sec-Fetch-Site') === 'same-origin') return true;
  const origin = request.headers.get('Origin');
  return origin !== null && (origin === config.publicUrl || isOwnLoopback(origin, request, config.host));
}

/** @throws {AppError} `forbidden` when {@link isFromOwnPages} says no */
export function assertOwnPages(request: Request, config: Pick<Config, 'publicUrl' | 'host'>): void {
  if (!isFromOwnPages(request, config))
    throw new AppError('forbidden', 'This form was sent from another site.');
}

/** A server that only this machine reaches may be opened as localhost, 127.0.0.1 or [::1]. */
function isOwnLoopback(origin: string, request: Request, host: string): boolean {
  if (!isLoopback(host) || !URL.canParse(origin)) return false;
  const { hostname, host: authority, protocol } = new URL(origin);
  const asked = request.headers.get('Host') ?? new URL(request.url).host;
  return protocol === 'http:' && isLoopback(hostname) && authority === asked;
}
