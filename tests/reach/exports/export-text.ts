import type { Days, Table } from '../../../functions/ground/formats/table.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { exportOrders } from '../../../functions/reach/exports/export-orders.ts';
import { type ExportFormat, writeRows } from '../../../functions/reach/exports/write-rows.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import type { ImportReport } from '../../../functions/reach/imports/report.ts';
import { createTestContext } from '../../support/test-context.ts';
import { aFile } from '../imports/import-file.ts';

export const always: Days = { since: null, until: null };

/** An export whole. */
export async function textOf(opening: Promise<Table>, format: ExportFormat = 'csv'): Promise<string> {
  let text = '';
  for await (const chunk of writeRows(await opening, format)) text += chunk;
  return text;
}

/** Imports a file's text into a database, an empty one unless one is given. */
export async function importText(
  text: string,
  given?: Context,
): Promise<{ ctx: Context; report: ImportReport }> {
  const ctx = given ?? (await createTestContext());
  return { ctx, report: await importOrders(ctx, { path: aFile(text) }) };
}

/** What comes out of an empty database into which the text went. */
export async function throughADatabase(text: string): Promise<string> {
  const { ctx, report } = await importText(text);
  if (report.errors.length > 0) throw new Error(JSON.stringify(report.errors));
  return textOf(exportOrders(ctx, always));
}
