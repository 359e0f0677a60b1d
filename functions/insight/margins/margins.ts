export const marginKinds = ['product', 'category', 'rest'] as const;
/** Of a product, of a category, or of all that neither is told of. */
export type MarginKind = (typeof marginKinds)[number];

/** What of ten thousand of net spend is left when the goods are paid for. */
export interface Margin {
  kind: MarginKind;
  /** A SKU or the name of a product, a category as lines name it; empty for all the rest. */
  name: string;
  bps: number;
}

/** Some spend with the margin that applies to it: `none` where the business has told none. */
export interface AppliedMargin {
  kind: MarginKind | 'none';
  name: string;
  bps: number | null;
  spentMinor: bigint;
}

/** What is left of some spend, and of how much of it that is known. */
export interface KnownMargin {
  minor: bigint;
  ofMinor: bigint;
  /** All of the spend, also that of which no margin is known. */
  spentMinor: bigint;
  /** Which margin applies to how much of it, the most first. */
  parts: AppliedMargin[];
}

/** What is to be left of some spend to come. */
export interface MarginAhead {
  expectedMinor: bigint;
  lowMinor: bigint;
  highMinor: bigint;
}

/** What is left of what a root account spent, to date and in the last 365 days. */
export interface AccountMargins {
  toDate: KnownMargin;
  year: KnownMargin;
}

/**
 * What is left of spend by the margins that apply to it, each part rounded to the unit towards zero. Spend without a known
 * margin is left out of `minor` and `ofMinor`.
 */
export function knownMarginOf(applied: readonly AppliedMargin[]): KnownMargin {
  const parts = applied
    .filter(({ spentMinor }) => spentMinor !== 0n)
    .sort((a, b) => (a.spentMinor < b.spentMinor ? 1 : a.spentMinor > b.spentMinor ? -1 : byName(a, b)));
  const sum: KnownMargin = { minor: 0n, ofMinor: 0n, spentMinor: 0n, parts };
  for (const { bps, spentMinor } of parts) {
    sum.spentMinor += spentMinor;
    if (bps === null) continue;
    sum.minor += leftOf(spentMinor, bps);
    sum.ofMinor += spentMinor;
  }
  return sum;
}

const byName = (a: AppliedMargin, b: AppliedMargin) =>
  `${a.kind} ${a.name}`.localeCompare(`${b.kind} ${b.name}`, 'en');

/** Rounded to the unit towards zero. */
const leftOf = (minor: bigint, bps: number) => (minor * BigInt(bps)) / 10_000n;

/**
 * What is to be left of spend to come, as much of each unit as of what is known by now; null where less than half of the
 * spend by now has a known margin, or there was none.
 */
export function marginAhead(
  ahead: MarginAhead | null,
  known: Pick<KnownMargin, 'minor' | 'ofMinor' | 'spentMinor'>,
): MarginAhead | null {
  const { minor, ofMinor, spentMinor } = known;
  if (ahead === null || ofMinor <= 0n || ofMinor * 2n < spentMinor) return null;
  const left = (of: bigint) => (of * minor) / ofMinor;
  const [low, high] = minor < 0n ? [ahead.highMinor, ahead.lowMinor] : [ahead.lowMinor, ahead.highMinor];
  return { expectedMinor: left(ahead.expectedMinor), lowMinor: left(low), highMinor: left(high) };
}

/** What is to be left of an account's spend to come: as of the year's, or of that to date where nothing was spent in the year. */
export const marginToCome = (
  { toDate, year }: AccountMargins,
  ahead: MarginAhead | null,
): MarginAhead | null => marginAhead(ahead, year.spentMinor > 0n ? year : toDate);

const percentText = /^[-−]?\d{1,3}(?:[.,]\d{1,2})?\s?%?$/;

/** Per cent with at most two decimals behind a point or a comma, from −100 to 100, as basis points; null for anything else. */
export function readPercent(text: string): number | null {
  if (!percentText.test(text)) return null;
  const isBelow = /^[-−]/.test(text);
  const [whole = '', fraction = ''] = text.replace(/[^\d.,]/g, '').split(/[.,]/);
  const bps = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  if (bps > 10_000) return null;
  return isBelow && bps > 0 ? -bps : bps;
}

/** The same the other way, without needless noughts: 2750 is `27.5`. */
export function percentOf(bps: number): string {
  const [sign, whole] = [bps < 0 ? '-' : '', Math.abs(bps)];
  const hundredths = whole % 100;
  const fraction = hundredths % 10 === 0 ? `${hundredths / 10}` : String(hundredths).padStart(2, '0');
  return `${sign}${Math.floor(whole / 100)}${hundredths === 0 ? '' : `.${fraction}`}`;
}
