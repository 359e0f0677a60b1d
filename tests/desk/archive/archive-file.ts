import { exportEverything } from '../../../functions/desk/archive/export-everything.ts';
import { chunksOf, gunzipped, streamOfBytes } from '../../../functions/desk/archive/gzip.ts';
import { type ArchivedFile, readTar, writeTar } from '../../../functions/desk/archive/tar.ts';
import type { ArchiveFormat } from '../../../functions/desk/archive/write-files.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';

/** Everything of a portal, as one file. */
export async function archiveOf(ctx: Context, format: ArchiveFormat = 'ndjson'): Promise<Buffer> {
  return whole(chunksOf(await exportEverything(ctx, { format })));
}

/** As a file comes in: in pieces that end anywhere. */
export async function* pieces(bytes: Buffer, size = 70_001): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < bytes.length; at += size) yield new Uint8Array(bytes.subarray(at, at + size));
}

/** The texts of an archive's files, by name. */
export async function textsOf(archive: Buffer): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for await (const { name, bytes } of readTar(gunzipped(pieces(archive)))) {
    texts.set(name, new TextDecoder().decode(bytes));
  }
  return texts;
}

/** The same archive with other files in place of each. */
export function repacked(archive: Buffer, change: (file: ArchivedFile) => ArchivedFile[]): Promise<Buffer> {
  async function* files(): AsyncGenerator<ArchivedFile> {
    for await (const file of readTar(gunzipped(pieces(archive)))) yield* change(file);
  }
  return packedFiles(files());
}

export function packed(texts: ReadonlyMap<string, string>): Promise<Buffer> {
  async function* files(): AsyncGenerator<ArchivedFile> {
    for (const [name, text] of texts) yield { name, bytes: new TextEncoder().encode(text) };
  }
  return packedFiles(files());
}

const packedFiles = (files: AsyncIterable<ArchivedFile>): Promise<Buffer> =>
  whole(chunksOf(streamOfBytes(writeTar(files)).pipeThrough(new CompressionStream('gzip'))));

async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}
