import { Unzip, UnzipInflate } from 'fflate';
import type { SourceFile } from './source-file.ts';

interface WorkbookSize {
  packed: number;
  /** What its sheets unpack to. */
  unpacked: number;
}

/** The bytes of a workbook, counted while unpacking and no further than a little above `limits`. */
export async function measureWorkbook(file: SourceFile, limits: WorkbookSize): Promise<WorkbookSize> {
  const size = { packed: 0, unpacked: 0 };
  const isWithin = () => size.packed <= limits.packed && size.unpacked <= limits.unpacked;
  const unzip = new Unzip((part) => {
    part.ondata = (_error, data) => {
      size.unpacked += data?.length ?? 0;
      if (size.unpacked > limits.unpacked) part.terminate();
    };
    if (part.name.endsWith('.xml') || part.name.endsWith('.rels')) part.start();
  });
  unzip.register(UnzipInflate);
  for await (const chunk of file.chunks()) {
    size.packed += chunk.length;
    for (let at = 0; at < chunk.length && isWithin(); at += pushBytes) {
      unzip.push(chunk.subarray(at, at + pushBytes));
    }
    if (!isWithin()) break;
  }
  return size;
}

/** Deflate grows at most some thousandfold, so a push unpacks to 16 MB at most. */
const pushBytes = 16 * 1024;
