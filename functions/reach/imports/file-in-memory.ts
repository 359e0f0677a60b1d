import type { SourceFile } from './source-file.ts';

/** A small file that a form brought; workbooks are told to be saved as CSV. */
export function fileInMemory({ name, bytes }: { name: string; bytes: Uint8Array }): SourceFile {
  return {
    name,
    async *chunks() {
      yield Buffer.from(bytes);
    },
    readWorkbook: async () => null,
    workbookMax: 0,
  };
}
