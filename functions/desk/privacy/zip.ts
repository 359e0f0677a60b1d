import { Zip, ZipDeflate } from 'fflate';
import type { ArchivedFile } from '../archive/tar.ts';

/** Files as a zip, one after the other; no more than one is held in memory. Each is of the same moment. */
export async function* writeZip(
  files: AsyncIterable<ArchivedFile>,
  madeAt: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const failed: { error?: Error } = {};
  const zip = new Zip((error, piece) => {
    if (error) failed.error = error;
    else pieces.push(new Uint8Array(piece));
  });
  for await (const { name, bytes } of files) {
    const entry = new ZipDeflate(name, { level: 6 });
    entry.mtime = madeAt;
    zip.add(entry);
    entry.push(bytes, true);
    if (failed.error !== undefined) throw failed.error;
    yield* pieces.splice(0);
  }
  zip.end();
  if (failed.error !== undefined) throw failed.error;
  yield* pieces.splice(0);
}
