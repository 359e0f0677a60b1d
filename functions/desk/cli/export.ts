import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isDay } from '../../ground/platform/calendar.ts';
import type { House } from '../../ground/room.ts';
import { exportFormats, writeRows } from '../../reach/exports/write-rows.ts';
import { type Call, type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';

/** What every export can be asked for. */
export const exportOptions = {
  since: { summary: 'First business day, such as 2026-01-01', value: 'DAY' },
  until: { summary: 'First business day that is left out', value: 'DAY' },
  output: { summary: 'Write to a file, whole or not at all', value: 'FILE', short: 'o' },
} as const;

/** `export`, for the tables that the rooms of a house declare. */
export function exportOf(house: House): Command {
  const names = house.exports.map(({ name }) => name);
  return {
    arguments: ['TABLE'],
    options: { format: { summary: 'csv, json or ndjson', value: 'FORMAT' }, ...exportOptions },
    about: ['Writes one of:', ...house.exports.map(({ name, about }) => `${name}: ${about}`)].join('\n'),
    examples: [
      'export orders > orders.csv',
      'export ledger --since 2026-01-01 --until 2026-02-01 -o ledger-january.csv',
      'export customers --format ndjson',
    ],
    run: async (call) => {
      const asked = call.argument(0);
      const found = house.exports.find(({ name }) => name === asked);
      if (found === undefined)
        throw new UsageError(
          `There is no command 'export ${asked}'. TABLE must be one of: ${names.join(', ')}.`,
        );
      const format = formatOf(call, exportFormats);
      const days = { since: dayOf(call, 'since'), until: dayOf(call, 'until') };
      await withContext(call.defaults, async (ctx) => {
        const table = await found.open(ctx, days);
        await send(call, writeRows(table, format));
      });
      return 0;
    },
  };
}

export function formatOf<Format extends string>(call: Call, formats: readonly Format[]): Format {
  const asked = call.text('format') ?? (call.io.isJson ? 'json' : 'csv');
  const format = formats.find((known) => known === asked);
  if (format === undefined) throw new UsageError(`--format has to be one of ${formats.join(', ')}.`);
  if (call.io.isJson && format === 'csv' && call.text('output') === null)
    throw new UsageError('--json and --format csv contradict each other; write CSV to a file by -o FILE.');
  return format;
}

export function dayOf(call: Call, option: 'since' | 'until'): string | null {
  const day = call.text(option);
  if (day === null || isDay(day)) return day;
  throw new UsageError(`--${option} has to be a date such as 2026-03-01, not '${day}'.`);
}

/** Writes a file whole, or else to standard output. */
export async function send(call: Call, chunks: AsyncIterable<string | Uint8Array>): Promise<void> {
  const path = call.text('output');
  if (path !== null) {
    await writeWhole(path, chunks);
    call.io.note(`Written to ${path}.`);
    return;
  }
  for await (const chunk of chunks) await call.io.write(chunk);
}

/** For its owner's eyes alone. A file that is there is whole: it is written beside its place and moved there at the end. */
async function writeWhole(path: string, chunks: AsyncIterable<string | Uint8Array>): Promise<void> {
  const draft = `${path}.${process.pid}.part`;
  try {
    await pipeline(Readable.from(chunks), createWriteStream(draft, { flush: true, mode: 0o600 }));
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
