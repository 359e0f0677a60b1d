import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow, allowProven, allowRole } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { TableFile } from '../../ground/tables/table-file.ts';
import { streamOf } from '../../reach/exports/stream-of.ts';
import { getTableFile } from './export-everything.ts';
import { readTable } from './read-table.ts';
import { type ArchiveFormat, writeTable } from './write-files.ts';

/** The names of the tables that somebody may take out one by one. */
export function listTables({ house, actor }: Pick<Context, 'house' | 'actor'>): string[] {
  const { role } = actor.kind === 'staff' ? actor : { role: null };
  const may = house.tables.filter((table) => rolesFor(table).some((each) => each === role));
  return may.map(({ name }) => name).toSorted();
}

/**
 * One table as a file, streamed, as it stands in an archive.
 * @throws {AppError} `forbidden`, `scope_missing`, `proof_needed`, `not_found`
 */
export async function exportTable(
  ctx: Context,
  { name, format }: { name: string; format: ArchiveFormat },
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const table = assertMayExportTable(ctx, name);
  await writeDecision(ctx, {
    audit: { kind: 'table.exported', subjectKind: 'tables', subjectId: name, detail: { format } },
  });
  return streamOf(writeTable(readTable(ctx.db.fresh, table, ctx.house.tablesLeft), format));
}

/** @throws {AppError} `forbidden`, `scope_missing`, `proof_needed`, `not_found` */
export function assertMayExportTable(ctx: Context, name: string): TableFile {
  const table = getTableFile(ctx, name);
  if (ctx.actor.kind === 'key') allow(ctx.actor, 'archive:read');
  else allowRole(ctx.actor, rolesFor(table));
  allowProven(ctx);
  return table;
}

function rolesFor({ options }: TableFile) {
  return options.isForOwners === true ? (['owner'] as const) : (['owner', 'manager'] as const);
}
