import { z } from 'zod';
import { normalEmail } from './email.ts';
import { isRange } from './ip-address.ts';

const text = z.string().trim();
const optionalText = text.optional().transform((value) => (value === '' ? undefined : value));

const environment = z.object({
  DATABASE_URL: text.default('file:data/regulars.db'),
  DATABASE_AUTH_TOKEN: optionalText,
  PUBLIC_URL: optionalText,
  HOST: text.default('127.0.0.1'),
  PORT: z.coerce.number().int().min(1).max(65535).default(4321),
  SECRET: optionalText
    .refine((value) => value === undefined || value.length >= 32, 'has to be at least 32 characters')
    .refine(
      (value) => value === undefined || isHardToGuess(value),
      'is too regular to be secret; make a random one, as by: openssl rand -base64 32',
    ),
  MAIL_FROM: optionalText,
  RESEND_API_KEY: optionalText,
  RESEND_BASE_URL: optionalText,
  MAIL_REPLY_TO: optionalText.refine(
    (value) => value === undefined || (normalEmail(value) === value && /^[a-z0-9._-]{1,15}@/.test(value)),
    'has to be an address in small letters such as replies@in.example.com, with at most 15 characters before the @',
  ),
  RESEND_WEBHOOK_SECRET: optionalText.refine(
    (value) => value === undefined || /^whsec_[A-Za-z0-9+/]{16,}={0,2}$/.test(value),
    'has to be the signing secret as Resend shows it, whsec_…',
  ),
  BUCKET_URL: optionalText,
  BUCKET_ACCESS_KEY_ID: optionalText,
  BUCKET_SECRET_ACCESS_KEY: optionalText,
  BUCKET_REGION: text.default('auto'),
  TRUSTED_PROXIES: optionalText,
  DEMO: z.enum(['on', 'off']).default('on'),
});

/** Everything a deployment sets, parsed once at the start. See README, Settings. */
export interface Config {
  databaseUrl: string;
  databaseAuthToken: string | undefined;
  /** Origin without a trailing slash; every link is built from it, never from the Host header. */
  publicUrl: string;
  host: string;
  port: number;
  /** Signs sign-in links and codes. */
  secret: string;
  mail:
    | {
        kind: 'resend';
        from: string;
        apiKey: string;
        baseUrl: string | undefined;
        webhookSecret: string | undefined;
        /** Where answers to our mails go, each with its own proof; without it they go to `from`. */
        replyTo?: string | undefined;
      }
    | { kind: 'mailbox' }
    | { kind: 'none' };
  trustedProxies: readonly string[];
  isDemo: boolean;
  /** Where files lie that people send; null keeps them beside a database file. */
  bucket: BucketConfig | null;
}

/** An S3-compatible bucket: its address with the bucket's name, without a trailing slash, and its keys. */
export interface BucketConfig {
  url: string;
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
}

export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

/**
 * Reads the settings by name. `fallbackSecret` is used when SECRET is not set (an embedded deployment
 * keeps one beside its database; Workers must set it).
 * @throws {ConfigError} naming the variable and the rule, never the value
 */
export function readConfig(env: Record<string, string | undefined>, fallbackSecret?: string): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ConfigError(`${issue?.path.join('.')}: ${issue?.message}`);
  }
  const set = parsed.data;
  const secret = set.SECRET ?? fallbackSecret;
  if (secret === undefined) throw new ConfigError('SECRET: is not set; use at least 32 random characters');
  const publicUrl = originOf(set.PUBLIC_URL ?? `http://localhost:${set.PORT}`);
  return {
    databaseUrl: set.DATABASE_URL,
    databaseAuthToken: set.DATABASE_AUTH_TOKEN,
    publicUrl,
    host: set.HOST,
    port: set.PORT,
    secret,
    mail: mailConfig(set, publicUrl),
    trustedProxies: proxiesOf(set.TRUSTED_PROXIES),
    isDemo: set.DEMO === 'on',
    bucket: bucketConfig(set),
  };
}

/** Not one that repeats itself, has few letters, or counts up: random ones of 32 characters never look so. */
function isHardToGuess(secret: string): boolean {
  const letters = new Set(secret);
  const steps = new Set(
    Array.from(secret.slice(1), (_, at) => secret.charCodeAt(at + 1) - secret.charCodeAt(at)),
  );
  const isRepeated = `${secret}${secret}`.indexOf(secret, 1) < secret.length;
  return letters.size >= 8 && steps.size >= 8 && !isRepeated;
}

function bucketConfig(set: z.infer<typeof environment>): BucketConfig | null {
  const { BUCKET_URL: url, BUCKET_ACCESS_KEY_ID: accessKeyId } = set;
  const { BUCKET_SECRET_ACCESS_KEY: secretAccessKey, BUCKET_REGION: region } = set;
  if (url === undefined) return null;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol) || /[?#]/.test(url)) {
    throw new ConfigError('BUCKET_URL: has to be an address such as https://s3.example.com/my-bucket');
  }
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new ConfigError('BUCKET_ACCESS_KEY_ID, BUCKET_SECRET_ACCESS_KEY: are needed beside BUCKET_URL');
  }
  return { url: withoutSlashes(url), accessKeyId, secretAccessKey, region };
}

function withoutSlashes(url: string): string {
  let end = url.length;
  while (url[end - 1] === '/') end -= 1;
  return url.slice(0, end);
}

function originOf(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new ConfigError('PUBLIC_URL: has to be an http or https address such as https://club.example.com');
  }
  const { origin, protocol, hostname, pathname } = new URL(url);
  if (pathname !== '/') throw new ConfigError('PUBLIC_URL: has to be without a path');
  if (protocol !== 'https:' && !isLoopback(hostname)) {
    throw new ConfigError(
      'PUBLIC_URL: has to be https, since browsers keep nobody signed in over http. Only this machine alone ' +
        '(127.0.0.1, localhost) may do without',
    );
  }
  return origin;
}

function proxiesOf(text = ''): string[] {
  const proxies = text.split(/[\s,]+/).filter((part) => part !== '');
  if (!proxies.every(isRange)) {
    throw new ConfigError(
      'TRUSTED_PROXIES: has to be addresses or ranges such as 127.0.0.1 10.0.0.0/8, with commas or spaces between',
    );
  }
  return proxies;
}

function mailConfig(set: z.infer<typeof environment>, publicUrl: string): Config['mail'] {
  if (set.RESEND_API_KEY !== undefined) {
    if (set.MAIL_FROM === undefined) throw new ConfigError('MAIL_FROM: is needed beside RESEND_API_KEY');
    return {
      kind: 'resend',
      from: set.MAIL_FROM,
      apiKey: set.RESEND_API_KEY,
      baseUrl: set.RESEND_BASE_URL,
      webhookSecret: set.RESEND_WEBHOOK_SECRET,
      replyTo: set.MAIL_REPLY_TO,
    };
  }
  return isLoopback(set.HOST) && isLoopback(new URL(publicUrl).hostname)
    ? { kind: 'mailbox' }
    : { kind: 'none' };
}

/** Whether a host name or address can only be reached from this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
