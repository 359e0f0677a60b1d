/**
 * Amounts as tills print them (`$1,234.50`, `-$3.00`, `(3.00)`, with `decimalComma` also `1.234,50 €`) as a plain decimal.
 * Text that is no amount comes back as it was, for the row's check to name it.
 */
export function plainAmount(text: string, decimalComma = false): string {
  if (plain.test(text)) return text;
  const match = printed.exec(text.trim());
  const digits = match?.[2]?.replace(/[\s'’]/g, '');
  if (match === null || digits === undefined) return text;
  const [separator, point] = decimalComma ? ['.', ','] : [',', '.'];
  const [whole = '', ...fractions] = digits.split(point);
  if (fractions.length > 1 || !isGrouped(whole, separator)) return text;
  const sign = /[-−(]/.test(`${match[1]}${match[3]}`) ? '-' : '';
  return `${sign}${whole.replaceAll(separator, '')}${fractions.length === 1 ? `.${fractions[0]}` : ''}`;
}

/** Whether an amount ends in a decimal comma, with at most a sign or a currency's name behind it. */
export function hasDecimalComma(text: string): boolean {
  return /,\d{1,2}\D{0,9}$/.test(text);
}

/** Whether a plain amount is below zero. */
export function isMinus(amount: string): boolean {
  return amount.charCodeAt(0) === 45 && /[1-9]/.test(amount);
}

/** Takes the sign off; tills print discounts and refunds as negative amounts. */
export function withoutSign(amount: string): string {
  return amount.startsWith('-') ? amount.slice(1) : amount;
}

/** '' for an amount of nothing, so that it contradicts no other row of the order. */
export function unlessZero(amount: string): string {
  return /^0*(?:\.0*)?$/.test(amount) ? '' : amount;
}

const plain = /^\d+(?:\.\d+)?$/;
const printed = /^([^\d]{0,6}?)(\d[\d.,\s'’]*?)([^\d]{0,6})$/;

function isGrouped(whole: string, separator: string): boolean {
  const groups = whole.split(separator);
  return groups.every((group, index) => /^\d+$/.test(group) && (index === 0 || group.length === 3));
}
