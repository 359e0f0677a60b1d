import type { Logger } from '@logtape/logtape';
import type { Store } from '../../../db/store.ts';

/** By which way the data of a customer was looked at; `program` is by a key of the API, `file` all of it as a file. */
export const lookKinds = ['page', 'order', 'feedback', 'till', 'program', 'file'] as const;
export type LookKind = (typeof lookKinds)[number];

export interface Look {
  customerId: string;
  what: LookKind;
}

/** On whose behalf a request looks, and with what it is written down. */
export interface Looker {
  db: Pick<Store, 'write'>;
  now: () => number;
  log: Logger;
  /** As history and log name them. */
  actor: string;
  waitUntil: (work: Promise<unknown>) => void;
}

/** Keeps who looked at whose data, behind the answers of one process or isolate: `functions/people/looks`. */
export interface LookBook {
  note: (by: Looker, look: Look) => void;
  /** Writes what is gathered at once: the process ends. */
  end: () => Promise<void>;
}
