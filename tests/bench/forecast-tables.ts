import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fitTarget } from '../../functions/insight/forecasts/fits/fit.ts';
import {
  type FitMethod,
  type FittedModel,
  fitCounts,
} from '../../functions/insight/forecasts/fits/fit-counts.ts';
import { covariateNames } from '../../functions/insight/forecasts/known/first-purchase.ts';
import {
  countBetween,
  type PurchaseDays,
  summarise,
} from '../../functions/insight/forecasts/known/summary.ts';
import { countModels } from '../../functions/insight/forecasts/models/count-models.ts';
import { spendTarget } from '../../functions/insight/forecasts/models/gamma-gamma.ts';
import { baselinesOf } from '../../functions/insight/forecasts/record/baselines.ts';
import {
  type Outcomes,
  outcomesOf,
  plainOutcomes,
  recordOf,
} from '../../functions/insight/forecasts/record/record.ts';
import { type Forecast, forecast } from '../../functions/insight/forecasts/served/forecast.ts';
import {
  type Cdnow,
  calibrationUntil,
  holdoutUntil,
  horizonWeeks,
  readCdnow,
  spendingOf,
} from '../insight/forecasts/cdnow.ts';
import { firstsRow } from './forecast-firsts.ts';
import { subsetRows } from './forecast-subsets.ts';
import { trackingOf } from './forecast-tracking.ts';

/** The tables of docs/forecasts.md, printed and written: `node tests/bench/forecast-tables.ts`. `--no-save` only prints. */
const { values: options } = parseArgs({
  options: { save: { type: 'boolean', default: true }, subsets: { type: 'string', default: '100' } },
  allowNegative: true,
});
const question = { until: calibrationUntil, weeks: horizonWeeks };

const sample = readCdnow('sample');
const whole = readCdnow('whole');
const text = [
  '### Parameters by maximum likelihood, weeks 1 to 39 of the sample',
  parameterTable(sample),
  '### Weeks 40 to 78 of the sample: 2,357 customers',
  holdoutTable(sample.purchases),
  '### Weeks 40 to 78 of the whole file: 23,570 customers',
  holdoutTable(whole.purchases),
  '### What a first purchase tells',
  tableOf(
    'customers | by | times as often | log loss of what serves in the past, without and with | log loss, weeks 40 to 78 | RMSE',
    [
      { what: 'sample', shop: sample },
      { what: 'whole file', shop: whole },
    ].flatMap(({ what, shop }) => covariateNames.map((name) => firstsRow(what, shop, name))),
  ),
  `### ${options.subsets} random subsets of the sample`,
  tableOf(
    'customers | error of the total a customer, served | of each MLE | MAP fits that ran away | MLE fits that did | cannot tell yet | coverage of the rest | their total within its 80 %',
    [30, 100, 300].map((size) =>
      subsetRows(sample.purchases, question, { size, times: Number(options.subsets) }),
    ),
  ),
].join('\n\n');
process.stdout.write(`${text}\n`);
const MARK = '<!-- measured: written by `node tests/bench/forecast-tables.ts` -->';
const document = new URL('../../docs/forecasts.md', import.meta.url);
const [before = ''] = readFileSync(document, 'utf8').split(MARK);
if (options.save) writeFileSync(document, `${before}${MARK}\n\n${text}\n`);

function parameterTable(shop: Cdnow): string {
  const groups = summarise(shop.purchases, calibrationUntil);
  const rows = countModels.map((model) => fitCounts(model, groups, 'mle'));
  const spend = spendTarget(spendingOf(shop, calibrationUntil, 100), 'mle');
  const spendFit = fitTarget(spend);
  return tableOf('model | parameters | log-likelihood', [
    ...rows.map(({ model, values, logLikelihood }) => [
      model.name,
      named(model.parameters, values, 3),
      logLikelihood.toFixed(1),
    ]),
    ['gamma-gamma', named(spend.parameters, spendFit.values, 2), spendFit.logDensity.toFixed(1)],
  ]);
}

function holdoutTable(purchases: PurchaseDays): string {
  const groups = summarise(purchases, calibrationUntil);
  const came = countBetween(purchases, calibrationUntil, holdoutUntil);
  const all = forecast(purchases, question);
  const plain = baselinesOf(purchases, question).map(({ name, forecast: numbers }) =>
    row(name, plainOutcomes(groups, came, numbers)),
  );
  const fitted = (['mle', 'map'] as const satisfies FitMethod[]).flatMap((method) =>
    countModels.map((model) => {
      const fit = fitCounts(model, groups, method);
      return row(`${model.name}, ${method.toUpperCase()}`, outcomesBy(fit), trackingOf(purchases, fit));
    }),
  );
  function outcomesBy({ model, values }: FittedModel) {
    return outcomesOf(groups, [{ model, values, weight: 1 }], horizonWeeks, came);
  }
  const served = row(`**served: ${all.served}**`, outcomesOf(groups, all.outlook, horizonWeeks, came));
  const { expected, low, high } = all.total;
  return [
    tableOf(
      'forecast | MAE | RMSE | MSLE | log loss | total | bias | correlation | coverage80 | cumulative, week 78 | weeks 40 to 78, MAPE',
      [...plain, ...fitted, served],
    ),
    `The total is told as ${rounded(expected)}, by 80 % between ${rounded(low)} and ${rounded(high)}.`,
    'Asked within weeks 1 to 39, which is what the choice is made by:',
    pastTable(all),
  ].join('\n\n');
}

/** The days of the past that candidates were asked at, the longest horizon first. */
function pastTable({ candidates }: Forecast): string {
  return tableOf(
    'candidate | weights | RMSE | bias | log loss | coverage80',
    candidates.map(({ name, parts, past }) => [
      name,
      parts.length > 1
        ? parts.map(({ model, weight }) => `${model.name} ${weight.toFixed(2)}`).join(', ')
        : '',
      past.map(({ rmse }) => rmse.toFixed(4)).join(' · '),
      past.map(({ bias }) => percent(bias)).join(' · '),
      past.map(({ logLoss }) => (logLoss ?? 0).toFixed(4)).join(' · '),
      past.map(({ coverage80 }) => (coverage80 ?? 0).toFixed(3)).join(' · '),
    ]),
  );
}

function row(name: string, outcomes: Outcomes, tracking?: { atEnd: number; mape: number }): string[] {
  const { mae, rmse, logLoss, total, bias, coverage80 } = recordOf(outcomes);
  const correlation = correlationOf(outcomes);
  return [
    name,
    mae.toFixed(4),
    rmse.toFixed(4),
    msleOf(outcomes).toFixed(4),
    logLoss?.toFixed(4) ?? '',
    rounded(total),
    percent(bias),
    Number.isFinite(correlation) ? correlation.toFixed(3) : '',
    coverage80?.toFixed(3) ?? '',
    tracking === undefined ? '' : percent(tracking.atEnd),
    tracking === undefined ? '' : `${(tracking.mape * 100).toFixed(2)} %`,
  ];
}

function msleOf({ expected, actual }: Outcomes): number {
  const squares = expected.map((each, i) => (Math.log1p(each) - Math.log1p(actual[i] ?? 0)) ** 2);
  return meanOf(squares);
}

function correlationOf({ expected, actual }: Outcomes): number {
  const [a, b] = [meanOf(expected), meanOf(actual)];
  const product = meanOf(expected.map((each, i) => (each - a) * ((actual[i] ?? 0) - b)));
  const variance = (values: Float64Array, mean: number) => meanOf(values.map((each) => (each - mean) ** 2));
  return product / Math.sqrt(variance(expected, a) * variance(actual, b));
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}

function named(names: readonly string[], values: readonly number[], digits: number): string {
  return names.map((name, i) => `${name} ${values[i]?.toFixed(digits)}`).join(', ');
}

function percent(share: number): string {
  return `${share > 0 ? '+' : '−'}${Math.abs(share * 100).toFixed(1)} %`;
}

function rounded(value: number): string {
  return new Intl.NumberFormat('en', { maximumFractionDigits: 0 }).format(value);
}

function tableOf(head: string, rows: readonly string[][]): string {
  const columns = head.split(' | ').length;
  const lines = [head, Array(columns).fill('---').join(' | '), ...rows.map((cells) => cells.join(' | '))];
  return lines.map((line) => `| ${line} |`).join('\n');
}
