import { currencyExponent, formatDecimal } from '../../ground/platform/money.ts';

/** Minor units for people: `80160.00 USD`; without a currency the bare number. */
export function moneyText(minor: bigint, currency: string | null): string {
  if (currency === null) return `${minor}`;
  return `${formatDecimal(minor, currencyExponent(currency) ?? 2)} ${currency}`;
}

/** A moment for people, in UTC: `2026-03-01 10:00:05`. */
export function timeText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

/** Columns of text, aligned. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => (cells[column] ?? '').length)),
  );
  return rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
