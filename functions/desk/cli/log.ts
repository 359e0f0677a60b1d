import { writeSync } from 'node:fs';
import { getLogger, type Logger } from '@logtape/logtape';
import { configureLog } from '../../ground/platform/log-lines.ts';

/** Logs go to standard error: a line for a person at a terminal, JSON for whoever collects them. */
export function openLog(options: { isJson: boolean; level: 'info' | 'warning' }): Logger {
  configureLog(writeLine, options);
  return getLogger(['regulars']);
}

/** A stream that failed once, as a file on a full disk does, takes nothing any more; the file may. */
function writeLine(line: string): void {
  if (!process.stderr.destroyed) {
    process.stderr.write(`${line}\n`);
    return;
  }
  try {
    writeSync(2, `${line}\n`);
  } catch {
    // Nowhere is left to tell it.
  }
}
