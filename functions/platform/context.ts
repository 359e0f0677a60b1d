import type { Logger } from '@logtape/logtape';
import type { Store } from '../../db/store.ts';
import type { AccountQueue } from './account-queue.ts';
import type { Caches } from './caches.ts';
import type { Config } from './config.ts';
import type { FileStore } from './file-store.ts';

export const scopes = [
  'orders:read',
  'orders:write',
  'customers:read',
  'customers:write',
  'redemptions:read',
  'redemptions:write',
  'feedback:read',
  'feedback:write',
] as const;
export type Scope = (typeof scopes)[number];

export const roles = ['owner', 'manager', 'agent', 'analyst'] as const;
export type Role = (typeof roles)[number];

/** On whose behalf an operation runs. */
export type Actor =
  | { kind: 'anonymous' }
  | { kind: 'customer'; id: string }
  | { kind: 'staff'; id: string; role: Role }
  | { kind: 'key'; id: string; scopes: readonly Scope[] }
  /** The command line and the jobs: whoever can run them owns the deployment. */
  | { kind: 'system'; name: string };

/** What lives as long as the process or isolate; it holds no connection. */
export interface Runtime {
  config: Config;
  log: Logger;
  now: () => number;
  queue: AccountQueue;
  cache: Caches;
  /** Null where nothing keeps files: then nobody is offered to send any. */
  files: FileStore | null;
  /** Whether the process was asked to stop: what runs long ends after its next whole step. */
  isEnding?: () => boolean;
}

/** What every operation is given: built once in the entry, passed down. */
export interface Context extends Runtime {
  db: Store;
  actor: Actor;
  wakeMail: WakeMail;
}

/**
 * Wakes what sends the mail; harmless when nothing waits. Somebody looks at their inbox for mail that goes `now`;
 * `soon` may wait for the next minute's jobs.
 */
export type WakeMail = (urgency: Urgency) => void;
export type Urgency = 'now' | 'soon';

/** How the actor is written down in history and audit: its kind and id, no personal data. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'anonymous') return 'anonymous';
  if (actor.kind === 'system') return `system:${actor.name}`;
  return `${actor.kind}:${actor.id}`;
}
