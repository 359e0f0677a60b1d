import type { FileHead } from '../functions/ground/formats/file-head.ts';

/** A file of rows for the reader alone. */
export function csvAnswer(body: ReadableStream<Uint8Array>, name: string): Response {
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}.csv"`,
      'Cache-Control': 'private, no-store',
    },
  });
}

/** A zip for the reader alone. */
export function zipAnswer(file: FileHead & { body: ReadableStream<Uint8Array> | null }): Response {
  return new Response(file.body, {
    headers: {
      'Content-Type': file.mediaType,
      'Content-Disposition': `attachment; filename="${file.fileName}"`,
      'Cache-Control': 'private, no-store',
    },
  });
}
