import { schemaName } from '../../../db/schema-name.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import type { ArchiveTold } from '../../reach/imports/runs/run-report.ts';
import { assertHead, notOurs } from './archive-head.ts';
import { noPlaceOfFiles, storedFolder } from './export-everything.ts';
import { gunzipped, telling } from './gzip.ts';
import { assertEmpty } from './import-everything.ts';
import { assertStaysOwner, findImporter } from './importer-stays.ts';
import { inOrder } from './in-order.ts';
import { readFile } from './read-file.ts';
import { tableOf } from './stage-archive.ts';
import { readTar } from './tar.ts';

/**
 * What an archive holds; all of its rows are read, and nothing is written. Whether the rows agree with one another is seen
 * once they come in.
 * @throws {AppError} as `importEverything`
 */
export async function lookAtArchive(
  ctx: Context,
  { chunks, onRows }: { chunks: AsyncIterable<Uint8Array<ArrayBuffer>>; onRows: (rows: number) => void },
): Promise<ArchiveTold> {
  allow(ctx.actor, 'archive:write');
  const tables = inOrder(ctx.house.tables);
  await assertEmpty(ctx, tables);
  const importer = await findImporter(ctx);
  const counts = new Map<string, number>();
  const named = new Set<string>();
  const come = new Set<string>();
  let business: string | null = null;
  let rows = 0;
  let isKnown = false;
  for await (const file of readTar(telling(gunzipped(chunks), () => onRows(rows)))) {
    if (!isKnown) assertHead(file);
    else if (file.name.startsWith(storedFolder)) come.add(storedNameIn(file.name, named));
    else {
      const table = tableOf(file, tables);
      const read = readFile(file, table);
      const { files } = table.options;
      for (const { values } of read) {
        if (files !== undefined) named.add(String(values[files.name]));
        if (table.name === 'staff') assertStaysOwner(importer, values);
        if (table.name === 'settings' && values.key === 'name') business = String(values.value);
      }
      counts.set(table.name, (counts.get(table.name) ?? 0) + read.length);
      rows += read.length;
    }
    isKnown = true;
    onRows(rows);
  }
  if (!isKnown) throw notOurs();
  if (named.size > 0 && ctx.files === null) throw noPlaceOfFiles();
  return {
    business,
    schema: schemaName,
    tables: [...counts].map(([name, count]) => ({ name, rows: count })),
    ...{ files: come.size, filesMissing: named.size - come.size },
  };
}

function storedNameIn(path: string, named: ReadonlySet<string>): string {
  const name = path.slice(storedFolder.length);
  if (named.has(name)) return name;
  throw new AppError('validation_failed', `${path} is named by no row. Nothing was brought in.`);
}
