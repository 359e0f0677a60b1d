import { z } from 'zod';
import type { FileHead } from '../../ground/formats/file-head.ts';
import type { Context } from '../../ground/platform/context.ts';
import { assertMayExport, exportEverything } from './export-everything.ts';
import { assertMayExportTable, exportTable } from './export-table.ts';
import { archiveFormats } from './write-files.ts';

/** `GET /archive`: everything, or one table of it. */
export const archiveQuery = z.strictObject({
  format: z.enum(archiveFormats).default('ndjson').meta({ description: 'How tables are written.' }),
  table: z
    .string()
    .max(60)
    .optional()
    .meta({ description: 'Only this table, as a file by itself.', examples: ['consents'] }),
});
export type ArchiveQuery = z.output<typeof archiveQuery>;

export const archiveMediaTypes = [
  'application/gzip',
  'application/x-ndjson; charset=utf-8',
  'text/csv; charset=utf-8',
];

/** A file on its way, with what its receiver is told about it. */
export interface ArchiveDownload extends FileHead {
  body: ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** The archive or a table, streamed. @throws {AppError} as `exportEverything` and `exportTable` */
export async function downloadArchive(ctx: Context, asked: ArchiveQuery): Promise<ArchiveDownload> {
  const { format, table } = asked;
  const body =
    table === undefined
      ? await exportEverything(ctx, { format })
      : await exportTable(ctx, { name: table, format });
  return { body, ...headOf(asked) };
}

/** What is told about the same, of which nothing is made. @throws {AppError} as `downloadArchive`, but for `unavailable` while another is being taken */
export async function headOfArchive(ctx: Context, asked: ArchiveQuery): Promise<FileHead> {
  if (asked.table === undefined) await assertMayExport(ctx);
  else assertMayExportTable(ctx, asked.table);
  return headOf(asked);
}

function headOf({ format, table }: ArchiveQuery): FileHead {
  if (table === undefined) return { mediaType: 'application/gzip', fileName: 'everything.tar.gz' };
  const mediaType = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8';
  return { mediaType, fileName: `${table}.${format}` };
}
