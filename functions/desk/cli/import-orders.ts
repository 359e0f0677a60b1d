import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { type ColumnMap, parseColumnMap } from '../../reach/imports/column-map.ts';
import type { ImportProgress } from '../../reach/imports/import-orders.ts';
import { guessMap, importOrders as runImport } from '../../reach/imports/on-node/by-path.ts';
import type { ImportReport } from '../../reach/imports/report.ts';
import { type Call, CliError, type Command } from './command.ts';
import { withContext } from './context.ts';
import type { Io } from './io.ts';
import { openProgress } from './progress.ts';
import { moneyText } from './text.ts';

export const importOrders: Command = {
  arguments: ['FILE'],
  options: {
    'dry-run': { summary: 'Report what would happen, write nothing' },
    map: { summary: 'Columns of a file we do not know, as JSON', value: 'FILE' },
    rejected: {
      summary: 'Where to write the rows of rejected orders, to mend and import again',
      value: 'FILE',
    },
    guess: { summary: 'Write the map that would read the file, and why; import nothing' },
    output: { summary: 'Where to write that map', value: 'FILE', short: 'o' },
    currency: { summary: 'Currency of a file that does not say it', value: 'CODE' },
  },
  about:
    'Reads our own orders CSV, and order exports of Shopify, WooCommerce, Square, Etsy, Stripe, eBay,\n' +
    'Amazon and PayPal, known by their headers.\n' +
    'Rows that are wrong leave their order out and are reported. Importing a file again changes nothing.\n' +
    'Any other file, also an Excel workbook, is read by a map; --guess writes one from the file and says why.',
  examples: [
    'import orders orders.csv',
    'import orders orders.csv --dry-run',
    'import orders till.csv --guess -o map.json',
    'import orders till.csv --map map.json --rejected to-mend.csv',
  ],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const { io } = call;
        if (call.isOn('guess')) return guess(ctx, call);
        const map = await readMap(call.text('map'));
        const progress = openProgress(io, 'rows');
        const report = await runImport(ctx, {
          path: call.argument(0),
          map,
          currency: call.text('currency'),
          isDryRun: call.isOn('dry-run'),
          rejectedTo: otherFile(call.argument(0), call.text('rejected')),
          onProgress: (at) => progress.show(labelOf(at), at.rows, at.phase === 'write' ? at.of : null),
        }).finally(progress.end);
        const { currency } = await getBusiness(ctx);
        const { id, ...told } = report;
        await io.answer(told, lines({ report, currency, isDryRun: call.isOn('dry-run') }));
        if (!io.isJson) tellErrors(io, report);
        tellRejected(io, report.rejectedRows, call.text('rejected'));
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

async function guess(ctx: Context, call: Call): Promise<number> {
  const { io } = call;
  const guessed = await guessMap(ctx, { path: call.argument(0), currency: call.text('currency') });
  const text = `${JSON.stringify(guessed.map, null, 2)}\n`;
  const output = call.text('output');
  if (output !== null) await writeFile(output, text);
  if (io.isJson) await io.answer(guessed, []);
  else if (output === null) await io.write(text);
  for (const sentence of guessed.because) io.note(sentence);
  for (const sentence of guessed.open) io.warn(sentence);
  if (output !== null)
    io.note(
      `The map is in ${output}. Read it, then: import orders ${call.argument(0)} --map ${output} --dry-run`,
    );
  return 0;
}

const labelOf = ({ phase }: ImportProgress) => (phase === 'read' ? 'Reading' : 'Importing');

async function readMap(path: string | null): Promise<ColumnMap | undefined> {
  return path === null ? undefined : parseColumnMap(await readJson(path));
}

/** @throws {CliError} when the file is no JSON */
export async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new CliError(`${path} is not JSON: ${error.message}.`);
    throw error;
  }
}

function lines(about: {
  report: ImportReport & { id: string | null };
  currency: string | null;
  isDryRun: boolean;
}): string[] {
  const { report, currency } = about;
  const { created, updated, unchanged, rejected } = report.orders;
  const { earned, entries } = report.rewards;
  return [
    ...fileLines(report.file),
    `Orders: ${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected`,
    `New customers: ${report.customers.created}`,
    `Rewards: ${moneyText(BigInt(earned), currency)} in ${entries} entries`,
    ...report.leftOut.map(({ reason, rows }) => `Not orders: ${rows} × ${reason}`),
    `${report.lines} rows in ${report.seconds.toFixed(1)} s`,
    about.isDryRun ? 'A dry run: nothing was written.' : `Import ${report.id}`,
  ];
}

function fileLines({ title, ignored, notes }: ImportReport['file']): string[] {
  const unused = ignored.length === 0 ? [] : [`Columns not used: ${ignored.join(', ')}`];
  return [`Read as: ${title}`, ...notes, ...unused];
}

/** @throws {CliError} when the rejected rows would overwrite the file they come from */
export function otherFile(file: string, rejected: string | null): string | null {
  if (rejected !== null && resolve(rejected) === resolve(file))
    throw new CliError('--rejected names the file that is imported. Name another one.');
  return rejected;
}

/** Says where the rows are that are to be mended. */
export function tellRejected(io: Io, rejectedRows: number | undefined, path: string | null): void {
  if (path === null) return;
  if (rejectedRows === undefined) io.note(`Nothing was rejected, so ${path} was not written.`);
  else io.note(`${rejectedRows} rows are in ${path}. Mend them there and import that file.`);
}

const ERRORS_SHOWN = 20;

function tellErrors(io: Io, { errors, orders }: ImportReport): void {
  for (const { line, order, reason } of errors.slice(0, ERRORS_SHOWN)) {
    io.warn(`Line ${line}${order === null ? '' : `, order ${order}`}: ${reason}`);
  }
  const more = Math.max(orders.rejected, errors.length) - ERRORS_SHOWN;
  if (more > 0)
    io.warn(
      `… and ${more} more. --json shows them all; --rejected FILE writes their rows to a file to mend.`,
    );
}
