import { parentPort, workerData } from 'node:worker_threads';
import readWorkbook from 'read-excel-file/node';
import { rowsOfSheets, sheetOptions, whyUnread } from '../sheet-text.ts';
import type { WorkbookRows } from '../source-file.ts';

parentPort?.postMessage(await read(String(workerData)));

async function read(path: string): Promise<WorkbookRows> {
  try {
    return rowsOfSheets(await readWorkbook(path, sheetOptions));
  } catch (error) {
    return whyUnread(error);
  }
}
