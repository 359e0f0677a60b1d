import type { LargeFiles } from '../../../ground/platform/large-files.ts';
import { refusedFile } from '../refused-file.ts';
import type { SourceFile } from '../source-file.ts';
import type { RowSink } from '../write-rejected.ts';

/** A file that was sent in from a browser, to be imported. */
export function storedFile(
  files: LargeFiles,
  { id, fileName }: { id: string; fileName: string },
): SourceFile {
  const chunks = () => chunksOf(files, id);
  return {
    name: fileName,
    chunks,
    readWorkbook: async () => {
      const pieces: Uint8Array<ArrayBuffer>[] = [];
      for await (const chunk of chunks()) pieces.push(new Uint8Array(chunk));
      const { readSheets } = await import('./read-sheets.ts');
      return readSheets(new Blob(pieces));
    },
    workbookMax: 4 * 1024 * 1024,
  };
}

/** Lines are decoded and split in pieces of this size, so that no more than a few copies of one are in memory. */
const CHUNK_BYTES = 256 * 1024;

async function* chunksOf(files: LargeFiles, id: string): AsyncGenerator<Buffer> {
  const parts = await files.read(id);
  if (parts === null) throw refusedFile('file_gone', {}, { as: 'not_found' });
  for await (const part of parts) {
    for (let at = 0; at < part.length; at += CHUNK_BYTES) {
      const { buffer, byteOffset } = part;
      yield Buffer.from(buffer, byteOffset + at, Math.min(CHUNK_BYTES, part.length - at));
    }
  }
}

/** Keeps what is written under a name, once it is closed. */
export function openStoredSink(files: LargeFiles, name: string): RowSink {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  return {
    write: async (piece) => {
      pieces.push(piece);
      bytes += piece.length;
    },
    close: async () => {
      await files.write(name, fromList(pieces), { bytes_max: bytes });
    },
  };
}

async function* fromList(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}
