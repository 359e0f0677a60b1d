import { z } from 'zod';
import type { FileHead } from '../../../ground/formats/file-head.ts';
import type { SheetRow, Table } from '../../../ground/formats/table.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { streamOfBytes } from '../stream-of.ts';
import { writeRows } from '../write-rows.ts';
import { writeXlsx } from '../write-xlsx.ts';
import { exportedKinds, feedbackColumns } from './columns.ts';
import { exportFeedback, type FeedbackExport, readTerms } from './export-feedback.ts';

export const downloadFormats = ['csv', 'json', 'ndjson', 'xlsx'] as const;
export type DownloadFormat = (typeof downloadFormats)[number];

const listOf = <Name extends string>(names: readonly Name[], what: string) =>
  z
    .string()
    .max(1000)
    .meta({
      description: `${what}, with commas between: ${names.join(', ')}.`,
      examples: [names.slice(0, 2).join(',')],
    })
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(names)).min(1));

/** `GET /feedback/export`; `kind` and `columns` are lists with commas. */
export const downloadQuery = z.strictObject({
  format: z.enum(downloadFormats).default('csv').meta({ description: 'The file’s format.' }),
  since: z
    .string()
    .max(40)
    .optional()
    .meta({ description: 'From this day or time on.', examples: ['2026-01-01'] }),
  until: z
    .string()
    .max(40)
    .optional()
    .meta({ description: 'Before this day or time.', examples: ['2027-01-01'] }),
  kind: listOf(exportedKinds, 'Only these kinds').optional(),
  columns: listOf(feedbackColumns, 'Only these columns').optional(),
  personal: z
    .enum(['yes', 'no'])
    .default('yes')
    .meta({ description: '`no` puts a pseudonym in place of each person.' }),
});
export type DownloadQuery = z.output<typeof downloadQuery>;

/** A file on its way, with what its receiver is told about it. */
export interface Download extends FileHead {
  body: ReadableStream<Uint8Array>;
}

/** The feedback export as a file in one of the formats, streamed. @throws {AppError} as `exportFeedback` */
export async function downloadFeedback(ctx: Context, asked: DownloadQuery): Promise<Download> {
  const table = await exportFeedback(ctx, toExport(asked));
  return { body: streamOfBytes(bytesOf(table, asked.format)), ...headOf(asked) };
}

/** What is told about the same, of which nothing is made. @throws {AppError} as `exportFeedback` */
export async function headOfFeedback(ctx: Context, asked: DownloadQuery): Promise<FileHead> {
  await readTerms(ctx, toExport(asked));
  return headOf(asked);
}

function toExport({ since, until, kind: kinds, columns, personal }: DownloadQuery): FeedbackExport {
  const days = { since: since ?? null, until: until ?? null };
  return { days, kinds, columns, isPseudonymised: personal === 'no' };
}

const headOf = ({ format }: DownloadQuery): FileHead => ({
  mediaType: mediaTypes[format],
  fileName: `feedback.${format}`,
});

/** A table in one of the formats. */
export function bytesOf(table: Table, format: DownloadFormat): AsyncGenerator<Uint8Array> {
  return format === 'xlsx' ? writeXlsx(table, 'feedback') : encoded(writeRows(table, format));
}

/** The same table, telling after each page how many rows went by. */
export function counting<Counted extends Table>(table: Counted, onRows: (rows: number) => void): Counted {
  async function* pages(): AsyncGenerator<readonly SheetRow[]> {
    let rows = 0;
    for await (const page of table.pages) {
      yield page;
      rows += page.length;
      onRows(rows);
    }
  }
  return { ...table, pages: pages() };
}

const mediaTypes: Record<DownloadFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
  ndjson: 'application/x-ndjson; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export const downloadMediaTypes = Object.values(mediaTypes);

async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const text of texts) if (text !== '') yield encoder.encode(text);
}
