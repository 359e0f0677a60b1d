import type { FileForm } from './file-form.ts';
import { formSentences } from './file-words.ts';
import type { ToldReason } from './reason.ts';
import type { StagedOrders } from './staging.ts';

/** How a file was read. */
export interface ToldFile {
  /** The kind of file: `csv` is our own, a map's file has the map's source. */
  format: string;
  title: string;
  encoding: string;
  delimiter: string | null;
  /** Columns that nothing was read from. */
  ignored: readonly string[];
  /** What a person should know of it, as sentences. */
  notes: string[];
}

/** What an import did (DOMAIN §4, Import report). */
export interface ImportReport {
  file: ToldFile;
  orders: { created: number; updated: number; unchanged: number; rejected: number };
  customers: { created: number };
  lines: number;
  /** Rows that are no orders, such as payments that failed or the end of a report. */
  leftOut: { reason: string; rows: number }[];
  /** Net minor units of the business currency, and the ledger entries that make them up. */
  rewards: { earned: number; entries: number };
  errors: ({ line: number; order: string | null } & ToldReason)[];
  /** Rows written out to be mended; absent where nobody asked for them. */
  rejectedRows?: number;
  seconds: number;
}

/** Refused rows kept in a report; a file that is wrong throughout needs no more to be understood. */
export const ERRORS_MAX = 100_000;

/** How a staged file was read, in plain words. */
export function toldFileOf({ form, till }: Pick<StagedOrders, 'form' | 'till'>): ToldFile {
  return {
    format: till.name,
    title: till.title,
    ...writtenAs(form),
    ignored: till.ignored,
    notes: [...formSentences(form), ...(till.notes?.() ?? [])],
  };
}

function writtenAs(form: FileForm): Pick<ToldFile, 'encoding' | 'delimiter'> {
  if (form.kind === 'xlsx') return { encoding: 'xlsx', delimiter: null };
  return { encoding: form.encoding, delimiter: form.delimiter };
}

export function emptyReport(file: ToldFile): ImportReport {
  return {
    file,
    orders: { created: 0, updated: 0, unchanged: 0, rejected: 0 },
    customers: { created: 0 },
    lines: 0,
    leftOut: [],
    rewards: { earned: 0, entries: 0 },
    errors: [],
    seconds: 0,
  };
}
