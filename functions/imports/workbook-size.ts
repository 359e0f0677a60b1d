import { Unzip, UnzipInflate } from 'fflate';
import { readChunks } from './file-form.ts';

/** Bytes that the sheets of a workbook unpack to, counted while unpacking and no further than a little above `limit`. */
export async function measureWorkbook(path: string, limit: number): Promise<number> {
  let unpacked = 0;
  const unzip = new Unzip((file) => {
    file.ondata = (_error, data) => {
      unpacked += data?.length ?? 0;
      if (unpacked > limit) file.terminate();
    };
    if (file.name.endsWith('.xml') || file.name.endsWith('.rels')) file.start();
  });
  unzip.register(UnzipInflate);
  for await (const chunk of readChunks(path)) {
    for (let at = 0; at < chunk.length && unpacked <= limit; at += pushBytes) {
      unzip.push(chunk.subarray(at, at + pushBytes));
    }
    if (unpacked > limit) break;
  }
  return unpacked;
}

/** Deflate grows at most some thousandfold, so a push unpacks to 16 MB at most. */
const pushBytes = 16 * 1024;
