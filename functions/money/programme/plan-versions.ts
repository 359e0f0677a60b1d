import { addDays, dayOf } from '../../ground/platform/business-time.ts';
import type { FieldError } from '../../ground/platform/errors.ts';
import { type ProgrammeFile, sameName, samePromise } from '../rewards/programme.ts';
import type { Programme, Rule, RuleVersion } from '../rewards/types.ts';

export interface RuleChange {
  id: string;
  version: number;
  change: 'added' | 'changed' | 'renamed' | 'ended' | 'unchanged';
}

/** What has to be written of one rule. */
export type VersionWrite =
  | { kind: 'drop'; ruleId: string; version: number }
  | { kind: 'insert'; rule: Rule; version: number; position: number }
  | { kind: 'place'; ruleId: string; position: number }
  | { kind: 'end'; ruleId: string; until: string };

export interface VersionsPlan {
  isChanged: boolean;
  rules: RuleChange[];
  /** Every version of every rule once the plan is carried out, in the programme's order. */
  versions: RuleVersion[];
  writes: VersionWrite[];
  errors: FieldError[];
}

/** What was counted under the versions so far. */
export interface Usage {
  isUsed: (ruleId: string, version: number) => boolean;
  /** When the rule's last counted order was placed; null when none was. */
  lastPlacedAt: (ruleId: string) => number | null;
}

/**
 * How a programme file follows the programme in force (DOMAIN §2, Versions). Pure. A version nothing was counted under
 * is replaced, a used one is followed by the next, which may not begin before the orders counted so far; a rule that is
 * missing from the file ends with the business day.
 */
export function planVersions(
  current: Programme | null,
  file: ProgrammeFile,
  usage: Usage,
  now: number,
): VersionsPlan {
  const kept = Map.groupBy(current?.versions ?? [], ({ rule }) => rule.id);
  const parts = [
    ...file.rules.map((rule, position) =>
      planRule({ rule, position, own: kept.get(rule.id) ?? [] }, file, usage),
    ),
    ...[...kept].flatMap(([id, own]) =>
      file.rules.some((rule) => rule.id === id)
        ? []
        : [planEnding(id, own, usage, tomorrow(now, file.timeZone))],
    ),
  ];
  const rules = parts.flatMap(({ change }) => change ?? []);
  return {
    isChanged:
      current === null ||
      isOtherwiseChanged(current, file) ||
      rules.some(({ change }) => change !== 'unchanged'),
    rules,
    versions: parts.flatMap(({ versions }) => versions),
    writes: parts.flatMap(({ writes }) => writes),
    errors: parts.flatMap(({ errors }) => errors),
  };
}

interface RulePlan {
  change: RuleChange | null;
  versions: RuleVersion[];
  writes: VersionWrite[];
  errors: FieldError[];
}

function planRule(
  told: { rule: Rule; position: number; own: readonly RuleVersion[] },
  file: ProgrammeFile,
  usage: Usage,
): RulePlan {
  const { rule, position } = told;
  const own = told.own.toSorted((a, b) => a.version - b.version);
  const newest = own.at(-1);
  const place: VersionWrite = { kind: 'place', ruleId: rule.id, position };
  if (newest !== undefined && newest.until === null && samePromise(newest.rule, rule)) {
    const change = sameName(newest.rule, rule) ? ('unchanged' as const) : ('renamed' as const);
    const versions = [...own.slice(0, -1), { ...newest, rule }];
    return {
      change: { id: rule.id, version: newest.version, change },
      versions,
      writes: [place],
      errors: [],
    };
  }
  const isReplaced = newest !== undefined && newest.until === null && !usage.isUsed(rule.id, newest.version);
  const older = isReplaced ? own.slice(0, -1) : own;
  const version = (older.at(-1)?.version ?? 0) + 1;
  return {
    change: { id: rule.id, version, change: newest === undefined ? 'added' : 'changed' },
    versions: [...older, { rule, version, until: null }],
    writes: [
      ...(isReplaced ? [{ kind: 'drop', ruleId: rule.id, version } as const] : []),
      { kind: 'insert', rule, version, position },
      place,
    ],
    errors: tooEarly(rule, position, earliestStart(older, usage.lastPlacedAt(rule.id), file.timeZone)),
  };
}

function planEnding(ruleId: string, own: readonly RuleVersion[], usage: Usage, until: string): RulePlan {
  const running = own.filter((version) => version.until === null);
  const dropped = running.filter(({ version }) => !usage.isUsed(ruleId, version));
  const last = running.at(-1);
  return {
    change: last === undefined ? null : { id: ruleId, version: last.version, change: 'ended' },
    versions: own.flatMap((version) =>
      dropped.includes(version) ? [] : [version.until === null ? { ...version, until } : version],
    ),
    writes: [
      ...dropped.map(({ version }): VersionWrite => ({ kind: 'drop', ruleId, version })),
      ...(last === undefined ? [] : [{ kind: 'end', ruleId, until } as const]),
    ],
    errors: [],
  };
}

/** The first day a version may begin on that follows others: after their beginning, their end and all that was counted. */
function earliestStart(
  older: readonly RuleVersion[],
  lastPlacedAt: number | null,
  timeZone: string,
): string | null {
  if (older.length === 0) return null;
  const days = [
    ...older.map(({ rule }) => addDays(rule.from, 1)),
    ...older.flatMap(({ until }) => until ?? []),
    ...(lastPlacedAt === null ? [] : [addDays(dayOf(lastPlacedAt, timeZone), 1)]),
  ];
  return days.sort().at(-1) ?? null;
}

function tooEarly(rule: Rule, position: number, earliest: string | null): FieldError[] {
  if (earliest === null || rule.from >= earliest) return [];
  const message = `${rule.id}: from has to be ${earliest} or later, since orders before that day are counted under the earlier version`;
  return [{ path: `rules.${position}.from`, code: 'from_in_the_past', message }];
}

function isOtherwiseChanged(current: Programme, file: ProgrammeFile): boolean {
  const running = [
    ...new Set(current.versions.filter(({ until }) => until === null).map(({ rule }) => rule.id)),
  ];
  return (
    current.debt !== file.debt ||
    current.currency !== file.currency ||
    current.timeZone !== file.timeZone ||
    running.some((id, index) => file.rules[index]?.id !== id)
  );
}

function tomorrow(now: number, timeZone: string): string {
  return addDays(dayOf(now, timeZone), 1);
}
