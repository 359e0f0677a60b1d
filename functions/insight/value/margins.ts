/** What of each hundred of net spend is left when the goods are paid for, in basis points. */
export interface Margins {
  /** By category, as lines name it. */
  categories: ReadonlyMap<string, number>;
  /** Of all others; null where the business has not told it. */
  whole: number | null;
}

/** What is left of some spend, and of how much of it that is known. */
export interface KnownMargin {
  minor: bigint;
  ofMinor: bigint;
}

const CATEGORIES_MAX = 200;
const CATEGORY_LENGTH_MAX = 200;
/** Of all categories, each as long as it may be, with its per cent and what stands between. */
export const CATEGORY_MARGINS_LENGTH_MAX = CATEGORIES_MAX * (CATEGORY_LENGTH_MAX + '= 100.00; '.length);
const percentText = /^\d{1,3}(?:[.,]\d{1,2})?$/;

/** Per cent with at most two decimals behind a point or a comma, from 0 to 100, as basis points; null for anything else. */
export function readPercent(text: string): number | null {
  if (!percentText.test(text)) return null;
  const [whole = '', fraction = ''] = text.split(/[.,]/);
  const bps = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  return bps <= 10_000 ? bps : null;
}

/**
 * Margins by category, written `Tea=40; Gift sets=22.5`: the per cent stands behind the last equals sign. An empty name is
 * that of lines without a category. Null for anything else, or a category that is told twice.
 */
export function readCategoryMargins(text: string): ReadonlyMap<string, number> | null {
  if (text === 'off') return new Map();
  const parts = text.split(';').map((part) => part.trim());
  const told = parts.filter((part) => part !== '');
  if (told.length === 0 || told.length > CATEGORIES_MAX) return null;
  const margins = new Map<string, number>();
  for (const part of told) {
    const at = part.lastIndexOf('=');
    const [category, bps] = [part.slice(0, at).trim(), readPercent(part.slice(at + 1).trim())];
    if (at < 0 || bps === null || margins.has(category) || category.length > CATEGORY_LENGTH_MAX) return null;
    margins.set(category, bps);
  }
  return margins;
}

/**
 * What is left of what was spent by category, each rounded to the unit towards zero; null while the business has told no margin
 * at all. Spend whose margin is not known is left out of both sums.
 */
export function marginOf(
  spent: readonly { category: string; minor: bigint }[],
  { categories, whole }: Margins,
): KnownMargin | null {
  if (categories.size === 0 && whole === null) return null;
  const sum: KnownMargin = { minor: 0n, ofMinor: 0n };
  for (const { category, minor } of spent) {
    const bps = categories.get(category) ?? whole;
    if (bps === null) continue;
    sum.minor += (minor * BigInt(bps)) / 10_000n;
    sum.ofMinor += minor;
  }
  return sum;
}
