import type { House } from '../../ground/room.ts';
import { exportEverything as openArchive } from '../archive/export-everything.ts';
import { exportTable } from '../archive/export-table.ts';
import { chunksOf } from '../archive/gzip.ts';
import { type ArchiveFormat, archiveFormats } from '../archive/write-files.ts';
import { type Call, type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';
import { exportOptions, send } from './export.ts';

const options = {
  format: { summary: 'ndjson (which is what you get without it) or csv', value: 'FORMAT' },
  output: exportOptions.output,
} as const;

/** `export everything`, all tables of a house as one archive. */
export const exportEverything: Command = {
  arguments: [],
  options,
  about:
    'Writes all tables and the files that customers sent as one archive, a tar packed by gzip with a file for each table:\n' +
    'customers with all that they told, orders, the ledger, programme, club, surveys, settings, the team, the log. Sessions,\n' +
    'second factors and API keys are not in it. import everything brings it into an empty portal. It is the backup of a\n' +
    'database server. All of it is of the moment when it was asked for, whatever is recorded meanwhile.',
  examples: [
    'export everything -o everything.tar.gz',
    'export everything --format csv -o everything-csv.tar.gz',
  ],
  run: async (call) => {
    if (call.text('output') === null) throw new UsageError('An archive needs a file: -o FILE.');
    const format = formatOf(call);
    const house = await call.loadHouse();
    await withContext(
      call.defaults,
      async (ctx) => send(call, chunksOf(await openArchive(ctx, { format }))),
      {
        house,
      },
    );
    return 0;
  },
};

/** `export table NAME`, for the tables of a house. */
export function exportTableOf(house: House): Command {
  const names = house.tables.map(({ name }) => name).toSorted();
  return {
    arguments: ['NAME'],
    options,
    about: `Writes one table as it stands in an archive. NAME is one of:\n${columnsOf(names)}`,
    examples: ['export table consents', 'export table club_memberships --format csv -o members.csv'],
    run: async (call) => {
      const name = call.argument(0);
      if (!names.includes(name)) throw new UsageError(`There is no table '${name}'; --help lists them.`);
      const format = formatOf(call);
      await withContext(
        call.defaults,
        async (ctx) => send(call, chunksOf(await exportTable(ctx, { name, format }))),
        { house },
      );
      return 0;
    },
  };
}

function formatOf(call: Call): ArchiveFormat {
  const asked = call.text('format') ?? 'ndjson';
  const format = archiveFormats.find((known) => known === asked);
  if (format === undefined) throw new UsageError(`--format has to be one of ${archiveFormats.join(', ')}.`);
  return format;
}

const LINE_LENGTH = 110;

/** Names in lines. */
function columnsOf(names: readonly string[]): string {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last === undefined || last.length + name.length > LINE_LENGTH) lines.push(`  ${name}`);
    else lines[lines.length - 1] = `${last}, ${name}`;
  }
  return lines.join('\n');
}
