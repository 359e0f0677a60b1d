/**
 * JSON in which every integer is exact: a number up to 2^53, decimal text beyond it, since whoever reads JSON rounds such
 * numbers. `BigInt` reads both back.
 */
export function exactJson(value: unknown): string {
  return JSON.stringify(value, (_key, part) => (typeof part === 'bigint' ? exact(part) : part));
}

const exact = (value: bigint) => {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
};
