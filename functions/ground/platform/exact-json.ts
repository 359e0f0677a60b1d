import { z } from 'zod';
import { assert } from './errors.ts';

const MAX = BigInt(Number.MAX_SAFE_INTEGER);
const integerText = /^-?\d{1,40}$/;

/**
 * JSON in which every integer is exact: a number up to 2^53, decimal text beyond it, since whoever reads JSON rounds such
 * numbers. {@link readInteger} and {@link exactInteger} read both back.
 */
export function exactJson(value: unknown): string {
  return JSON.stringify(value, (_key, part) => (typeof part === 'bigint' ? writtenInteger(part) : part));
}

/** An integer as {@link exactJson} writes it, for JSON that is put together without it. */
export function writtenInteger(value: bigint): number | string {
  return isExactNumber(value) ? Number(value) : String(value);
}

/** An integer that {@link exactJson} wrote. @throws {Error} for anything else */
export function readInteger(written: unknown): bigint {
  if (typeof written === 'number') {
    assert(Number.isSafeInteger(written), 'a number in our JSON is exact');
    return BigInt(written);
  }
  assert(
    typeof written === 'string' && integerText.test(written),
    'an integer is written as a number or digits',
  );
  return BigInt(written);
}

/** The same for what is parsed by a schema. */
export const exactInteger = z.union([z.int(), z.bigint(), z.string().regex(integerText)]).transform(BigInt);

/** Whether a JSON number holds this exactly. */
export function isExactNumber(value: bigint): boolean {
  return value <= MAX && value >= -MAX;
}
