import type { Context } from '../../ground/platform/context.ts';
import { listMargins } from '../../insight/margins/list-margins.ts';
import { type Margin, percentOf, readPercent } from '../../insight/margins/margins.ts';
import { toMarginAnswer } from '../../insight/margins/schema.ts';
import { setMargins } from '../../insight/margins/set-margins.ts';
import { fileAt } from '../../reach/imports/on-node/file-at.ts';
import { importMargins, type WrongMargin } from '../console/margins/import-margins.ts';
import { type Call, type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';
import { tableLines } from './text.ts';

export const marginsListed: Command = {
  arguments: [],
  options: {},
  about:
    'What is left of a hundred of net spend when the goods are paid for, by product and category; rest is all that nothing\n' +
    'else is told of.',
  examples: ['margins list', 'margins list --json'],
  run: ({ io, defaults }) =>
    withContext(defaults, async (ctx) => {
      const all = await listAll(ctx);
      await io.answer(
        all.map(toMarginAnswer),
        tableLines(all.map(({ kind, name, bps }) => [kind, name, `${percentOf(bps)} %`])),
      );
      if (all.length === 0) io.note('No margin is told yet.');
      return 0;
    }),
};

const AT_ONCE = 1_000;

async function listAll(ctx: Context): Promise<Margin[]> {
  const all: Margin[] = [];
  for (let after: string | null = null; ; ) {
    const { items, nextCursor } = await listMargins(ctx, { after, limit: AT_ONCE });
    all.push(...items);
    if (nextCursor === null) return all;
    after = nextCursor;
  }
}

export const marginSet: Command = {
  arguments: ['PERCENT'],
  options: {
    category: { summary: 'Of this category, as lines of orders name it', value: 'NAME' },
    product: { summary: 'Of the product of this SKU, or of this name', value: 'NAME' },
  },
  about:
    'Tells what is left of a hundred of net spend, from -100 to 100, such as 27.5; off where it is told no longer. Without\n' +
    'an option it is of all that nothing else is told of.',
  examples: ['margins set 35', 'margins set 40 --category Tea', 'margins set off --product TEA-SENCHA-100'],
  run: (call) => {
    const item = readItem(call);
    return withContext(call.defaults, async (ctx) => {
      const done = await setMargins(ctx, { items: [item] });
      await call.io.answer(done, [done.unchanged > 0 ? 'That was told before.' : 'It is told from now on.']);
      return 0;
    });
  },
};

function readItem(call: Call) {
  const [category, product, told] = [call.text('category'), call.text('product'), call.argument(0)];
  if (category !== null && product !== null) throw new UsageError('Give --category or --product, not both.');
  if (told !== 'off' && readPercent(told) === null)
    throw new UsageError(`PERCENT is from -100 to 100 such as 27.5, or off, not '${told}'.`);
  const percent = told === 'off' ? null : told;
  if (product !== null) return { kind: 'product' as const, name: product, percent };
  if (category !== null) return { kind: 'category' as const, name: category, percent };
  return { kind: 'rest' as const, name: '', percent };
}

export const marginsImported: Command = {
  arguments: ['FILE'],
  options: { 'dry-run': { summary: 'Report what would happen, write nothing' } },
  about:
    'A CSV with kind (product, category or rest), name and percent, as export margins writes it; an empty per cent takes one\n' +
    'away, and those that the file does not name stay. Rows that are wrong are told and left out.',
  examples: ['margins import margins.csv', 'margins import margins.csv --dry-run'],
  run: (call) =>
    withContext(call.defaults, async (ctx) => {
      const file = fileAt(call.argument(0));
      const report = await importMargins(ctx, { file, isDryRun: call.isOn('dry-run') });
      const { set, removed, unchanged, errors, rejected } = report;
      await call.io.answer(report, [
        `${set} told, ${removed} taken away, ${unchanged} as before, ${rejected} left out`,
      ]);
      if (!call.io.isJson)
        for (const { line, code } of errors) call.io.warn(`Line ${line}: ${reasons[code]}`);
      if (!call.io.isJson && rejected > errors.length)
        call.io.warn(`And ${rejected - errors.length} more lines.`);
      return 0;
    }),
};

const reasons: Record<WrongMargin, string> = {
  damaged: 'has bytes that are no text; save the file as "CSV UTF-8"',
  quotes: 'has quotes that do not close',
  cells: 'has not as many cells as the head',
  kind: 'its kind is none of product, category, rest',
  name: 'its name is missing, too long, or not empty where it is of the rest',
  percent: 'its per cent is not from -100 to 100, such as 27.5',
  twice: 'is told before in this file',
};
