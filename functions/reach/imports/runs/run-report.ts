import type { CustomersReport } from '../customers/report.ts';
import type { FeedbackReport } from '../feedback/report.ts';
import type { ManagersReport } from '../managers/report.ts';
import type { ToldReason } from '../reason.ts';
import { skippedWords } from '../reason-words.ts';
import type { ImportReport } from '../report.ts';

/** What a run did or would do, in the same words for every kind of file. */
export interface RunReport {
  title: string | null;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  newCustomers: number;
  /** Rows of the file. */
  rows: number;
  /** Minor units of the business currency, and the entries that make them up; null where a file earns nothing. */
  rewards: { earned: number; entries: number } | null;
  leftOut: { reason: string; rows: number }[];
  /** The first refusals, to be shown. */
  errors: ({ line: number; subject: string | null } & ToldReason)[];
  seconds: number;
  /** Of an archive of everything. */
  archive?: ArchiveTold;
}

/** What an archive holds. */
export interface ArchiveTold {
  /** What the business calls itself; null where it never said. */
  business: string | null;
  /** The newest migration of the portal that it was taken from. */
  schema: string;
  tables: { name: string; rows: number }[];
  files: number;
  /** Files that rows name and the archive has not. */
  filesMissing: number;
}

/** What was brought in of an archive: all of it. */
export interface ArchiveBroughtIn {
  tables: number;
  rows: number;
  files: number;
  filesMissing: number;
}

/** More are in the file of rejected rows. */
const ERRORS_KEPT = 50;

export function toldOfOrders({ file, orders, customers, lines, rewards, ...rest }: ImportReport): RunReport {
  return {
    title: file.title,
    ...orders,
    newCustomers: customers.created,
    rows: lines,
    rewards: { earned: Number(rewards.earned), entries: rewards.entries },
    leftOut: rest.leftOut,
    errors: rest.errors.slice(0, ERRORS_KEPT).map(({ order, ...one }) => ({ ...one, subject: order })),
    seconds: rest.seconds,
  };
}

export function toldOfFeedback({ answers, customers, lines, errors, seconds }: FeedbackReport): RunReport {
  return {
    title: null,
    ...answers,
    updated: 0,
    newCustomers: customers.created,
    rows: lines,
    rewards: null,
    leftOut: [],
    errors: errors.slice(0, ERRORS_KEPT).map(({ id, ...rest }) => ({ ...rest, subject: id })),
    seconds,
  };
}

export function toldOfCustomers({ customers, lines, errors, seconds }: CustomersReport): RunReport {
  return {
    title: null,
    ...customers,
    newCustomers: customers.created,
    rows: lines,
    rewards: null,
    leftOut: [],
    errors: errors.slice(0, ERRORS_KEPT).map(({ customer, ...rest }) => ({ ...rest, subject: customer })),
    seconds,
  };
}

export function toldOfManagers({ given, same, byRule, ...report }: ManagersReport): RunReport {
  const { rejected, lines, errors, seconds } = report;
  return {
    title: null,
    ...{ created: given, updated: 0, unchanged: same, rejected, newCustomers: 0, rows: lines },
    rewards: null,
    leftOut: byRule === 0 ? [] : [{ reason: skippedWords.left_to_rules, rows: byRule }],
    errors: errors.slice(0, ERRORS_KEPT).map(({ account, ...rest }) => ({ ...rest, subject: account })),
    seconds,
  };
}

export function toldOfArchive(archive: ArchiveTold, seconds: number): RunReport {
  const rowsOf = (wanted: string) => archive.tables.find(({ name }) => name === wanted)?.rows ?? 0;
  const rows = archive.tables.reduce((sum, table) => sum + table.rows, 0);
  return {
    title: archive.business,
    ...{ created: rows, updated: 0, unchanged: 0, rejected: 0, newCustomers: rowsOf('customers'), rows },
    ...{ rewards: null, leftOut: [], errors: [], seconds, archive },
  };
}
