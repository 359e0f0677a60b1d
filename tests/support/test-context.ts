import { getLogger } from '@logtape/logtape';
import type { Store } from '../../db/store.ts';
import type { Identity } from '../../functions/ground/identity/identity.ts';
import { createAccountQueue } from '../../functions/ground/platform/account-queue.ts';
import { createCaches } from '../../functions/ground/platform/caches.ts';
import type { Config } from '../../functions/ground/platform/config.ts';
import type { Actor, Context } from '../../functions/ground/platform/context.ts';
import type { FileStore } from '../../functions/ground/platform/file-store.ts';
import type { LargeFiles } from '../../functions/ground/platform/large-files.ts';
import { house } from '../../functions/rooms.ts';
import { portal } from '../../src/portal.config.ts';
import { createTestFiles } from './test-files.ts';
import { createTestStore } from './test-store.ts';

export const testSecret = 'a-secret-of-the-tests-32-characters-long';

/** A clock that stands still until it is moved. */
export interface TestClock {
  now: () => number;
  advance: (ms: number) => void;
}

export function createTestClock(at = Date.UTC(2026, 2, 1, 12)): TestClock {
  let time = at;
  return {
    now: () => time,
    advance: (ms) => {
      time += ms;
    },
  };
}

export interface TestContextOptions {
  store?: Store;
  now?: () => number;
  actor?: Actor;
  defaults?: Identity;
  config?: Partial<Config>;
  wakeMail?: () => void;
  files?: FileStore | null;
  largeFiles?: LargeFiles | null;
}

/** Everything an operation needs, on a database of its own unless one is given. */
export async function createTestContext(options: TestContextOptions = {}): Promise<Context> {
  return {
    house,
    defaults: options.defaults ?? portal,
    config: { ...testConfig, ...options.config },
    log: getLogger(['regulars', 'test']),
    now: options.now ?? createTestClock().now,
    queue: createAccountQueue(),
    cache: createCaches(),
    files: options.files === undefined ? createTestFiles() : options.files,
    largeFiles: options.largeFiles ?? null,
    db: options.store ?? (await createTestStore()),
    actor: options.actor ?? { kind: 'system', name: 'test' },
    wakeMail: options.wakeMail ?? (() => null),
  };
}

export const testConfig: Config = {
  databaseUrl: 'file:unused',
  databaseAuthToken: undefined,
  publicUrl: 'http://localhost:4321',
  host: '127.0.0.1',
  port: 4321,
  secret: testSecret,
  mail: { kind: 'mailbox' },
  trustedProxies: [],
  isDemo: false,
  bucket: null,
};
