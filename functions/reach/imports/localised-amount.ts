import { hasDecimalComma, plainAmount } from './printed-amount.ts';

/**
 * Amounts of files that follow the seller's own country (`AU $3,000.00`, `EUR 90,00`, `1.234,50 €`) as a plain decimal:
 * the last separator with one or two digits behind it is the decimal one. `.00` is left off, so that currencies without
 * decimals can be read. Text that is no amount comes back as it was.
 */
export function localisedAmount(text: string): string {
  const amount = plainAmount(text, hasDecimalComma(text));
  return amount.replace(/^(-?\d+)\.0+$/, '$1');
}

/** The currency that stands before or behind such an amount; null where only a sign does that several currencies share. */
export function currencyOfAmount(text: string): string | null {
  const sign = text.replace(/[-−()\d.,\s'’]/g, '').toUpperCase();
  return signs.get(sign) ?? (/^[A-Z]{3}$/.test(sign) ? sign : null);
}

const signs = new Map([
  ['£', 'GBP'],
  ['€', 'EUR'],
  ['US$', 'USD'],
  ['AU$', 'AUD'],
  ['C$', 'CAD'],
  ['CA$', 'CAD'],
  ['NZ$', 'NZD'],
  ['HK$', 'HKD'],
  ['S$', 'SGD'],
]);
