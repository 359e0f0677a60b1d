/** Exact arithmetic on plain decimals as text (`12`, `12.5`); '' when either is none. */

/** To the nearest, halves away from zero or to the even digit; or simply cut off. */
export const roundings = ['half-up', 'half-even', 'down'] as const;
export type Rounding = (typeof roundings)[number];

/** unit × quantity, rounded half up to `exponent` decimals unless another rule is given. */
export function multiply(by: { unit: string; quantity: string; exponent: number; rule?: Rounding }): string {
  const unit = scaled(by.unit);
  const quantity = scaled(by.quantity);
  if (unit === null || quantity === null) return '';
  const product = { digits: unit.digits * quantity.digits, decimals: unit.decimals + quantity.decimals };
  return placePoint(rescale(product, by.exponent, by.rule ?? 'half-up'), by.exponent);
}

/** The decimal with `exponent` decimals where it has more; other text, and shorter decimals, as they are. */
export function roundDecimal(text: string, exponent: number, rule: Rounding): string {
  const value = text.length - text.indexOf('.') - 1 > exponent ? scaled(text) : null;
  return value === null || value.decimals <= exponent
    ? text
    : placePoint(rescale(value, exponent, rule), exponent);
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

function raise(value: Scaled, decimals: number): bigint {
  return value.digits * 10n ** BigInt(decimals - value.decimals);
}

const plain = /^\d{1,30}(?:\.\d{1,30})?$/;

interface Scaled {
  digits: bigint;
  decimals: number;
}

function scaled(text: string): Scaled | null {
  if (!plain.test(text)) return null;
  const [whole = '', fraction = ''] = text.split('.');
  return { digits: BigInt(whole + fraction), decimals: fraction.length };
}

function rescale({ digits, decimals }: Scaled, exponent: number, rule: Rounding): bigint {
  if (decimals <= exponent) return digits * 10n ** BigInt(exponent - decimals);
  const step = 10n ** BigInt(decimals - exponent);
  const whole = digits / step;
  const twice = (digits % step) * 2n;
  const isUp = twice > step || (twice === step && (rule === 'half-up' || whole % 2n === 1n));
  return rule !== 'down' && isUp ? whole + 1n : whole;
}

function placePoint(digits: bigint, decimals: number): string {
  const text = digits.toString().padStart(decimals + 1, '0');
  return decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
}
