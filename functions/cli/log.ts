import { getLogger, type Logger } from '@logtape/logtape';
import { configureLog } from '../platform/log-lines.ts';

/** Logs go to standard error: a line for a person at a terminal, JSON for whoever collects them. */
export function openLog(options: { isJson: boolean; level: 'info' | 'warning' }): Logger {
  configureLog((line) => process.stderr.write(`${line}\n`), options);
  return getLogger(['regulars']);
}
