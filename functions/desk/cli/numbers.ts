import { AppError } from '../../ground/platform/errors.ts';
import { currencyExponent, formatDecimal } from '../../ground/platform/money.ts';
import { workFacts } from '../../insight/facts/work-facts.ts';
import { getLevels, type LevelsView } from '../../insight/levels/get-levels.ts';
import { isMonth } from '../../insight/levels/months.ts';
import { countNumbers } from '../../insight/numbers/count-numbers.ts';
import { getNumbers, type NumbersView } from '../../insight/numbers/get-numbers.ts';
import type { Quartiles } from '../../insight/numbers/quartiles.ts';
import {
  toIntervalsAnswer,
  toRetentionAnswer,
  toRfmAnswer,
  toSeasonsAnswer,
  toSpendAnswer,
  toTypicalKindsAnswer,
} from '../../insight/numbers/schema.ts';
import { type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';
import { tableLines } from './text.ts';

type Cells = readonly (readonly (string | number)[])[];

const tables: ReadonlyMap<
  string,
  { answer: (view: NumbersView) => unknown; rows: (view: NumbersView) => Cells }
> = new Map([
  ['rfm', { answer: toRfmAnswer, rows: rfmRows }],
  ['retention', { answer: toRetentionAnswer, rows: retentionRows }],
  ['spend', { answer: toSpendAnswer, rows: spendRows }],
  ['intervals', { answer: toIntervalsAnswer, rows: intervalRows }],
  ['seasons', { answer: toSeasonsAnswer, rows: seasonRows }],
  ['typical', { answer: toTypicalKindsAnswer, rows: typicalRows }],
]);
const names = [...tables.keys()];

export const numbers: Command = {
  arguments: ['WHAT'],
  options: {},
  about:
    `Prints figures over all accounts, those of the console's page: ${names.join(', ')}.\n` +
    'They are counted each business day and every ten minutes after news; counted here where they never were.',
  examples: ['numbers rfm', 'numbers retention --json'],
  run: ({ io, argument, defaults }) => {
    const table = tables.get(argument(0));
    if (table === undefined) throw new UsageError(`WHAT is one of ${names.join(', ')}.`);
    return withContext(defaults, async (ctx) => {
      let view = await getNumbers(ctx);
      if (view === null) {
        await workFacts(ctx);
        await countNumbers(ctx);
        view = await getNumbers(ctx);
      }
      if (view === null) throw new AppError('currency_not_set', 'The business has no currency yet.');
      await io.answer(table.answer(view), linesOf(table.rows(view)));
      return 0;
    });
  },
};

export const levelsShown: Command = {
  arguments: [],
  options: { month: { summary: 'Another month than the present one', value: 'MONTH' } },
  about:
    'How many accounts have come how far at the end of a month, the shape that makes, and who moved in it.',
  examples: ['levels', 'levels --month 2026-02 --json'],
  run: ({ io, text, defaults }) => {
    const month = text('month');
    if (month !== null && !isMonth(month))
      throw new UsageError(`--month is a month such as 2026-02, not '${month}'.`);
    return withContext(defaults, async (ctx) => {
      const view = await getLevels(ctx, { month });
      const { until, counts, before, shape, ideal, moves, months, groups } = view;
      const answer = { month: view.month, until, counts, before, shape, ideal, moves, months, groups };
      await io.answer(answer, levelLines(view));
      return 0;
    });
  },
};

const linesOf = (rows: Cells) => tableLines(rows.map((cells) => cells.map(String)));

function levelLines({ until, counts, before, shape, ideal, moves, groups }: LevelsView): string[] {
  return [
    `Until ${until}: ${shape}, wanted is ${ideal}.`,
    ...linesOf([
      ['level', 'accounts', 'when the month began'],
      ['first', counts.first, before.first],
      ['repeat', counts.repeat, before.repeat],
      ['advocate', counts.advocate, before.advocate],
    ]),
    ...linesOf(moves.map(({ from, to, accounts }) => [`${from ?? 'new'} to ${to}`, accounts])),
    `Today: ${groups.enquirer} enquirers, ${groups.buyer} buyers, ${groups.premium} premium.`,
  ];
}

function sumOf({ currency }: NumbersView) {
  const exponent = currencyExponent(currency) ?? 2;
  return (minor: bigint) => `${formatDecimal(minor, exponent)} ${currency}`;
}

function rfmRows(view: NumbersView): Cells {
  const sum = sumOf(view);
  return [
    ['recency', 'frequency', 'accounts', 'spend'],
    ...view.rfm.cells.map(({ recency, frequency, accounts, spendMinor }) => [
      ...[recency, frequency, accounts],
      sum(spendMinor),
    ]),
  ];
}

function retentionRows({ cohorts }: NumbersView): Cells {
  return [
    ['month', 'accounts', 'bought in it and each month after'],
    ...cohorts.map(({ month, accounts, bought }) => [month, accounts, bought.join(' ')]),
  ];
}

function spendRows(view: NumbersView): Cells {
  const sum = sumOf(view);
  const { accounts: top, of, spendMinor, ofMinor } = view.topTenth;
  return [
    ['from', 'below', 'accounts'],
    ...view.spend.map(({ from, to, accounts }) => [sum(from), to === null ? '' : sum(to), accounts]),
    [`top ${top} of ${of}`, `${sum(spendMinor)} of ${sum(ofMinor)}`, ''],
  ];
}

function intervalRows({ intervals }: NumbersView): Cells {
  return [
    ['from days', 'below', 'accounts'],
    ...intervals.map(({ from, to, accounts }) => [
      Number(from) / 2,
      to === null ? '' : Number(to) / 2,
      accounts,
    ]),
  ];
}

function seasonRows(view: NumbersView): Cells {
  const sum = sumOf(view);
  return [
    ['month', 'orders', 'accounts', 'spend'],
    ...view.months.map(({ month, orders, accounts, spendMinor }) => [
      month,
      orders,
      accounts,
      sum(spendMinor),
    ]),
    ...view.weekdays.map(({ weekday, orders, spendMinor }) => [
      `weekday ${weekday}`,
      orders,
      '',
      sum(spendMinor),
    ]),
  ];
}

function typicalRows(view: NumbersView): Cells {
  const sum = sumOf(view);
  const median = <Told>(of: Quartiles | null, write: (value: bigint) => Told) =>
    of === null ? '' : write(of.median);
  return [
    ['kind', 'accounts', 'basket', 'days', 'year', 'interval'],
    ...Object.entries(view.typical).map(([kind, typical]) => [
      ...[kind, typical.accounts, median(typical.basketMinor, sum), median(typical.yearDays, Number)],
      ...[median(typical.yearSpendMinor, sum), median(typical.intervalHalfDays, (half) => Number(half) / 2)],
    ]),
  ];
}
