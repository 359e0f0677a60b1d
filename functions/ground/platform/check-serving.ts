import { type Config, ConfigError, isLoopback } from './config.ts';

/** @throws {ConfigError} where a server of these settings would be reached by people whom it could not serve rightly */
export function assertServable(config: Config): void {
  assertMail(config);
  if (!isLoopback(config.host) && isOnLoopback(config))
    throw new ConfigError(
      'PUBLIC_URL: is not set, or names this machine alone, while HOST lets others in: links in mail would lead ' +
        'nowhere. Set it to the address people type, such as https://club.example.com',
    );
}

/**
 * The same for a Worker that was asked at `hostname`. On the developer's own machine, and only there, everything may be.
 * @throws {ConfigError}
 */
export function assertServableOnWorkers(config: Config, hostname: string): void {
  if (!/^(https?|wss?|libsql):/.test(config.databaseUrl))
    throw new ConfigError('DATABASE_URL: has to be a database server, such as libsql://… or https://…');
  if (isLoopback(hostname)) return;
  if (isOnLoopback(config))
    throw new ConfigError('PUBLIC_URL: is not set; set it to the https address of this Worker');
  assertMail(config);
}

/** What a server of these settings should be told about before anybody comes: no Node server of ours speaks https itself. */
export function warningsOf({ publicUrl, trustedProxies }: Config): string[] {
  if (!publicUrl.startsWith('https:') || trustedProxies.length > 0) return [];
  return [
    'PUBLIC_URL is https, so a proxy stands before this server, and TRUSTED_PROXIES names none: everybody behind it ' +
      'shares the limits of one client on signing in. Set TRUSTED_PROXIES to the address of the proxy.',
  ];
}

/** Mail carries the codes that let people in: where it goes has to be settled before anybody asks for one. */
function assertMail({ mail }: Config): void {
  if (mail.kind !== 'none') return;
  throw new ConfigError(
    'RESEND_API_KEY: is not set, so nobody could be sent a sign-in code. Only with HOST and PUBLIC_URL on this ' +
      'machine alone (127.0.0.1, localhost) is mail shown on a page instead',
  );
}

const isOnLoopback = ({ publicUrl }: Config) => isLoopback(new URL(publicUrl).hostname);
