import {
  columnMeanings,
  type ExportedKind,
  exportedKinds,
  type FeedbackColumn,
  feedbackColumns,
} from '../../reach/exports/feedback/columns.ts';
import { bytesOf, counting, downloadFormats } from '../../reach/exports/feedback/download.ts';
import { exportFeedback as openTable } from '../../reach/exports/feedback/export-feedback.ts';
import { type Call, type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';
import { dayOf, exportOptions, formatOf, send } from './export.ts';
import { openProgress } from './progress.ts';

const nameWidth = Math.max(...feedbackColumns.map((name) => name.length));

export const exportFeedback: Command = {
  arguments: [],
  options: {
    ...exportOptions,
    format: { summary: 'csv, json, ndjson or xlsx', value: 'FORMAT' },
    kind: { summary: `One of ${exportedKinds.join(', ')}`, value: 'KIND', isMultiple: true },
    column: { summary: 'One of those above; give several', value: 'COLUMN', isMultiple: true },
    pseudonymised: { summary: 'Leave out personal data; each person gets a pseudonym' },
  },
  about: [
    'Everything customers told you, by time: feedback, messages, answers to surveys, testimonials. --since and --until are days',
    'on which it was told. What was exported whole can be imported by import feedback. Columns:',
    ...columnMeanings.map(([name, meaning]) => `  ${name.padEnd(nameWidth)}  ${meaning}`),
  ].join('\n'),
  examples: [
    'export feedback > feedback.csv',
    'export feedback --kind complaint --since 2026-01-01 --format xlsx -o complaints.xlsx',
    'export feedback --column told_at --column kind --column text --pseudonymised',
  ],
  run: async (call) => {
    const format = formatOf(call, downloadFormats);
    if (format === 'xlsx' && call.text('output') === null)
      throw new UsageError('--format xlsx needs a file: -o FILE.');
    const asked = {
      days: { since: dayOf(call, 'since'), until: dayOf(call, 'until') },
      kinds: kindsOf(call),
      columns: columnsOf(call),
      isPseudonymised: call.isOn('pseudonymised'),
    };
    await withContext(call.defaults, async (ctx) => {
      const table = await openTable(ctx, asked);
      const progress = openProgress(call.io, 'rows');
      const counted = counting(table, (rows) => progress.show('Exporting', rows, table.total));
      await send(call, bytesOf(counted, format)).finally(progress.end);
    });
    return 0;
  },
};

function kindsOf(call: Call): readonly ExportedKind[] | undefined {
  return chosen(call.list('kind'), exportedKinds, '--kind');
}

function columnsOf(call: Call): readonly FeedbackColumn[] | undefined {
  return chosen(call.list('column'), feedbackColumns, '--column');
}

/** What was asked for; undefined for all. */
function chosen<Name extends string>(
  asked: readonly string[],
  names: readonly Name[],
  option: string,
): readonly Name[] | undefined {
  if (asked.length === 0) return undefined;
  return asked.map((text) => {
    const name = names.find((known) => known === text);
    if (name === undefined) throw new UsageError(`${option} has to be one of ${names.join(', ')}.`);
    return name;
  });
}
