import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { repository } from '../support/process.ts';
import { measureResults } from './answers.ts';
import { measureCommands } from './commands.ts';
import { measureDesk } from './desk.ts';
import { measureDistributed } from './distributed.ts';
import { measureEmbedded } from './embedded.ts';
import { measureExport } from './exports.ts';
import { measureFacts } from './facts.ts';
import { measureForecasts } from './forecasts.ts';
import { measureImport } from './imports.ts';
import { measureInvoices } from './invoice-imports.ts';
import { measureLists } from './lists.ts';
import { measureOrderExport } from './order-exports.ts';
import { measureRehearsal } from './rehearsals.ts';
import { documentOf, tableOf } from './report.ts';
import { measureSegments } from './segments.ts';

/**
 * Ours beside bare handlers, in one run: `npm run bench`. `--large` says how many orders the larger database has,
 * `--no-build` measures what is built already, `--no-save` leaves docs/benchmarks.md as it is.
 */
const { values } = parseArgs({
  options: {
    large: { type: 'string', default: '1000000' },
    build: { type: 'boolean', default: true },
    save: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const sizes = { small: 10_000, large: Number(values.large) };
const folder = `${repository}.tmp/bench`;
mkdirSync(folder, { recursive: true });

if (values.build) for (const target of ['node', 'cloudflare']) build(target);
tell('imports');
const imported = await measureImport(folder);
const invoices = await measureInvoices(folder);
tell('rehearsals');
const rehearsed = await measureRehearsal(folder);
tell('forecasts');
const forecasts = await measureForecasts();
tell('exports');
const exported = await measureExport(sizes.large, folder);
tell('workerd and sqld');
const distributed = await measureDistributed().catch((error: unknown) => {
  tell(`not measured: ${error instanceof Error ? error.message : error}`);
  return null;
});
tell(`${sizes.small} orders`);
const facts = await measureFacts(folder);
const small = await measureEmbedded(sizes.small, folder);
tell(`${sizes.large} orders`);
const large = await measureEmbedded(sizes.large, folder);
tell('what staff look for, commands and results');
const both = async <Rows>(measure: (size: number, folder: string) => Promise<Rows>) => ({
  small: await measure(sizes.small, folder),
  large: await measure(sizes.large, folder),
});
const desk = await both(measureDesk);
const lists = await both(measureLists);
const segments = await both(measureSegments);
const orderExports = await both(measureOrderExport);
const commands = await both(measureCommands);
const results = await both(measureResults);

const table = tableOf({
  ...{ small, large, sizes, facts, imported, invoices, rehearsed, forecasts, exported, distributed },
  ...{ desk, lists, segments, orderExports, commands, results },
});
process.stdout.write(`\n${table}\n`);
const document = new URL('../../docs/benchmarks.md', import.meta.url);
if (values.save) writeFileSync(document, documentOf(document, table, new Date()));

function build(target: string): void {
  tell(`building for ${target}`);
  const { status } = spawnSync(process.execPath, ['scripts/build.ts', target], {
    cwd: repository,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(1);
}

function tell(what: string): void {
  process.stderr.write(`bench: ${what}\n`);
}
