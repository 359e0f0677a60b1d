import { getBusiness } from '../../business/business.ts';
import { allow } from '../../platform/allow.ts';
import type { Context } from '../../platform/context.ts';
import { formSentences } from '../file-words.ts';
import { findTill } from '../tills.ts';
import { chooseColumns } from './choose-columns.ts';
import { type Evidence, type Finding, type Guess, type GuessedMap, quote } from './finding.ts';
import { guessAmounts, guessCurrency } from './guess-amounts.ts';
import { guessCustomer, guessStatuses } from './guess-people.ts';
import { guessRefunds } from './guess-refunds.ts';
import { guessTimes } from './guess-times.ts';
import { readOrderFacts } from './order-facts.ts';
import { readFacts } from './read-facts.ts';

/**
 * Guesses from all rows of a file how it is to be read. Nothing is written.
 * @throws {AppError} when the file cannot be read
 */
export async function guessMap(
  ctx: Context,
  { path, currency }: { path: string; currency: string | null },
): Promise<Guess> {
  allow(ctx.actor, 'orders:write');
  const business = await getBusiness(ctx);
  const file = await readFacts(path);
  const chosen = chooseColumns(file.columns);
  const orders = await readOrderFacts(path, file, chosen);
  const evidence: Evidence = {
    ...{ file, chosen, orders, timeZone: business.timeZone },
    currency: currency ?? business.currency,
    factsOf: (column) => file.columns[chosen[column] ?? -1] ?? null,
  };
  return toGuess(
    [
      guessFormat,
      guessOrder,
      guessTimes,
      guessCustomer,
      guessCurrency,
      guessAmounts,
      guessGoods,
      guessStatuses,
      guessRefunds,
      guessRest,
    ].map((find) => find(evidence)),
  );
}

function toGuess(findings: readonly Finding[]): Guess {
  const columns = Object.assign({}, ...findings.map((found) => found.columns ?? {}));
  const keys = Object.assign({}, ...findings.map((found) => found.keys ?? {}));
  return {
    map: { ...keys, columns },
    because: findings.flatMap(({ because }) => because ?? []),
    open: findings.flatMap(({ open }) => open ?? []),
  };
}

function guessFormat({ file, currency }: Evidence): Finding {
  const known = findTill(file.headers, { defaultCurrency: currency });
  const isOwn = known?.name === 'csv';
  const because = formSentences(file.form);
  if (known !== null) because.unshift(`This is a ${known.title}; it is read without a map, and better so.`);
  return { because, keys: isOwn ? {} : { source: known?.name ?? 'till' } };
}

function guessOrder({ chosen, orders, factsOf }: Evidence): Finding {
  const facts = factsOf('order_number');
  if (facts === null)
    return { open: ['No column looks like the number of the order. Name it as order_number.'] };
  const isContinued = chosen.placed_at !== undefined && orders.continued > 0;
  return {
    columns: { order_number: facts.header },
    because: [
      `${quote(facts)} is the number of the order.`,
      ...(isContinued
        ? ['Further rows of an order leave its time out, so they take it from the first.']
        : []),
    ],
    keys: isContinued ? { orderOnFirstRow: true } : {},
  };
}

const goods = {
  sku: 'is what the goods are called in your stock',
  product: 'is the name of the goods',
  category: 'is their category',
  tracking_number: 'is the number of the parcel',
} as const;

function guessGoods({ factsOf }: Evidence): Finding {
  const found: Finding & { columns: GuessedMap['columns']; because: string[] } = { columns: {}, because: [] };
  let column: keyof typeof goods;
  for (column in goods) {
    const facts = factsOf(column);
    if (facts === null) continue;
    found.columns[column] = facts.header;
    found.because.push(`${quote(facts)} ${goods[column]}.`);
  }
  return found;
}

function guessRest({ file, chosen }: Evidence): Finding {
  const used = new Set(Object.values(chosen));
  const rest = file.columns.filter(({ header, filled }, at) => !used.has(at) && header !== '' && filled > 0);
  if (rest.length === 0) return {};
  return { open: [`Nothing is read from ${rest.map(quote).join(', ')}.`] };
}
