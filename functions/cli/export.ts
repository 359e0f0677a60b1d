import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Days } from '../exports/days.ts';
import { exportCustomers as customersTable } from '../exports/export-customers.ts';
import { exportLedger as ledgerTable } from '../exports/export-ledger.ts';
import { exportOrders as ordersTable } from '../exports/export-orders.ts';
import { exportFormats, type Table, writeRows } from '../exports/write-rows.ts';
import { isDay } from '../platform/calendar.ts';
import type { Context } from '../platform/context.ts';
import { type Call, type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';

/** What every export can be asked for. */
export const exportOptions = {
  since: { summary: 'First business day, such as 2026-01-01', value: 'DAY' },
  until: { summary: 'First business day that is left out', value: 'DAY' },
  output: { summary: 'Write to a file, whole or not at all', value: 'FILE', short: 'o' },
} as const;

export const exportOrders = exporting('orders', ordersTable, {
  about:
    'The file can be imported again. It holds what our orders CSV holds: of events and refunds the state and the\n' +
    'sums so far. --since and --until are days on which orders were placed.',
});

export const exportCustomers = exporting('customers', customersTable, {
  about: 'One row per customer and account. --since and --until are days of joining.',
});

export const exportLedger = exporting('ledger', ledgerTable, {
  about: 'By email, account and entry. --since and --until are days on which entries took effect.',
});

function exporting(
  what: string,
  open: (ctx: Context, days: Days) => Promise<Table>,
  { about }: { about: string },
): Command {
  return {
    arguments: [],
    options: { format: { summary: 'csv, json or ndjson', value: 'FORMAT' }, ...exportOptions },
    about,
    examples: [
      `export ${what} > ${what}.csv`,
      `export ${what} --since 2026-01-01 --until 2026-02-01 -o ${what}-january.csv`,
      `export ${what} --format ndjson`,
    ],
    run: async (call) => {
      const format = formatOf(call, exportFormats);
      const days = { since: dayOf(call, 'since'), until: dayOf(call, 'until') };
      await withContext(async (ctx) => {
        const table = await open(ctx, days);
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

/** A file that is there is whole: it is written beside its place and moved there at the end. */
async function writeWhole(path: string, chunks: AsyncIterable<string | Uint8Array>): Promise<void> {
  const draft = `${path}.${process.pid}.part`;
  try {
    await pipeline(Readable.from(chunks), createWriteStream(draft, { flush: true }));
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
