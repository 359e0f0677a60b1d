import { currencyExponent } from '../../../ground/platform/money.ts';
import type { ColumnFacts } from './column-facts.ts';
import { type Finding, type GuessEvidence, type GuessedMap, quote } from './finding.ts';
import { plainHeader, taxInsideWords } from './header-words.ts';

/** A column of currencies, a sign beside the amounts, or the currency of the business. */
export function guessCurrency({ factsOf, currency }: GuessEvidence): Finding {
  const facts = factsOf('currency');
  if (facts !== null)
    return { columns: { currency: facts.header }, because: [`${quote(facts)} is the currency.`] };
  const found = signOf(factsOf('line_total') ?? factsOf('unit_price')) ?? currency;
  if (found === null)
    return {
      open: ['The file does not tell its currency. Add "defaults": {"currency": "EUR"}, with yours.'],
    };
  return {
    keys: { defaults: { currency: found } },
    because: [
      found === currency
        ? `No column tells the currency; ${found} is that of the business.`
        : `The amounts are in ${found}, as the sign beside them says.`,
    ],
  };
}

function signOf(facts: ColumnFacts | null): string | null {
  const [only, ...others] = facts?.signs.keys() ?? [];
  return only === undefined || others.length > 0 ? null : only;
}

/** What the rows cost, and how the file writes amounts. */
export function guessAmounts(evidence: GuessEvidence): Finding {
  const { factsOf, orders } = evidence;
  const total = factsOf('line_total');
  const price = factsOf('unit_price');
  const paid = total ?? price;
  if (paid === null)
    return {
      open: [
        'No column looks like an amount. Name the total of the row as line_total, or what one costs as unit_price.',
      ],
    };
  const quantity = factsOf('quantity');
  const shipping = factsOf('shipping');
  const discount = discountOf(factsOf('line_discount'));
  const columns: GuessedMap['columns'] = {
    ...(total === null ? { unit_price: paid.header } : { line_total: total.header }),
    ...(quantity === null ? {} : { quantity: quantity.header }),
    ...(discount === null || total === null ? {} : { line_discount: discount.header }),
    ...(shipping === null || orders.several.has('shipping') ? {} : { shipping: shipping.header }),
  };
  const tax = guessTax(evidence);
  return {
    columns: { ...columns, ...tax.columns },
    keys: {
      ...writing([paid, shipping, quantity]),
      ...rounding(evidence, [paid, discount, shipping]),
      ...tax.keys,
    },
    because: [
      total === null
        ? `${quote(paid)} is what one costs; the row costs that times the quantity.`
        : `${quote(paid)} is what the row costs.`,
      ...(quantity === null
        ? ['No column tells a quantity, so each row is one piece.']
        : [`${quote(quantity)} is the quantity.`]),
      ...(columns.line_discount === undefined
        ? []
        : [`${quote(discount ?? paid)} is a discount on the row, not yet taken off its total.`]),
      ...(shipping === null ? [] : [shippingSentence(shipping, columns)]),
      ...writingSentence([paid, shipping, quantity]),
      ...(tax.because ?? []),
      ...roundingSentence(evidence, [paid, discount, shipping]),
    ],
    open: ratedDiscount(factsOf('line_discount')),
  };
}

const shippingSentence = (shipping: ColumnFacts, columns: GuessedMap['columns']) =>
  columns.shipping === undefined
    ? `${quote(shipping)} differs within orders, so it is not read.`
    : `${quote(shipping)} is what shipping cost.`;

/** Nothing above 1, and decimals: a rate and no amount. */
function isRate({ largest, decimalsMax, values }: ColumnFacts): boolean {
  const isAboveOne = (value: string) => Number(value.replace(',', '.')) > 1;
  return largest <= 1 && decimalsMax > 0 && ![...values].some(isAboveOne);
}

function discountOf(facts: ColumnFacts | null): ColumnFacts | null {
  return facts === null || isRate(facts) ? null : facts;
}

function ratedDiscount(facts: ColumnFacts | null): string[] {
  if (facts === null || !isRate(facts)) return [];
  return [
    `${quote(facts)} looks like a rate and no amount, so it is not read: the totals count as they are.`,
  ];
}

function isWithComma(columns: readonly (ColumnFacts | null)[]): boolean {
  const sum = (pick: (facts: ColumnFacts) => number) =>
    columns.reduce((total, facts) => total + (facts === null ? 0 : pick(facts)), 0);
  return sum(({ commaDecimals }) => commaDecimals) > sum(({ pointDecimals }) => pointDecimals);
}

function writing(columns: readonly (ColumnFacts | null)[]): Record<string, unknown> {
  return isWithComma(columns) ? { decimalComma: true } : {};
}

function writingSentence(columns: readonly (ColumnFacts | null)[]): string[] {
  return isWithComma(columns) ? ['Amounts are written with a decimal comma.'] : [];
}

function hasSurplus({ currency }: GuessEvidence, columns: readonly (ColumnFacts | null)[]): boolean {
  const exponent = currencyExponent(currency ?? 'EUR') ?? 2;
  return columns.some((facts) => facts !== null && facts.decimalsMax > exponent);
}

function rounding(
  evidence: GuessEvidence,
  columns: readonly (ColumnFacts | null)[],
): Record<string, unknown> {
  return hasSurplus(evidence, columns) ? { round: 'half-up' } : {};
}

function roundingSentence(evidence: GuessEvidence, columns: readonly (ColumnFacts | null)[]): string[] {
  if (!hasSurplus(evidence, columns)) return [];
  return [
    'Some amounts have more decimals than the currency; they are rounded half up. "half-even" and "down" can be had, too.',
  ];
}

/** Tax that differs within orders is of the rows. */
function guessTax({ factsOf, orders }: GuessEvidence): Finding {
  const tax = factsOf('tax');
  if (tax === null) return {};
  const isInside = taxInsideWords.has(plainHeader(tax.header));
  const column = orders.several.has('tax') ? 'line_tax' : 'tax';
  return {
    columns: { [column]: tax.header },
    keys: isInside ? { taxInside: true } : {},
    because: [
      isInside
        ? `${quote(tax)} is tax inside the prices; take "taxInside" out if it comes on top.`
        : `${quote(tax)} is tax on top of the prices; add "taxInside": true if it is inside.`,
    ],
  };
}
