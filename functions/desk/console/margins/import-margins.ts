import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { type MarginKind, marginKinds, readPercent } from '../../../insight/margins/margins.ts';
import {
  MARGIN_NAME_MAX,
  MARGINS_AT_ONCE,
  type MarginsSet,
  setMargins,
} from '../../../insight/margins/set-margins.ts';
import { readRecords } from '../../../reach/imports/read-records.ts';
import type { SourceFile } from '../../../reach/imports/source-file.ts';
import { marginColumns } from './export-margins.ts';

/** What is wrong with a row: its cells, its kind, its name, its per cent, or that it is told before in the file. */
export type WrongMargin = 'cells' | 'kind' | 'name' | 'percent' | 'twice';

export interface MarginsReport extends MarginsSet {
  /** What was left out, and why; lines count from 1, the head included. */
  errors: { line: number; code: WrongMargin }[];
}

/**
 * Tells margins as a CSV says, columns `kind`, `name` and `percent`; an empty per cent takes one away. Those that the file does
 * not name stay, and a row that is wrong is told and left out. A file of more than {@link MARGINS_AT_ONCE} is taken in parts.
 * @throws {AppError} `validation_failed` for what is no such table or has too many, `forbidden`
 */
export async function importMargins(
  ctx: Context,
  { file, isDryRun = false }: { file: SourceFile; isDryRun?: boolean },
): Promise<MarginsReport> {
  allow(ctx.actor, 'settings:write');
  const report: MarginsReport = { set: 0, removed: 0, unchanged: 0, errors: [] };
  const seen = new Set<string>();
  const items: TakenMargin[] = [];
  for await (const { line, row } of readRecords(file, {
    columns: marginColumns,
    needed: ['kind', 'percent'],
  })) {
    const read = row === null ? 'cells' : readMargin(row);
    if (typeof read === 'string') report.errors.push({ line, code: read });
    else if (seen.has(`${read.kind} ${read.name}`)) report.errors.push({ line, code: 'twice' });
    else {
      seen.add(`${read.kind} ${read.name}`);
      items.push(read);
    }
  }
  for (let at = 0; at < items.length; at += MARGINS_AT_ONCE) {
    const done = await setMargins(ctx, { items: items.slice(at, at + MARGINS_AT_ONCE) }, { isDryRun });
    report.set += done.set;
    report.removed += done.removed;
    report.unchanged += done.unchanged;
  }
  return report;
}

interface TakenMargin {
  kind: MarginKind;
  name: string;
  percent: string | null;
}

function readMargin(row: ReadonlyMap<(typeof marginColumns)[number], string>): TakenMargin | WrongMargin {
  const told = (row.get('kind') ?? '').trim().toLowerCase();
  const kind = marginKinds.find((known) => known === told);
  const name = (row.get('name') ?? '').trim();
  const percent = (row.get('percent') ?? '').trim();
  if (kind === undefined) return 'kind';
  const isNamed = kind === 'rest' ? name === '' : kind === 'category' || name !== '';
  if (!isNamed || name.length > MARGIN_NAME_MAX || /\p{Cc}/u.test(name)) return 'name';
  if (percent !== '' && readPercent(percent) === null) return 'percent';
  return { kind, name, percent: percent === '' ? null : percent };
}
