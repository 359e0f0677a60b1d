import type { KeptKind } from '../../languages/kept-kind.ts';
import type { AuditKind } from './audit/audit-kind.ts';
import type { Follower } from './feed/follower.ts';
import type { ExportedTable } from './formats/table.ts';
import type { HistoryKind } from './history/history-kind.ts';
import type { Routes } from './http/api.ts';
import type { FeatureSwitch } from './identity/features.ts';
import type { Locale } from './identity/languages.ts';
import type { Job } from './jobs/job.ts';
import type { Retention } from './jobs/retention.ts';
import type { LetterBook, LetterWords } from './outbox/letters.ts';
import type { PersonalData } from './personal/personal-data.ts';
import type { Context, Role } from './platform/context.ts';
import type { SegmentField, SegmentFieldsOf } from './segments/segment-field.ts';
import type { CareMoment } from './settings/moment.ts';
import type { Policy } from './settings/policy.ts';
import type { LeftTables, TableFile } from './tables/table-file.ts';

/** What a room says of itself; whatever is central is gathered from the rooms. A room may add a kind of thing of its own. */
export interface Room {
  name: string;
  /** Its part of the API, under `/api/v1`. */
  routes?: Routes;
  /** What other services call: addresses of the whole site. */
  hooks?: Routes;
  /** What the business decides about it: `settings set`. */
  policies?: readonly Policy[];
  /** What of its things goes once it is old; each brings the setting that says how old. */
  retentions?: readonly Retention[];
  /** What it does by itself once a cause is there, each switched on and set by the business. */
  moments?: readonly CareMoment[];
  /** What is there only where the business has set it up. */
  features?: readonly FeatureSwitch[];
  /** The tables that a business takes home. */
  exports?: readonly ExportedTable[];
  /** Its tables that go out as files and come in again; with `tablesLeft` all that it has. */
  tables?: readonly TableFile[];
  /** Tables that stay, each with the reason: what follows from others, and what is a secret or of one deployment alone. */
  tablesLeft?: LeftTables;
  /** Work that comes round by itself. */
  jobs?: readonly Job[];
  /** What it tells in the histories of accounts. */
  historyKinds?: readonly HistoryKind[];
  /** What its people do that the audit log keeps. */
  auditKinds?: readonly AuditKind[];
  /** Who of it reads the history in the order of commits; one of its jobs does it. */
  followers?: readonly Follower[];
  /**
   * What a refused write names when somebody else was faster, so that deciding again may go well: a part of the name of a
   * constraint, or of what a trigger says.
   */
  conflicts?: readonly string[];
  /** What waits for people of the business. */
  waiting?: readonly Waiting[];
  /**
   * Its tables that hold who people are, how they are reached, what is said by or of them and what they did: whose each row
   * is, and what erasing somebody leaves of it.
   */
  personalData?: PersonalData;
  /** What of customers it keeps, in one word; of a room with tables that hold them. */
  kept?: KeptKind;
  /** What segments may ask of accounts about it, and fields of it that the business defines. */
  segmentFields?: readonly SegmentField[];
  ownSegmentFields?: SegmentFieldsOf;
  /** The mails it sends; what they say stands in `languages`. */
  letters?: (wordsIn: (language: Locale) => LetterWords) => LetterBook;
}

/** What all rooms say together. */
export interface House {
  /** In the order in which they are asked: a path in plain words stands before one with a parameter. */
  routes: readonly Routes[];
  hooks: readonly Routes[];
  /** Those of moments among them. */
  policies: readonly Policy[];
  moments: readonly CareMoment[];
  retentions: readonly Retention[];
  features: readonly FeatureSwitch[];
  exports: readonly ExportedTable[];
  tables: readonly TableFile[];
  tablesLeft: LeftTables;
  /** In the order in which they run: what may cause mail comes before the mail. */
  jobs: readonly Job[];
  historyKinds: readonly HistoryKind[];
  auditKinds: readonly AuditKind[];
  followers: readonly Follower[];
  conflicts: readonly string[];
  waiting: readonly Waiting[];
  letters: LetterBook;
  personal: PersonalData;
  /** The rooms that keep something of customers, by what they keep. */
  kept: ReadonlyMap<KeptKind, readonly Room[]>;
  segmentFields: readonly SegmentField[];
  ownSegmentFields: readonly SegmentFieldsOf[];
}

/** What waits for people of the business in one section of the console; several rooms may add to one. */
export interface Waiting {
  section: string;
  /** What waits, worded by the console. */
  what: string;
  /** Where it is done: a path of the console, with what it asks for. */
  path: string;
  /** Who may do it, where not all of the team but analysts may. */
  roles?: readonly Role[];
  /** SQL of a row for each thing that waits, in no order: counted only up to what a badge shows. */
  rows?: string;
  /** What is counted in another way; it says itself who may know. */
  count?: (ctx: Context) => Promise<number>;
}

/** What a room adds to an interface of kinds: one member for each that it lists. */
export type KindsOf<List extends readonly string[]> = { [Kind in List[number]]: true };
