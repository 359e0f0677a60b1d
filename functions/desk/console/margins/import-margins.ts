import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { wrongField } from '../../../ground/platform/parse-input.ts';
import { percentOf } from '../../../insight/margins/margins.ts';
import {
  MARGINS_KEPT_MAX,
  type MarginChange,
  type MarginsSet,
  marginItem,
  marginKey,
  planMargins,
  readWanted,
  type WantedMargin,
} from '../../../insight/margins/plan-margins.ts';
import { MARGINS_AT_ONCE, setMargins } from '../../../insight/margins/set-margins.ts';
import { readRecords } from '../../../reach/imports/read-records.ts';
import type { SourceFile } from '../../../reach/imports/source-file.ts';
import { marginColumns } from './export-margins.ts';

/** So many rows that were left out are told; of the others only their number. */
const TOLD_MAX = 100;

/**
 * What is wrong with a row: its bytes are no text, its quotes do not close, its cells are not those of the head, its kind, its
 * name, its per cent, or that it is told before in the file.
 */
export type WrongMargin = 'damaged' | 'quotes' | 'cells' | 'kind' | 'name' | 'percent' | 'twice';

export interface MarginsReport extends MarginsSet {
  /** What was left out, and why; lines count from 1, the head included. */
  errors: { line: number; code: WrongMargin }[];
  /** How many were left out, also beyond those that are told. */
  rejected: number;
}

/**
 * Tells margins as a CSV says, columns `kind`, `name` and `percent`; an empty per cent takes one away. Those that the file does
 * not name stay, and a row that is wrong is told and left out. Nothing is written where the file makes too many; it is then
 * written in parts of {@link MARGINS_AT_ONCE}.
 * @throws {AppError} `validation_failed` at `file` for what is no such table or has too many, `forbidden`
 */
export async function importMargins(
  ctx: Context,
  { file, isDryRun = false }: { file: SourceFile; isDryRun?: boolean },
): Promise<MarginsReport> {
  allow(ctx.actor, 'settings:write');
  const { items, ...left } = await readFile(file);
  const { changes, counts } = await planMargins(ctx, items, 'file');
  if (isDryRun) return { ...counts, ...left };
  const report: MarginsReport = { set: 0, removed: 0, unchanged: counts.unchanged, ...left };
  const ordered = endedFirst(changes);
  for (let at = 0; at < ordered.length; at += MARGINS_AT_ONCE) {
    const part = ordered.slice(at, at + MARGINS_AT_ONCE);
    const done = await setMargins(ctx, { items: part.map(toItem) });
    report.set += done.set;
    report.removed += done.removed;
    report.unchanged += done.unchanged;
  }
  return report;
}

/** So that no part makes more than may be kept where the whole does not. */
const endedFirst = (changes: readonly MarginChange[]) => [
  ...changes.filter(({ bps }) => bps === null),
  ...changes.filter(({ bps }) => bps !== null),
];

const toItem = ({ kind, name, bps }: WantedMargin) => ({
  ...{ kind, name },
  percent: bps === null ? null : percentOf(bps),
});

async function readFile(
  file: SourceFile,
): Promise<{ items: WantedMargin[] } & Pick<MarginsReport, 'errors' | 'rejected'>> {
  const left: Pick<MarginsReport, 'errors' | 'rejected'> = { errors: [], rejected: 0 };
  const items = new Map<string, WantedMargin>();
  let count = 0;
  const known = { columns: marginColumns, needed: ['kind', 'percent'] } as const;
  for await (const record of readRecords(file, known)) {
    count += 1;
    if (count > MARGINS_KEPT_MAX)
      throw wrongField('file', 'too_many', `has more than ${MARGINS_KEPT_MAX} rows`);
    const read = record.row === null ? problemOf(record.problem) : readMargin(record.row);
    const wrong = typeof read === 'string' ? read : items.has(marginKey(read)) ? 'twice' : null;
    if (typeof read !== 'string' && wrong === null) items.set(marginKey(read), read);
    if (wrong === null) continue;
    left.rejected += 1;
    if (left.errors.length < TOLD_MAX) left.errors.push({ line: record.line, code: wrong });
  }
  return { items: [...items.values()], ...left };
}

function problemOf(problem: string): WrongMargin {
  if (problem === 'cells') return 'cells';
  return problem === 'damaged' || problem === 'nul' ? 'damaged' : 'quotes';
}

function readMargin(row: ReadonlyMap<(typeof marginColumns)[number], string>): WantedMargin | WrongMargin {
  const percent = row.get('percent')?.trim() ?? '';
  const parsed = marginItem.safeParse({
    kind: row.get('kind')?.trim().toLowerCase(),
    name: row.get('name') ?? '',
    percent: percent === '' ? null : percent,
  });
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    return (['kind', 'name', 'percent'] as const).find((field) => field === first?.path[0]) ?? 'kind';
  }
  const read = readWanted(parsed.data);
  if (!Array.isArray(read)) return read;
  return read.some(({ field }) => field === 'name') ? 'name' : 'percent';
}
