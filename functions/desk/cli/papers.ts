import { currencyExponent, formatDecimal } from '../../ground/platform/money.ts';
import { writePaper } from '../../reach/papers/download-paper.ts';
import { issueInvoice } from '../../reach/papers/issue-invoice.ts';
import { getPaper, listPapers } from '../../reach/papers/list-papers.ts';
import { paperFormats, toBriefAnswer, toPaperAnswer } from '../../reach/papers/schema.ts';
import type { PaperBrief } from '../../reach/papers/whole-paper.ts';
import { chunksOf } from '../archive/gzip.ts';
import { type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';
import { exportOptions, send } from './export.ts';
import { tableLines } from './text.ts';

export const paperIssued: Command = {
  arguments: ['SOURCE', 'NUMBER'],
  options: {},
  about:
    'Issues the invoice of an order, with the credit notes that are due by then, and prints its id and number. The invoice that\n' +
    'stands already is printed again.',
  examples: ['papers issue till A-1042', 'papers issue till A-1042 --json'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const paper = await issueInvoice(ctx, { source: call.argument(0), number: call.argument(1) });
        await call.io.answer(toPaperAnswer(paper), [`${paper.id} ${paper.number}`]);
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

export const papersListed: Command = {
  arguments: [],
  options: {
    search: { summary: 'What the number, or that of the order, begins with', value: 'TEXT' },
    cursor: { summary: '`nextCursor` of the page before', value: 'CURSOR' },
  },
  about: 'Invoices and credit notes, the newest first; 50 a page. export papers writes all of them.',
  examples: ['papers list', 'papers list --search INV-2026', 'papers list --json'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const { items, nextCursor } = await listPapers(ctx, {
          search: call.text('search'),
          cursor: call.text('cursor'),
        });
        await call.io.answer({ items: items.map(toBriefAnswer), nextCursor }, tableLines(items.map(rowOf)));
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

const rowOf = ({ id, number, issuedOn, order, total, corrects }: PaperBrief) => [
  ...[id, number, issuedOn, `${order.source} ${order.number}`],
  `${formatDecimal(total.minor, currencyExponent(total.currency) ?? 0)} ${total.currency}`,
  corrects === null ? '' : `corrects ${corrects.number}`,
];

export const paperExported: Command = {
  arguments: ['ID'],
  options: {
    format: { summary: paperFormats.join(' or '), value: 'FORMAT' },
    output: exportOptions.output,
  },
  about: 'Writes one invoice or credit note as it was issued, in its own language.',
  examples: ['papers export 0198f3c2a4b87c1e9d5f6a7b8c9d0e1f -o invoice.csv'],
  run: async (call) => {
    const asked = call.text('format') ?? 'csv';
    const format = paperFormats.find((known) => known === asked);
    if (format === undefined) throw new UsageError(`--format has to be one of ${paperFormats.join(', ')}.`);
    return withContext(
      call.defaults,
      async (ctx) => {
        const paper = await getPaper(ctx, { id: call.argument(0) });
        await send(call, chunksOf((await writePaper(paper, format)).body));
        return 0;
      },
      { house: await call.loadHouse() },
    );
  },
};
