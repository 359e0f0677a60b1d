/** A file that is to be imported, wherever it lies. */
export interface SourceFile {
  /** Without its folders, as lists of imports tell it. */
  name: string;
  /** All of its bytes in pieces of some hundred KiB, as often as they are asked for. @throws {AppError} when it cannot be read */
  chunks(): AsyncIterable<Buffer>;
  /** The rows of a workbook, read whole; null where it takes more memory than there is. */
  readWorkbook(): Promise<WorkbookRows | null>;
  /** The most that a workbook may take unpacked, in bytes, where it is read. */
  workbookMax: number;
}

/** Rows of text by their number in the sheet, or why there are none. */
export type WorkbookRows = { rows: { line: number; cells: string[] }[] } | { reason: string };
