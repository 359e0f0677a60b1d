import type { Logger } from '@logtape/logtape';
import type { Store } from '../../../db/store.ts';
import type { Identity } from '../identity/identity.ts';
import type { House } from '../room.ts';
import type { AccountQueue } from './account-queue.ts';
import type { BackupTools } from './backup-tools.ts';
import type { Caches } from './caches.ts';
import type { Config } from './config.ts';
import type { FileStore } from './file-store.ts';
import type { LargeFiles } from './large-files.ts';
import type { LookBook } from './look-book.ts';
import type { Turns } from './turns.ts';

export const scopes = [
  'orders:read',
  'orders:write',
  'customers:read',
  'customers:write',
  'redemptions:read',
  'redemptions:write',
  'feedback:read',
  'feedback:write',
  'programme:read',
  'archive:read',
  'archive:write',
  'backups:read',
  'backups:write',
  'texts:read',
  'texts:write',
  'imports:read',
  'imports:write',
  'segments:read',
  'segments:write',
  'contacts:read',
  'contacts:write',
  'settings:read',
  'settings:write',
  'campaigns:read',
  'campaigns:write',
  'advice:read',
  'advice:write',
  'privacy:read',
  'privacy:write',
] as const;
export type Scope = (typeof scopes)[number];

export const roles = ['owner', 'manager', 'agent', 'analyst'] as const;
export type Role = (typeof roles)[number];

/** On whose behalf an operation runs. */
export type Actor =
  | { kind: 'anonymous' }
  | {
      kind: 'customer';
      id: string;
      /** When the session that acts was opened; left out where none acts. */
      signedInAt?: number;
    }
  | {
      kind: 'staff';
      id: string;
      role: Role;
      /** When the second factor was last proven in the session that acts; left out where none is asked for. */
      provenAt?: number;
    }
  | { kind: 'key'; id: string; scopes: readonly Scope[] }
  /** The command line and the jobs: whoever can run them owns the deployment. */
  | { kind: 'system'; name: string };

/** What lives as long as the process or isolate; it holds no connection. */
export interface Runtime {
  house: House;
  /** What the business is as long as it has set nothing else. */
  defaults: Identity;
  config: Config;
  log: Logger;
  now: () => number;
  queue: AccountQueue;
  cache: Caches;
  /** Null where nothing keeps files: then nobody is offered to send any. */
  files: FileStore | null;
  /** Where files lie that are brought in, of any size; null where nothing keeps them. */
  largeFiles: LargeFiles | null;
  /** Keeps who looked at whose data; left out where nobody but the machine's owner looks. */
  looks?: LookBook;
  /** How backups are made and tried here; left out where they are not. */
  backups?: BackupTools;
  /** Whether the process was asked to stop: what runs long ends after its next whole step. */
  isEnding?: () => boolean;
  /** There where the process can put the own shop in place of the demo that it serves. */
  ownShop?: OwnShop;
}

/** How the own shop begins where a demo is served. */
export interface OwnShop {
  /**
   * Makes its database, which takes over once this request is answered. Resolves with the link that makes its first
   * owner, or null when it has one; asked again, with the same.
   */
  begin: () => Promise<string | null>;
}

/** What every operation is given: built once in the entry, passed down. */
export interface Context extends Runtime {
  db: Store;
  actor: Actor;
  wakeMail: WakeMail;
  /** Keeps a Worker alive for what goes on behind the answer of a request. */
  waitUntil?: (work: Promise<unknown>) => void;
  /** What followers and their like may still take in this run of jobs, all together; there where requests are counted. */
  steps?: StepBudget;
  /** There where requests are counted: what works for long does so in turns. */
  turns?: Turns;
}

/**
 * Wakes what sends the mail; harmless when nothing waits. Somebody looks at their inbox for mail that goes `now`;
 * `soon` may wait for the next minute's jobs.
 */
export type WakeMail = (when: WakeTime) => void;
export type WakeTime = 'now' | 'soon';

/** Steps that are left, of some four requests of the database each. */
export interface StepBudget {
  left: number;
}

/** How the actor is written down in history and audit: its kind and id, no personal data. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'anonymous') return 'anonymous';
  if (actor.kind === 'system') return `system:${actor.name}`;
  return `${actor.kind}:${actor.id}`;
}
