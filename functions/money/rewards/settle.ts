import { type CompiledProgramme, type CompiledVersion, versionKey } from './compile.ts';
import { entitlement } from './entitlement.ts';
import type { Counted, Period } from './types.ts';

/** Sums of one root account for one rule version and period, minor units. `posted` is net of clawbacks. */
export interface Total {
  spend: bigint;
  /** The part of `spend` whose waiting days are over. */
  settled: bigint;
  posted: bigint;
}

export interface OrderRef {
  id: string;
  source: string;
  number: string;
}

export interface SettledRow extends Counted {
  isSettled: boolean;
}

/** One order's counted rows before and after something happened to it. */
export interface OrderChange {
  order: OrderRef;
  before: SettledRow[];
  after: Counted[];
  /** When it happened: dates a clawback. */
  effectiveAt: number;
}

/** What to post: signed minor units, one per causing order, rule version and period. */
export interface Posting {
  kind: 'earn' | 'clawback';
  ruleId: string;
  version: number;
  period: Period;
  amount: bigint;
  order: OrderRef;
  /** Of an earn, when the order settled; of a clawback, when its cause happened. */
  effectiveAt: number;
  /** The period's settled spend after this posting: with the rule, all that explains the amount. */
  spendAfter: bigint;
}

export interface Settlement {
  entries: Posting[];
  /** Totals that changed, by `totalKey`. */
  totals: Map<string, Total>;
  /** The new counted rows of each change, in the order of the changes. */
  rows: SettledRow[][];
}

/** Names one total: `rule@version/period start`. */
export function totalKey(row: { ruleId: string; version: number; period: Period }): string {
  return `${versionKey(row.ruleId, row.version)}/${row.period.start}`;
}

/**
 * Settles one root account by difference (DOMAIN.md §2): each change moves the totals, and whatever the entitlement
 * of the settled spend then differs from what is posted is posted in the name of that change's order. A row is
 * settled when its `settlesAt` is not after `now`. Throws when a row names a version the programme lacks.
 */
export function settle(input: {
  programme: CompiledProgramme;
  totals: ReadonlyMap<string, Total>;
  changes: OrderChange[];
  now: number;
}): Settlement {
  const settlement: Settlement = { entries: [], totals: new Map(), rows: [] };
  for (const change of input.changes) {
    const rows = change.after.map((row) => ({
      ...row,
      isSettled: row.settlesAt !== null && row.settlesAt <= input.now,
    }));
    settlement.rows.push(rows);
    for (const shift of shiftsOf(change.before, rows, input.programme)) {
      const known = settlement.totals.get(shift.key) ?? input.totals.get(shift.key) ?? nothingYet;
      const total = moved(known, shift);
      const amount = total.posted - known.posted;
      if (shift.spend === 0n && shift.settled === 0n && amount === 0n) continue;
      settlement.totals.set(shift.key, total);
      if (amount !== 0n)
        settlement.entries.push(postingOf({ change, shift, amount, spendAfter: total.settled }));
    }
  }
  return settlement;
}

/** What is earned but not settled yet, never negative. */
export function pendingOf(version: CompiledVersion, total: Total): bigint {
  const { scheme } = version.rule;
  return entitlement(scheme, total.spend) - entitlement(scheme, total.settled);
}

const nothingYet: Total = { spend: 0n, settled: 0n, posted: 0n };

/** How one change moves one total. */
interface Shift {
  key: string;
  version: CompiledVersion;
  period: Period;
  spend: bigint;
  settled: bigint;
  settledAt: number | null;
}

function moved(total: Total, shift: Shift): Total {
  const settled = total.settled + shift.settled;
  return {
    spend: total.spend + shift.spend,
    settled,
    posted: entitlement(shift.version.rule.scheme, settled),
  };
}

function postingOf(cause: {
  change: OrderChange;
  shift: Shift;
  amount: bigint;
  spendAfter: bigint;
}): Posting {
  const { change, shift, amount, spendAfter } = cause;
  const isEarn = amount > 0n;
  return {
    kind: isEarn ? 'earn' : 'clawback',
    ruleId: shift.version.rule.id,
    version: shift.version.version,
    period: shift.period,
    amount,
    order: change.order,
    effectiveAt: isEarn ? (shift.settledAt ?? change.effectiveAt) : change.effectiveAt,
    spendAfter,
  };
}

/** In the programme's order, then by version and period, so that equal changes post equal entries. */
function shiftsOf(before: SettledRow[], after: SettledRow[], programme: CompiledProgramme): Shift[] {
  const shifts = new Map<string, Shift>();
  for (const row of before) {
    const shift = shiftFor(shifts, row, programme);
    shift.spend -= row.counted;
    if (row.isSettled) shift.settled -= row.counted;
  }
  for (const row of after) {
    const shift = shiftFor(shifts, row, programme);
    shift.spend += row.counted;
    if (!row.isSettled) continue;
    shift.settled += row.counted;
    shift.settledAt = row.settlesAt;
  }
  return shifts.size < 2 ? [...shifts.values()] : [...shifts.values()].sort(inProgrammeOrder);
}

function shiftFor(shifts: Map<string, Shift>, row: Counted, programme: CompiledProgramme): Shift {
  const key = totalKey(row);
  const known = shifts.get(key);
  if (known !== undefined) return known;
  const version = programme.versionByKey.get(versionKey(row.ruleId, row.version));
  if (version === undefined)
    throw new RangeError(`The programme has no version ${versionKey(row.ruleId, row.version)}.`);
  const shift = { key, version, period: row.period, spend: 0n, settled: 0n, settledAt: null };
  shifts.set(key, shift);
  return shift;
}

function inProgrammeOrder(a: Shift, b: Shift): number {
  return (
    a.version.position - b.version.position ||
    a.version.version - b.version.version ||
    (a.period.start < b.period.start ? -1 : 1)
  );
}
