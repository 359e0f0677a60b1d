import { configureSync, getLogger, type Logger, type LogRecord } from '@logtape/logtape';

/** Logs go to standard error: a line for a person at a terminal, JSON for whoever collects them. */
export function openLog({ isJson, level }: { isJson: boolean; level: 'info' | 'warning' }): Logger {
  const write = (text: string) => process.stderr.write(`${text}\n`);
  configureSync({
    reset: true,
    sinks: { stderr: (record) => write(isJson ? jsonLine(record) : textLine(record)) },
    loggers: [
      { category: ['regulars'], lowestLevel: level, sinks: ['stderr'] },
      { category: ['logtape', 'meta'], lowestLevel: 'error', sinks: ['stderr'] },
    ],
  });
  return getLogger(['regulars']);
}

function textLine(record: LogRecord): string {
  return `${record.level}: ${record.message.map(String).join('')}`;
}

function jsonLine({ timestamp, level, category, message, properties }: LogRecord): string {
  return JSON.stringify({
    ...properties,
    time: new Date(timestamp).toISOString(),
    level,
    category: category.join('.'),
    message: message.map(String).join(''),
  });
}
