/** Exact arithmetic on plain decimals as text (`12`, `12.5`); '' when either is none. */

/** unit × quantity, rounded half up to `exponent` decimals. */
export function multiply(by: { unit: string; quantity: string; exponent: number }): string {
  const unit = scaled(by.unit);
  const quantity = scaled(by.quantity);
  if (unit === null || quantity === null) return '';
  const surplus = unit.decimals + quantity.decimals - by.exponent;
  const product = unit.digits * quantity.digits;
  if (surplus <= 0) return placePoint(product * 10n ** BigInt(-surplus), by.exponent);
  const step = 10n ** BigInt(surplus);
  return placePoint((product * 2n + step) / (2n * step), by.exponent);
}

/** Rounded half up to `exponent` decimals; text that is no plain decimal comes back as it was. */
export function round(amount: string, exponent: number): string {
  return multiply({ unit: amount, quantity: '1', exponent }) || amount;
}

/** a + b */
export function add(a: string, b: string): string {
  const left = scaled(a);
  const right = scaled(b);
  if (left === null || right === null) return '';
  const decimals = Math.max(left.decimals, right.decimals);
  return placePoint(raise(left, decimals) + raise(right, decimals), decimals);
}

/** a − b; also '' when b is more. */
export function subtract(a: string, b: string): string {
  const left = scaled(a);
  const right = scaled(b);
  if (left === null || right === null) return '';
  const decimals = Math.max(left.decimals, right.decimals);
  const difference = raise(left, decimals) - raise(right, decimals);
  return difference < 0n ? '' : placePoint(difference, decimals);
}

function raise(value: { digits: bigint; decimals: number }, decimals: number): bigint {
  return value.digits * 10n ** BigInt(decimals - value.decimals);
}

const plain = /^\d{1,30}(?:\.\d{1,30})?$/;

function scaled(text: string): { digits: bigint; decimals: number } | null {
  if (!plain.test(text)) return null;
  const [whole = '', fraction = ''] = text.split('.');
  return { digits: BigInt(whole + fraction), decimals: fraction.length };
}

function placePoint(digits: bigint, decimals: number): string {
  const text = digits.toString().padStart(decimals + 1, '0');
  return decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
}
