import { dayOf } from '../../ground/platform/business-time.ts';
import { intervalOf } from '../../insight/facts/interval.ts';
import type {
  AccountDayRow,
  CategoryRow,
  FactsRow,
  LevelRow,
  YearRow,
} from '../../insight/facts/list-facts.ts';
import type { AccountMarks } from '../../insight/facts/load-marks.ts';
import { levelTexts, type PlacedSums, yearTexts } from './count-relationship.ts';
import type { Findings } from './difference.ts';
import type { Evidence, OrderEvidence } from './evidence.ts';
import type { WhatCode } from './what.ts';

/** What is kept of one account beside its orders, see `insight/facts`. */
export interface FactsEvidence {
  kept: FactsRow | null;
  days: readonly AccountDayRow[];
  categories: readonly CategoryRow[];
  levels: readonly LevelRow[];
  years: readonly YearRow[];
  marks: AccountMarks | null;
  /** Whether they are counted by what business days are now; under others they say nothing. */
  isBegun: boolean;
  /** Whether all that happened was counted: then nothing may be missing. */
  isComplete: boolean;
}

/**
 * What was counted of an account against its orders, one by one. What a job has yet to count is no difference: an account
 * says itself up to where it was counted.
 */
export function checkFacts(
  { root, orders, facts }: Evidence,
  on: { timeZone: string; today: string },
  { compare }: Findings,
): void {
  const { kept, isBegun, isComplete } = facts;
  if (!isBegun) return;
  const isInUse = root.withdrawnAt === null && root.historySeq > 0;
  if (isComplete) compare('facts_counted', isInUse ? root.historySeq : null, kept?.countedSeq);
  if (kept === null ? !isComplete || isInUse : kept.countedSeq !== root.historySeq) return;
  const expected = countPlainly(isInUse ? orders : [], { rootId: root.id, timeZone: on.timeZone });
  compareRows(
    'facts_of_day',
    expected.days,
    new Map(facts.days.map((row) => [dayKey(row), sumText(row)])),
    compare,
  );
  const years = yearTexts(expected.placed, facts.years, on.today);
  compareRows('facts_of_year', years.expected, years.found, compare);
  const categories = new Map(facts.categories.map((row) => [categoryKey(row), categoryText(row)]));
  compareRows('facts_of_category', expected.categories, categories, compare);
  const levels = levelTexts(expected.orderDays, facts, on.timeZone);
  if (isComplete) compare('facts_of_levels', levels.expected, levels.found);
  if (kept === null) return;
  compare('facts_habits', habitsText(expected.purchaseDays, expected.orderCount), keptText(kept));
  if (isComplete) compare('facts_marks', marksText(facts.marks), marksText(kept));
}

function compareRows(
  code: WhatCode,
  expected: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, string>,
  compare: Findings['compare'],
): void {
  for (const key of new Set([...expected.keys(), ...found.keys()]))
    compare(code, expected.get(key), found.get(key), { key });
}

type Sums = Pick<AccountDayRow, 'orderCount' | 'spendMinor' | 'refundedMinor'>;

function countPlainly(orders: readonly OrderEvidence[], of: { rootId: string; timeZone: string }) {
  const days = new Map<string, Sums>();
  const categories = new Map<string, CategoryRow>();
  const orderDays: string[] = [];
  const placed: PlacedSums[] = [];
  for (const { row } of orders) {
    if (row.isCancelled) continue;
    const day = row.placedOn ?? dayOf(row.placedAt, of.timeZone);
    const isOwn = stands(row);
    if (isOwn) orderDays.push(day);
    const key = dayKey({ ...row, day, departmentId: row.accountId === of.rootId ? '' : row.accountId });
    const sums = days.get(key) ?? { orderCount: 0, spendMinor: 0n, refundedMinor: 0n };
    const { currency, refundedMinor } = row;
    const spendMinor = row.totalMinor - row.discountMinor - refundedMinor;
    placed.push({ day, currency, isOwn, spendMinor, refundedMinor });
    days.set(key, {
      orderCount: sums.orderCount + (isOwn ? 1 : 0),
      spendMinor: sums.spendMinor + spendMinor,
      refundedMinor: sums.refundedMinor + refundedMinor,
    });
    addCategories(categories, row, { rootId: of.rootId, day: isOwn ? day : null });
  }
  return {
    orderCount: orderDays.length,
    purchaseDays: [...new Set(orderDays)].sort(),
    orderDays: orderDays.sort(),
    placed,
    days: new Map([...days].map(([key, sums]) => [key, sumText(sums)])),
    categories: new Map([...categories].map(([key, row]) => [key, categoryText(row)])),
  };
}

function addCategories(
  categories: Map<string, CategoryRow>,
  { lines, currency }: OrderEvidence['row'],
  { rootId, day }: { rootId: string; day: string | null },
): void {
  const bought = new Set<string>();
  for (const line of lines) {
    const category = line.category ?? '';
    const key = categoryKey({ category, currency });
    const known = categories.get(key) ?? {
      rootId,
      category,
      currency,
      orderCount: 0,
      spendMinor: 0n,
      lastOn: null,
    };
    const isBought = day !== null && stands(line);
    categories.set(key, {
      ...known,
      orderCount: known.orderCount + (isBought && !bought.has(key) ? 1 : 0),
      spendMinor: known.spendMinor + line.totalMinor - line.discountMinor - line.refundedMinor,
      lastOn: isBought && (known.lastOn === null || day > known.lastOn) ? day : known.lastOn,
    });
    if (isBought) bought.add(key);
  }
}

/** Not wholly refunded; what cost nothing stands. */
const stands = (of: { totalMinor: bigint; discountMinor: bigint; refundedMinor: bigint }) =>
  of.refundedMinor < of.totalMinor - of.discountMinor || of.totalMinor === of.discountMinor;

const dayKey = (row: Pick<AccountDayRow, 'day' | 'departmentId' | 'currency'>) =>
  [row.day, row.departmentId, row.currency].filter((part) => part !== '').join(' ');

const sumText = ({ orderCount, spendMinor, refundedMinor }: Sums) =>
  `${orderCount} orders, ${spendMinor}, refunded ${refundedMinor}`;

const categoryKey = ({ category, currency }: Pick<CategoryRow, 'category' | 'currency'>) =>
  `${JSON.stringify(category)} ${currency}`;

const categoryText = ({ orderCount, spendMinor, lastOn }: CategoryRow) =>
  `${orderCount} orders, ${spendMinor}, last ${lastOn ?? 'never'}`;

type Habits = Pick<
  FactsRow,
  | 'orderCount'
  | 'purchaseDays'
  | 'firstOn'
  | 'lastOn'
  | 'intervalHalfDays'
  | 'intervalLowerDays'
  | 'intervalUpperDays'
>;

function habitsText(days: readonly string[], orderCount: number): string {
  const own = intervalOf(days);
  return keptText({
    orderCount,
    purchaseDays: days.length,
    firstOn: days[0] ?? null,
    lastOn: days.at(-1) ?? null,
    intervalHalfDays: own?.halfDays ?? null,
    intervalLowerDays: own?.lowerDays ?? null,
    intervalUpperDays: own?.upperDays ?? null,
  });
}

function keptText(kept: Habits): string {
  const { orderCount, purchaseDays, firstOn, lastOn } = kept;
  const interval = [kept.intervalHalfDays, kept.intervalLowerDays, kept.intervalUpperDays];
  return `${orderCount} orders on ${purchaseDays} days, ${firstOn} to ${lastOn}, every ${interval.join('/')}`;
}

function marksText(marks: Omit<AccountMarks, 'praises'> | null): string {
  if (marks === null)
    return marksText({ friendOrderedAt: null, quotedAt: null, recommendedAt: null, heardAt: null });
  const { friendOrderedAt, quotedAt, recommendedAt, heardAt } = marks;
  return `friend ${friendOrderedAt}, quoted ${quotedAt}, recommended ${recommendedAt}, heard ${heardAt}`;
}
