import { isDay } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { normalEmail } from '../../ground/platform/email.ts';
import { catchUpFacts } from '../../insight/facts/catch-up.ts';
import { type ForecastAnswer, toForecastAnswer } from '../../insight/forecasts/answer.ts';
import { type BusinessEvaluation, evaluateBusiness } from '../../insight/forecasts/evaluate-business.ts';
import { getForecast } from '../../insight/forecasts/get-forecast.ts';
import { makeForecasts } from '../../insight/forecasts/make-forecasts.ts';
import type { ForecastRecord } from '../../insight/forecasts/record/record.ts';
import { findCustomers } from '../../people/customers/find-customers.ts';
import { fileAt } from '../../reach/imports/on-node/file-at.ts';
import { readRows } from '../../reach/imports/read-rows.ts';
import { type Call, CliError, type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';
import { moneyText, tableLines } from './text.ts';

export const evaluateForecasts: Command = {
  arguments: [],
  options: {
    'calibration-until': { summary: 'The last day that is known to the models', value: 'DAY' },
    'holdout-until': { summary: 'The last day that they are compared with; today if left out', value: 'DAY' },
    customers: { summary: 'A CSV with the column customer_email: only these are looked at', value: 'FILE' },
    method: { summary: 'map, with what is usual, or mle, without; map if left out', value: 'METHOD' },
  },
  about:
    'Fits each model to what was known on one day and compares it with the purchase days until another, in weeks.\n' +
    'Without days the second half of the history is compared, a year at the most. Nothing is kept.',
  examples: [
    'forecasts evaluate',
    'forecasts evaluate --calibration-until 2025-06-30 --holdout-until 2025-12-31 --json',
  ],
  run: async (call) => {
    const question = {
      calibrationUntil: dayOf(call, 'calibration-until'),
      holdoutUntil: dayOf(call, 'holdout-until'),
      method: methodOf(call),
    };
    const file = call.text('customers');
    const emails = file === null ? null : await readEmails(file);
    return withContext(call.defaults, async (ctx) => {
      await catchUpFacts(ctx);
      const evaluation = await evaluateBusiness(ctx, { ...question, emails });
      await call.io.answer(toJson(evaluation), evaluationLines(evaluation));
      return 0;
    });
  },
};

export const fitForecasts: Command = {
  arguments: [],
  options: {},
  about:
    'Fits the models and says anew of every account what is to be expected. A server does so by itself, once a day.\n' +
    'Interrupted, its jobs go on with it.',
  examples: ['forecasts fit'],
  run: async ({ io, defaults }) =>
    withContext(defaults, async (ctx) => {
      const begun = ctx.now();
      await catchUpFacts(ctx);
      const run = await makeForecasts(ctx);
      if (run === null) throw new CliError('A server has taken over these forecasts, and goes on with them.');
      const seconds = (ctx.now() - begun) / 1000;
      await io.answer({ day: run.day, accounts: run.accounts, seconds }, [
        run.accounts === 0
          ? 'Cannot tell yet: fewer than 30 accounts with an order, or fewer than 90 days of history.'
          : `Forecasts of ${run.day} for ${run.accounts} accounts, in ${seconds.toFixed(1)} s`,
      ]);
      return 0;
    }),
};

export const showForecast: Command = {
  arguments: ['EMAIL'],
  options: {},
  about:
    'Of each account that the customer belongs to: whether it still buys, on how many days it will and for how much, with\n' +
    'ranges that hold by 80 %. Or why that cannot be told yet.',
  examples: ['forecasts show ann@example.com', 'forecasts show ann@example.com --json'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        await catchUpFacts(ctx);
        const told = await forecastsOf(ctx, call.argument(0));
        const lines = told.accounts.flatMap(({ name, ...forecast }) => [
          ...(name === null ? [] : [name]),
          ...forecastLines(forecast),
        ]);
        await call.io.answer(told, lines);
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

async function forecastsOf(ctx: Context, typed: string) {
  const email = normalEmail(typed);
  const { items } = email === null ? { items: [] } : await findCustomers(ctx, { email });
  const [customer] = items;
  if (customer === undefined) throw new CliError(`There is no customer ${typed}.`);
  const accounts: (ForecastAnswer & { name: string | null })[] = [];
  for (const { id, name } of customer.accounts)
    accounts.push({ name, ...toForecastAnswer(await getForecast(ctx, { accountId: id })) });
  return { email, accounts };
}

function dayOf(call: Call, option: string): string | null {
  const day = call.text(option);
  if (day === null || isDay(day)) return day;
  throw new UsageError(`--${option} has to be a date such as 2026-03-01, not '${day}'.`);
}

function methodOf(call: Call): 'map' | 'mle' {
  const method = call.text('method') ?? 'map';
  if (method !== 'map' && method !== 'mle') throw new UsageError('--method has to be map or mle.');
  return method;
}

async function readEmails(path: string): Promise<string[]> {
  const emails: string[] = [];
  let column: number | null = null;
  for await (const rows of readRows(fileAt(path)))
    for (const { cells } of rows) {
      if (column !== null) {
        const email = normalEmail(cells[column] ?? '');
        if (email !== null) emails.push(email);
        continue;
      }
      column = cells.findIndex((name) => name.trim().toLowerCase() === 'customer_email');
      if (column < 0) throw new CliError(`${path} has no column customer_email.`);
    }
  return emails;
}

/** As DOMAIN.md §8 has it. */
function toJson(evaluation: BusinessEvaluation) {
  const { customers, horizonWeeks, models, baselines, served, covariates, ...days } = evaluation;
  return {
    ...{ customers, horizonWeeks, ...days },
    models: models.map((model) => ({ ...model, holdout: holdoutJson(model.holdout) })),
    baselines: baselines.map(({ name, holdout }) => ({ name, holdout: holdoutJson(holdout) })),
    covariates: covariates.map(({ name, classes, factors, ...held }) => ({
      ...{ name, classes, factors },
      without: holdoutJson(held.without),
      with: holdoutJson(held.with),
    })),
    served,
  };
}

const holdoutJson = ({ rmse, mae, total, actual, bias, logLoss, coverage80 }: ForecastRecord) => ({
  ...{ rmse, mae, total, actual, coverage80, logLoss },
  bias: Number.isFinite(bias) ? bias : null,
});

function evaluationLines({ models, baselines, covariates, ...told }: BusinessEvaluation): string[] {
  const row = (name: string, { rmse, mae, total, actual, coverage80 }: ForecastRecord, more: string) => [
    ...[name, rmse.toFixed(4), mae.toFixed(4), total.toFixed(1), actual.toFixed(1)],
    ...[coverage80 === null ? '' : coverage80.toFixed(3), more],
  ];
  return [
    `${told.customers} accounts known on ${told.calibrationUntil}, compared until ${told.holdoutUntil}: ${told.horizonWeeks.toFixed(1)} weeks`,
    ...tableLines([
      ['forecast', 'RMSE', 'MAE', 'total', 'actual', 'coverage80', 'parameters'],
      ...models.map(({ name, holdout, parameters }) =>
        row(
          name,
          holdout,
          Object.entries(parameters)
            .map(([parameter, value]) => `${parameter} ${value.toFixed(3)}`)
            .join(', '),
        ),
      ),
      ...baselines.map(({ name, holdout }) => row(name, holdout, '')),
    ]),
    `Served: ${told.served}`,
    ...covariates.map(
      ({ name, classes, factors, ...held }) =>
        `Tried beside: bg-nbd by ${name.replace('-', ' ')}, ${factors.map((factor, at) => `${classes[at]} ${factor.toFixed(2)}`).join(' · ')} times as often; ` +
        `log loss ${logLossText(held.without)} without, ${logLossText(held.with)} with it; RMSE ${held.without.rmse.toFixed(4)}, ${held.with.rmse.toFixed(4)}`,
    ),
  ];
}

const logLossText = ({ logLoss }: ForecastRecord) => (logLoss ?? 0).toFixed(4);

function forecastLines({ cannotTell, known, alive, ahead, next, model }: ForecastAnswer): string[] {
  const facts =
    known === null
      ? []
      : [
          `${known.purchaseDays} purchase days from ${known.firstOn} to ${known.lastOn}, ${known.daysSinceLast} days ago`,
        ];
  if (cannotTell !== null || alive === null)
    return [...facts, `Cannot tell yet: ${reasons[cannotTell ?? 'not_made_yet']}`];
  const money = ({ amount, currency }: { amount: number; currency: string }) =>
    moneyText(BigInt(amount), currency);
  return [
    ...facts,
    `Still buys: ${(alive.chance * 100).toFixed(0)} % (${model})`,
    ...ahead.map(({ days, orders, spend }) =>
      orders === null
        ? `Next ${days} days: cannot tell yet, the range is too wide`
        : `Next ${days} days: ${orders.expected.toFixed(1)} purchase days (${orders.low} to ${orders.high})` +
          (spend === null ? '' : `, ${money(spend.expected)} (${money(spend.low)} to ${money(spend.high)})`),
    ),
    ...(next === null
      ? []
      : [
          `Next purchase day: ${next.from} to ${next.until}, if there is one within 365 days (${(next.chance * 100).toFixed(0)} %)`,
        ]),
  ];
}

const reasons: Record<NonNullable<ForecastAnswer['cannotTell']>, string> = {
  no_orders: 'nothing was bought yet.',
  not_made_yet: 'no forecasts were made yet. Run: npm run -s regulars -- forecasts fit',
  few_accounts: 'fewer than 30 accounts have an order.',
  short_history: 'there are fewer than 90 days of history.',
};
