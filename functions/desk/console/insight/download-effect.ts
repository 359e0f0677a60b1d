import type { Context } from '../../../ground/platform/context.ts';
import { type EffectSide, getEffect } from '../../../insight/changes/get-effects.ts';
import type { Rate } from '../../../insight/changes/rate.ts';
import type { Opinion } from '../../../insight/opinions/opinion.ts';
import { downloadTable } from './download-table.ts';

/**
 * What came before and after a published change, a figure in each row with how many cases or people it rests on; names nobody.
 * @throws {AppError} as `getEffect`
 */
export async function downloadEffect(
  ctx: Context,
  { id }: { id: string },
): Promise<ReadableStream<Uint8Array>> {
  const { cases, scores } = await getEffect(ctx, { id });
  return downloadTable(ctx, {
    name: 'change',
    columns: ['figure', 'when', 'count', 'value', 'from', 'to'],
    rows: [
      ...(cases === null ? [] : [...sideRows('before', cases.before), ...sideRows('after', cases.after)]),
      ...(cases?.ratio ? [['cases_per_order', 'after_to_before', null, ...rateOf(cases.ratio)]] : []),
      ...scores.flatMap(({ kind, before, after, change }) => [
        [kind, 'before', ...opinionOf(before)],
        [kind, 'after', ...opinionOf(after)],
        [kind, 'change', ...opinionOf(change)],
      ]),
    ],
  });
}

const sideRows = (when: string, { cases, orders, weeks, ...side }: EffectSide) => [
  ['weeks', when, null, weeks, null, null],
  ['orders', when, null, orders, null, null],
  ['cases_per_week', when, cases, ...rateOf(side.perWeek)],
  ['cases_per_thousand_orders', when, cases, ...rateOf(side.perThousandOrders)],
];

/** Without a case before there is no bound: such a figure is left empty. */
const rounded = (value: number) => (Number.isFinite(value) ? Math.round(value * 1000) / 1000 : null);

const rateOf = (rate: Rate | null) =>
  rate === null ? [null, null, null] : [rounded(rate.value), rounded(rate.from), rounded(rate.to)];

function opinionOf(told: Pick<Opinion, 'n' | 'mean' | 'interval'> | null) {
  if (told === null) return [null, null, null, null];
  const { n, mean, interval } = told;
  return [
    n,
    rounded(mean),
    ...(interval === null ? [null, null] : [rounded(interval.from), rounded(interval.to)]),
  ];
}
