import { stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { AppError } from '../platform/errors.ts';
import type { Row } from './read-rows.ts';
import { measureWorkbook } from './workbook-size.ts';

/** What the reader in the worker tells: rows of text by their number in the sheet, or why there are none. */
export type WorkbookRows = { rows: { line: number; cells: string[] }[] } | { reason: string };

/** Workbooks are unpacked whole to be read; larger ones are better saved as CSV, which is read as it comes. */
const unpackedMax = 64 * 1024 * 1024;
const packedMax = 32 * 1024 * 1024;
const memory_mb = 512;

/**
 * Reads the first sheet that has rows, in a thread of its own with limited memory: a workbook can be made to grow
 * without end. Numbers come as plain decimals of 15 digits, as Excel keeps them; days and times as ISO 8601 without an offset.
 * @throws {AppError} when it is damaged or too large
 */
export async function* readWorkbook(path: string): AsyncGenerator<Row[]> {
  const { size } = await stat(path);
  if (size > packedMax || (await measureWorkbook(path, unpackedMax)) > unpackedMax) throw tooLarge();
  const told = await readInThread(path);
  if ('reason' in told) {
    throw new AppError(
      'validation_failed',
      `The Excel workbook cannot be read: ${told.reason}. Save it as "CSV UTF-8" and import that.`,
    );
  }
  if (told.rows.length === 0) throw new AppError('validation_failed', 'The file is empty.');
  yield told.rows.map(({ line, cells }) => ({ line, through: line, cells, problem: null }));
}

function readInThread(path: string): Promise<WorkbookRows> {
  const worker = new Worker(new URL('./workbook-thread.ts', import.meta.url), {
    workerData: path,
    resourceLimits: { maxOldGenerationSizeMb: memory_mb },
  });
  return new Promise((resolve, reject) => {
    worker.once('message', (told: WorkbookRows) => resolve(told));
    worker.once('error', (error: Error & { code?: string }) =>
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge() : error),
    );
    worker.once('exit', () => resolve({ reason: 'the reader ended early' }));
  });
}

function tooLarge(): AppError {
  return new AppError(
    'validation_failed',
    'The Excel workbook is too large to be read whole. Save it as "CSV UTF-8" and import that; a CSV may have any size.',
  );
}
