import { dayOf } from '../../ground/platform/business-time.ts';
import { assert } from '../../ground/platform/errors.ts';
import type { Business } from '../business/business.ts';
import type { Total } from '../rewards/settle.ts';
import { totalKey } from '../rewards/settle.ts';
import type { ClubSpan, Period, Standing } from '../rewards/types.ts';

/** A root account as every change starts from it; see `db/schema/accounts.ts`. */
export interface Root {
  id: string;
  firstPlacedAt: number | null;
  signedUpAt: number | null;
  historySeq: number;
  ledgerSeq: number;
  ledgerHash: string;
  balanceMinor: bigint;
  settledRevision: number;
  /** See {@link standingOf}. */
  clubSpans: string | null;
  segmentSpans: string | null;
  withdrawnAt: number | null;
}

/** A root account that has no rows yet, at the programme revision it is made under. */
export function newRoot(id: string, revision: number): Root {
  return {
    id,
    firstPlacedAt: null,
    signedUpAt: null,
    historySeq: 0,
    ledgerSeq: 0,
    ledgerHash: '',
    balanceMinor: 0n,
    settledRevision: revision,
    clubSpans: null,
    segmentSpans: null,
    withdrawnAt: null,
  };
}

/** The earlier of sign-up and first order, in business time (DOMAIN §2, Periods); `now` while there is neither. */
export function joiningDayOf(
  root: Pick<Root, 'firstPlacedAt' | 'signedUpAt'>,
  timeZone: string,
  now: number,
): string {
  const moments = [root.firstPlacedAt, root.signedUpAt].filter((moment) => moment !== null);
  return dayOf(moments.length === 0 ? now : Math.min(...moments), timeZone);
}

/** What rules have to know of a root account; spans are looked at only where a rule is for the club or a segment. */
export function standingOf(
  root: Pick<Root, 'firstPlacedAt' | 'signedUpAt' | 'clubSpans' | 'segmentSpans'>,
  { timeZone, compiled }: Pick<Business, 'timeZone' | 'compiled'>,
  now: number,
): Standing {
  const joiningDay = joiningDayOf(root, timeZone, now);
  const club = compiled?.followsClub === true ? clubSpansOf(root.clubSpans) : [];
  const segments = compiled?.followsSegments === true ? segmentSpansOf(root.segmentSpans) : undefined;
  return segments === undefined ? { joiningDay, club } : { joiningDay, club, segments };
}

/** The times in the club as an account's row keeps them. */
export function clubSpansOf(text: string | null): ClubSpan[] {
  if (text === null) return [];
  const pairs: unknown = JSON.parse(text);
  assert(Array.isArray(pairs), 'spans are a list');
  return pairs.map((pair: unknown) => {
    assert(Array.isArray(pair), 'a span is a pair');
    return { since: Number(pair[0]), until: pair[1] === null ? null : Number(pair[1]) };
  });
}

/** The times in segments, by id, as `segment_spans` keeps them. */
export function segmentSpansOf(text: string | null): ReadonlyMap<string, ClubSpan[]> {
  const spans = new Map<string, ClubSpan[]>();
  const triples: unknown = JSON.parse(text ?? '[]');
  assert(Array.isArray(triples), 'spans are a list');
  for (const triple of triples) {
    assert(Array.isArray(triple), 'a span of a segment is a triple');
    const [id, since, until] = triple.map((value: unknown) => value);
    const span = { since: Number(since), until: until === null ? null : Number(until) };
    spans.set(String(id), [...(spans.get(String(id)) ?? []), span]);
  }
  return spans;
}

export interface TotalRow {
  rootId: string;
  ruleId: string;
  version: number;
  periodStart: string;
  periodEnd: string | null;
  spendMinor: bigint;
  settledMinor: bigint;
  postedMinor: bigint;
}

export interface RuleTotal extends Total {
  ruleId: string;
  version: number;
  period: Period;
}

/** Totals rows as the rewards core wants them: by `totalKey`. */
export function totalsByKey(rows: readonly TotalRow[]): Map<string, RuleTotal> {
  return new Map(
    rows.map((row) => {
      const period = { start: row.periodStart, end: row.periodEnd };
      const key = totalKey({ ruleId: row.ruleId, version: row.version, period });
      const sums = { spend: row.spendMinor, settled: row.settledMinor, posted: row.postedMinor };
      return [key, { ruleId: row.ruleId, version: row.version, period, ...sums }];
    }),
  );
}
