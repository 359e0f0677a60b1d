import { currencyExponent, parseDecimal } from '../functions/ground/platform/money.ts';

/** What a field of an amount says, with a point or a comma; null for what is no amount. */
export function minorOf(typed: string, currency: string | null): bigint | null {
  const parsed = parseDecimal(typed.trim().replace(',', '.'), currencyExponent(currency ?? '') ?? 2);
  return parsed.ok ? parsed.minor : null;
}
