import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openEmbedded } from '../../db/embedded.ts';
import { openRemote } from '../../db/remote.ts';
import type { Store } from '../../db/store.ts';
import { regulars } from '../support/cli.ts';
import { type FakeResend, openFakeResend } from '../support/fake-resend.ts';
import { setProgrammeFile } from '../support/programmes.ts';
import { type Portal, portalSettings, startServer } from '../support/server.ts';
import { type Sqld, startSqld } from '../support/sqld.ts';
import { startWorker } from '../support/workerd.ts';

/** One way of running the product, all of it real: its process, its database, its command line. */
export interface House {
  origin: string;
  settings: Record<string, string>;
  mail: FakeResend;
  /** Sends a request with the key that may do everything. */
  api: (method: string, path: string, body?: unknown, key?: string) => Promise<Answer>;
  /** A key with these scopes; the same one each time. */
  newKey: (...scopes: string[]) => Promise<string>;
  regulars: (...words: string[]) => Promise<string>;
  setProgramme: (programme: object) => Promise<string>;
  /** Lets the platform run the jobs that are due. */
  runJobs: () => Promise<unknown>;
  /** The database, for a look from outside. */
  look: (sql: string) => Promise<string[][]>;
  output: () => string;
  close: () => Promise<void>;
}

export interface Answer {
  status: number;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: an answer of the API is looked at by what is asserted of it.
  json: any;
  headers: Headers;
}

export type EngineName = 'Node with a file' | 'Node with sqld' | 'workerd with sqld' | 'Node with a replica';

export const allScopes = [
  'orders:read',
  'orders:write',
  'customers:read',
  'customers:write',
  'redemptions:read',
  'redemptions:write',
];

/** Opens an engine on an empty database of its own, with more settings where a test needs them. */
export async function openHouse(name: EngineName, more: Record<string, string> = {}): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-house-'));
  const { fake, close: closeMail } = await openFakeResend();
  const servers: Sqld[] = [];
  if (name !== 'Node with a file') servers.push(await startSqld());
  if (name === 'Node with a replica') servers.push(await startSqld(servers[0]));
  const databaseUrl = servers.at(-1)?.url ?? `file:${join(folder, 'regulars.db')}`;
  const settings = { ...portalSettings(databaseUrl, fake.baseUrl), ...more };
  // What the command line changes goes to the primary.
  const ownSettings = { ...settings, DATABASE_URL: servers[0]?.url ?? databaseUrl };
  await regulars(ownSettings, 'migrate');
  const key = await addKey(ownSettings, allScopes);
  const portal = name === 'workerd with sqld' ? await startWorker(settings) : await startServer(settings);
  const keys = new Map([[allScopes.join(), Promise.resolve(key)]]);
  const keyFor = (scopes: readonly string[]) => {
    const kept = keys.get(scopes.join()) ?? addKey(ownSettings, scopes);
    keys.set(scopes.join(), kept);
    return kept;
  };
  const runRegulars = (...words: string[]) => regulars(ownSettings, ...words);
  return {
    origin: portal.origin,
    settings: ownSettings,
    mail: fake,
    api: (method, path, body, idempotencyKey) =>
      send(portal.origin, { method, path, body, key, idempotencyKey: idempotencyKey ?? newKeyName() }),
    newKey: (...scopes) => keyFor(scopes),
    regulars: runRegulars,
    setProgramme: (programme) => setProgrammeFile(ownSettings, folder, programme),
    runJobs: () => (name === 'workerd with sqld' ? runCron(portal, ownSettings) : runRegulars('jobs', 'run')),
    look: (sql) => lookInto(ownSettings.DATABASE_URL, sql),
    output: () => portal.running.output(),
    close: async () => {
      await portal.running.end('SIGTERM');
      for (const server of servers.reverse()) await server.stop();
      closeMail();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface Sent {
  method: string;
  path: string;
  body?: unknown;
  key: string;
  idempotencyKey?: string;
}

/** One request to the API. A text as body is sent as it is. */
export async function send(
  origin: string,
  { method, path, body, key, idempotencyKey }: Sent,
): Promise<Answer> {
  const response = await fetch(`${origin}${path.startsWith('/api') ? path : `/api/v1${path}`}`, {
    method,
    headers: {
      ...(key === '' ? {} : { Authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(method !== 'GET' && idempotencyKey ? { 'Idempotency-Key': idempotencyKey } : {}),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, json: jsonOf(text), headers: response.headers };
}

let count = 0;

export function newKeyName(): string {
  count += 1;
  return `key-${count}`;
}

export function expectRefusal(answer: Answer, status: number, code: string): void {
  expect([answer.status, answer.json.code], answer.text).toEqual([status, code]);
  expect(answer.headers.get('Content-Type')).toContain('application/problem+json');
}

async function addKey(settings: Record<string, string>, scopes: readonly string[]): Promise<string> {
  const words = scopes.flatMap((scope) => ['--scope', scope]);
  return (await regulars(settings, 'keys', 'add', 'till', ...words)).trim();
}

/** The cron handler leaves out what ran within the minute; the tests do not wait for the next one. */
async function runCron({ origin }: Portal, settings: Record<string, string>): Promise<void> {
  await lookInto(settings.DATABASE_URL ?? '', 'DELETE FROM job_runs');
  const response = await fetch(`${origin}/cdn-cgi/handler/scheduled`);
  expect(response.status, await response.text()).toBe(200);
}

async function lookInto(databaseUrl = '', sql: string): Promise<string[][]> {
  const store: Store = databaseUrl.startsWith('file:')
    ? openEmbedded(databaseUrl.slice('file:'.length))
    : openRemote({ url: databaseUrl });
  try {
    const [rows] = await store.write([{ sql, args: [] }]);
    return (rows ?? []).map((row) => row.map(String));
  } finally {
    store.close();
  }
}

function jsonOf(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
