import { z } from 'zod';
import type { Context } from '../../ground/platform/context.ts';
import { exportEverything } from './export-everything.ts';
import { exportTable } from './export-table.ts';
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
export interface ArchiveDownload {
  body: ReadableStream<Uint8Array<ArrayBuffer>>;
  mediaType: string;
  fileName: string;
}

/** The archive or a table, streamed. @throws {AppError} as `exportEverything` and `exportTable` */
export async function downloadArchive(
  ctx: Context,
  { format, table }: ArchiveQuery,
): Promise<ArchiveDownload> {
  if (table === undefined) {
    const body = await exportEverything(ctx, { format });
    return { body, mediaType: 'application/gzip', fileName: 'everything.tar.gz' };
  }
  const body = await exportTable(ctx, { name: table, format });
  const mediaType = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8';
  return { body, mediaType, fileName: `${table}.${format}` };
}
