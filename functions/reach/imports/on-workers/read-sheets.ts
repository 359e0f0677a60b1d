import readWorkbook from 'read-excel-file/universal';
import { rowsOfSheets, sheetOptions, whyUnread } from '../sheet-text.ts';
import type { WorkbookRows } from '../source-file.ts';

/** Reads a workbook whose size was looked at before. */
export async function readSheets(bytes: Blob): Promise<WorkbookRows> {
  try {
    return rowsOfSheets(await readWorkbook(bytes, sheetOptions));
  } catch (error) {
    return whyUnread(error);
  }
}
