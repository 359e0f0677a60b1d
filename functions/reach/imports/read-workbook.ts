import type { AppError } from '../../ground/platform/errors.ts';
import type { FileRow } from './read-rows.ts';
import { refusedFile } from './refused-file.ts';
import type { SourceFile } from './source-file.ts';
import { measureWorkbook } from './workbook-size.ts';

/** Workbooks are unpacked whole to be read; larger ones are better saved as CSV, which is read as it comes. */
const packedMax = 32 * 1024 * 1024;

/**
 * Reads the first sheet that has rows. Numbers come as plain decimals of 15 digits, as Excel keeps them; days and times
 * as ISO 8601 without an offset.
 * @throws {AppError} when it is damaged or too large
 */
export async function* readWorkbook(file: SourceFile): AsyncGenerator<FileRow[]> {
  const limits = { packed: packedMax, unpacked: file.workbookMax };
  const told = (await isTooLarge(file, limits)) ? null : await file.readWorkbook();
  if (told === null) throw tooLarge();
  if ('reason' in told) throw refusedFile('workbook_unreadable', { reason: told.reason });
  if (told.rows.length === 0) throw refusedFile('file_empty');
  yield told.rows.map(({ line, cells }) => ({ line, through: line, cells, problem: null }));
}

async function isTooLarge(file: SourceFile, limits: { packed: number; unpacked: number }): Promise<boolean> {
  const { packed, unpacked } = await measureWorkbook(file, limits);
  return packed > limits.packed || unpacked > limits.unpacked;
}

function tooLarge(): AppError {
  return refusedFile('workbook_too_large');
}
