import { dayFromNumber, dayNumber } from '../../../functions/ground/platform/calendar.ts';
import { mulberry32 } from '../../../functions/ground/platform/mulberry.ts';
import { workFacts } from '../../../functions/insight/facts/work-facts.ts';
import { workOnForecasts } from '../../../functions/insight/forecasts/runs/work-on-forecasts.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { aFile } from '../../reach/imports/import-file.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

/** The day on which shops of tests begin: their clock says noon of it. */
export const today = '2026-03-01';

/**
 * A shop that so many accounts found over the last 400 days, buying at rates of their own until they stop.
 * The first is a company. All orders are of 20.00, those of the company of 90.00.
 */
export async function openYoungShop(accounts: number): Promise<Shop> {
  const shop = await openShop(moneyBack);
  await importOrders(shop.ctx, { path: aFile(ordersOf(accounts)) });
  await workFacts(shop.ctx);
  return shop;
}

function ordersOf(accounts: number): string {
  const next = mulberry32(7);
  const uniform = () => (next() + 0.5) / 2 ** 32;
  const begin = dayNumber(today) - 400;
  const lines: string[] = [];
  for (let account = 0; account < accounts; account += 1) {
    const meanDays = 25 / (0.2 + -Math.log(uniform()));
    let day = begin + Math.floor(uniform() * 380);
    for (let count = 0; day <= dayNumber(today); count += 1) {
      const email = `c${account}@example.com`;
      const rest = account === 0 ? 'EUR,90.00,ACME' : 'EUR,20.00,';
      lines.push(`${account}-${count},${dayFromNumber(day)},${email},${rest}`);
      if (account > 0 && uniform() < 0.1) break;
      day += Math.ceil(-Math.log(uniform()) * meanDays);
    }
  }
  return ['order_number,placed_at,customer_email,currency,line_total,account', ...lines].join('\n');
}

/** Takes turns until there is nothing left to do. */
export async function makeForecasts(shop: Shop, steps?: number): Promise<number> {
  let turns = 0;
  for (; turns < 200; turns += 1) {
    const before = await newestRun(shop);
    if (before?.finishedAt != null && before.day === dayOfClock(shop)) break;
    await workOnForecasts({ ...shop.ctx, ...(steps === undefined ? {} : { steps: { left: steps } }) });
  }
  return turns;
}

const dayOfClock = ({ clock }: Shop) => new Date(clock.now()).toISOString().slice(0, 10);

/** The newest run there is, as it stands. */
export async function newestRun({ ctx }: Shop) {
  const [row] = await ctx.db.read({
    sql: 'SELECT day, stage, accounts, finished_at FROM forecast_runs ORDER BY day DESC LIMIT 1',
    args: [],
  });
  if (row === undefined) return null;
  const [day, stage, accounts, finishedAt] = row;
  return { day, stage, accounts: Number(accounts), finishedAt };
}
