import type { Row, Store } from '../../../db/store.ts';
import type { Locale } from '../../ground/identity/languages.ts';
import type { DataSubject } from '../../ground/personal/personal-data.ts';
import type { Context } from '../../ground/platform/context.ts';
import { toCell } from '../../ground/tables/cells.ts';
import { getBusiness } from '../../money/business/business.ts';
import type { ArchivedFile } from '../archive/tar.ts';
import { keptKindOf } from './kept-kind-of.ts';
import { type FilledTable, writeOwnDataPage } from './own-data-page.ts';
import { listOwnFiles, listOwnTables, type OwnTable, readOwnRows } from './own-tables.ts';

const ROWS_SHOWN = 100;

/** What goes into a zip. */
interface OwnData {
  person: DataSubject;
  language: Locale;
  /** Whether what the business wrote for itself comes along, in `team/`: for who answers a request, not for the person. */
  hasTeamsPart: boolean;
}

/**
 * All that is kept of one person: `index.html` to read, `data/TABLE.ndjson` for programs, a row a line, written as in an
 * archive, and `files/` with what they sent. A table that holds nothing of them has no file.
 */
export async function* ownDataFiles(
  ctx: Context,
  { person, language, hasTeamsPart }: OwnData,
): AsyncGenerator<ArchivedFile> {
  const encoder = new TextEncoder();
  const { house, db, files: store } = ctx;
  const business = await getBusiness(ctx);
  const kindOf = keptKindOf(house);
  const filled: FilledTable[] = [];
  for (const table of listOwnTables(house)) {
    const { text, ...read } = await readTable(db.fresh, table, person);
    if (read.count > 0) yield { name: `data/${table.name}.ndjson`, bytes: encoder.encode(text) };
    filled.push({ ...table, ...read, kind: kindOf(table.name) });
  }
  for (const table of hasTeamsPart ? listOwnTables(house, 'team') : []) {
    const { text, count } = await readTable(db.fresh, table, person);
    if (count > 0) yield { name: `team/${table.name}.ndjson`, bytes: encoder.encode(text) };
  }
  const names: string[] = [];
  for (const [at, { name, storedAs }] of (await listOwnFiles(db.fresh, house, person)).entries()) {
    const bytes = (await store?.get(storedAs)) ?? null;
    if (bytes === null) continue;
    const path = `files/${at + 1}-${safeName(name)}`;
    names.push(path);
    yield { name: path, bytes };
  }
  const page = writeOwnDataPage({
    ...{ language, timeZone: business.timeZone, business: business.identity.name, madeAt: ctx.now() },
    ...{ tables: filled, files: names },
  });
  yield { name: 'index.html', bytes: encoder.encode(page) };
}

/** All rows as lines, and the first of them. */
async function readTable(db: Store, table: OwnTable, person: DataSubject) {
  const rows: Row[] = [];
  let [text, count] = ['', 0];
  for await (const page of readOwnRows(db, table, person)) {
    rows.push(...page.slice(0, Math.max(0, ROWS_SHOWN - rows.length)));
    count += page.length;
    text += page.map((row) => `${lineOf(table, row)}\n`).join('');
  }
  return { rows, text, count };
}

/** Cells as they stand in an archive; whole numbers beyond what JSON readers hold exactly are texts. */
function lineOf({ columns }: OwnTable, row: Row): string {
  const cells = columns.map((column, at) => [column.name, toCell(column, row[at] ?? null)] as const);
  return JSON.stringify(Object.fromEntries(cells), (_, value) =>
    typeof value === 'bigint' ? (Number.isSafeInteger(Number(value)) ? Number(value) : String(value)) : value,
  );
}

/** What somebody called a file, without what would lead elsewhere. */
function safeName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const safe = name.replaceAll(/[\u0000-\u001f\u007f\\/:*?"<>|]/g, '-').slice(-80);
  return safe === '' ? 'file' : safe;
}
