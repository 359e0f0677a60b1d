import { feedbackColumns } from '../../exports/feedback/columns.ts';
import type { Reason } from '../reason.ts';
import type { SourceFile } from '../source-file.ts';
import { openRejectedTable, type RowSink, writeRejected } from '../write-rejected.ts';
import { findToldForm, RECORD_BYTES_MAX, readTold } from './read-told.ts';

/**
 * Writes the refused rows of a file of feedback with the reason behind each, to be mended: of a CSV as they came, of JSON as a
 * CSV with all columns, in which a line that cannot be read stands as `text`.
 * @param reasons by the line a row begins on
 * @returns the number of rows
 */
export async function writeRejectedTold(
  file: SourceFile,
  reasons: ReadonlyMap<number, Reason>,
  sink: RowSink,
): Promise<number> {
  const form = await findToldForm(file);
  if (form !== null) {
    const reasonOf = ({ line }: { line: number }) => reasons.get(line) ?? null;
    return writeRejected({ file, form, sink, reasonOf, limit: RECORD_BYTES_MAX });
  }
  const table = openRejectedTable(sink, feedbackColumns);
  try {
    for await (const rows of readTold(file)) {
      for (const { line, cells } of rows) {
        const reason = reasons.get(line);
        if (reason === undefined) continue;
        table.add(
          feedbackColumns.map((column) => cells[column]),
          reason,
        );
      }
      await table.flush();
    }
    return table.rows();
  } finally {
    await sink.close();
  }
}
