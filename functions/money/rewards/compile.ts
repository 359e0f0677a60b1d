import type { Governing } from './periods.ts';
import type { DebtPolicy, Programme, Rule, RuleVersion } from './types.ts';

/** A programme prepared for counting many orders: build it once per revision, share it freely. */
export interface CompiledProgramme {
  currency: string;
  timeZone: string;
  debt: DebtPolicy;
  /** In the programme's order. */
  rules: CompiledRule[];
  ruleById: Map<string, CompiledRule>;
  /** By `versionKey`. */
  versionByKey: Map<string, CompiledVersion>;
  /** Whether any version counts only what members of the club order. */
  followsClub: boolean;
  /** The same of a segment. */
  followsSegments: boolean;
}

export interface CompiledRule {
  id: string;
  newestFirst: CompiledVersion[];
  /** Whether the answer for a day depends on the account's joining day. */
  followsMembership: boolean;
  /** Answers of `governing`, kept by day. */
  byDay: Map<string, Governing | null>;
}

export interface CompiledVersion {
  rule: Rule;
  version: number;
  from: string;
  /** The end of this version or of a newer one, whichever comes first: an ended rule does not fall back to an older version. */
  until: string | null;
  /** Place of the rule in the programme's order. */
  position: number;
  /** True for the first version, and for one that comes after its predecessor had ended. */
  startsMidPeriod: boolean;
  /** Folded by `foldName`. */
  excludedCategories: Set<string>;
  excludedSkus: Set<string>;
}

export function compileProgramme(programme: Programme): CompiledProgramme {
  const rules = [...Map.groupBy(programme.versions, ({ rule }) => rule.id)].map(compileRule);
  return {
    currency: programme.currency,
    timeZone: programme.timeZone,
    debt: programme.debt,
    rules,
    ruleById: new Map(rules.map((rule) => [rule.id, rule])),
    versionByKey: new Map(
      rules.flatMap(({ id, newestFirst }) =>
        newestFirst.map((version) => [versionKey(id, version.version), version]),
      ),
    ),
    followsClub: programme.versions.some(({ rule }) => rule.audience === 'club'),
    followsSegments: programme.versions.some(({ rule }) => isSegment(rule.audience)),
  };
}

/** Whether a rule is for a segment, which then is its id. */
export const isSegment = (audience: string) => audience !== 'everyone' && audience !== 'club';

export function versionKey(ruleId: string, version: number): string {
  return `${ruleId}@${version}`;
}

/** Categories and SKUs are compared without case and surrounding space. */
export function foldName(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}

function compileRule([id, versions]: [string, RuleVersion[]], position: number): CompiledRule {
  const newestFirst = versions.toSorted((a, b) => b.version - a.version);
  let until: string | null = null;
  const compiled = newestFirst.map((version, index): CompiledVersion => {
    until = earlier(until, version.until);
    return compileVersion(version, { position, until, predecessor: newestFirst[index + 1] });
  });
  return {
    id,
    newestFirst: compiled,
    followsMembership: versions.some(({ rule }) => rule.period === 'membership-year'),
    byDay: new Map(),
  };
}

function compileVersion(
  { rule, version }: RuleVersion,
  place: { position: number; until: string | null; predecessor: RuleVersion | undefined },
): CompiledVersion {
  return {
    rule,
    version,
    from: rule.from,
    until: place.until,
    position: place.position,
    startsMidPeriod: place.predecessor === undefined || place.predecessor.until !== null,
    excludedCategories: new Set(rule.counts.excludeCategories.map(foldName)),
    excludedSkus: new Set(rule.counts.excludeSkus.map(foldName)),
  };
}

function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
