import { configureSync, type LogRecord } from '@logtape/logtape';

/** Sends what is logged to `write`, one line for each record: for a person, or as JSON for whoever collects them. */
export function configureLog(
  write: (line: string) => void,
  { isJson, level }: { isJson: boolean; level: 'info' | 'warning' },
): void {
  configureSync({
    reset: true,
    sinks: { lines: (record) => write(isJson ? jsonLine(record) : textLine(record)) },
    loggers: [
      { category: ['regulars'], lowestLevel: level, sinks: ['lines'] },
      { category: ['logtape', 'meta'], lowestLevel: 'error', sinks: ['lines'] },
    ],
  });
}

function textLine(record: LogRecord): string {
  return `${record.level}: ${record.message.map(String).join('')}`.replace(controls, escaped);
}

/** What would begin another line, or move what a terminal shows. */
const controls = /[\p{Cc}\u2028\u2029]/gu;

const escaped = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;

function jsonLine({ timestamp, level, category, message, properties }: LogRecord): string {
  return JSON.stringify({
    ...properties,
    time: new Date(timestamp).toISOString(),
    level,
    category: category.join('.'),
    message: message.map(String).join(''),
  });
}
