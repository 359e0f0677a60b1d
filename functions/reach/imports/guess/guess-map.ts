import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { formSentences } from '../file-words.ts';
import type { SourceFile } from '../source-file.ts';
import { findTill } from '../tills.ts';
import { chooseColumns } from './choose-columns.ts';
import { type Finding, type Guess, type GuessEvidence, type GuessedMap, quote } from './finding.ts';
import { guessAmounts, guessCurrency } from './guess-amounts.ts';
import { guessCustomer, guessStatuses } from './guess-people.ts';
import { guessRefunds } from './guess-refunds.ts';
import { guessTimes } from './guess-times.ts';
import { readOrderFacts } from './order-facts.ts';
import { type FileFacts, readFacts } from './read-facts.ts';

/**
 * Guesses from all rows of a file how it is to be read. Nothing is written.
 * @throws {AppError} when the file cannot be read
 */
export async function guessMap(
  ctx: Context,
  { file: source, currency }: { file: SourceFile; currency: string | null },
): Promise<Guess> {
  allow(ctx.actor, 'orders:write');
  return guessFrom(ctx, { file: source, facts: await readFacts(source), currency });
}

/** The same where all rows were looked at before. */
export async function guessFrom(
  ctx: Context,
  { file: source, facts: file, currency }: { file: SourceFile; facts: FileFacts; currency: string | null },
): Promise<Guess> {
  const business = await getBusiness(ctx);
  const chosen = chooseColumns(file.columns);
  const orders = await readOrderFacts(source, file, chosen);
  const evidence: GuessEvidence = {
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

function guessFormat({ file, currency }: GuessEvidence): Finding {
  const known = findTill(file.headers, { defaultCurrency: currency });
  const isOwn = known?.name === 'csv';
  const because = formSentences(file.form);
  if (known !== null) because.unshift(`This is a ${known.title}; it is read without a map, and better so.`);
  return { because, keys: isOwn ? {} : { source: known?.name ?? 'till' } };
}

function guessOrder({ chosen, orders, factsOf }: GuessEvidence): Finding {
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

function guessGoods({ factsOf }: GuessEvidence): Finding {
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

function guessRest({ file, chosen }: GuessEvidence): Finding {
  const used = new Set(Object.values(chosen));
  const rest = file.columns.filter(({ header, filled }, at) => !used.has(at) && header !== '' && filled > 0);
  if (rest.length === 0) return {};
  return { open: [`Nothing is read from ${rest.map(quote).join(', ')}.`] };
}
