import { AppError } from '../../ground/platform/errors.ts';
import { type ProgrammeFile, parseProgrammeFile, samePromise } from '../rewards/programme.ts';
import type { Programme, Rule, RuleVersion } from '../rewards/types.ts';

/** Stands for a rule that does not say when it begins: it is after every order. */
export const OPEN_FROM = '2200-12-31';

/**
 * A programme file that went through `JSON.parse`, as a rehearsal takes it: `from` may be missing.
 * @throws {AppError} `validation_failed` with every mistake of the file
 */
export function readDraft(json: unknown): ProgrammeFile {
  const parsed = parseDraft(json);
  if (parsed.ok) return parsed.file;
  throw new AppError('validation_failed', 'The programme is refused.', { errors: parsed.errors });
}

export function parseDraft(json: unknown) {
  return parseProgrammeFile(withEveryFrom(json));
}

/**
 * The draft as if it had been in force (DOMAIN §8, Rehearsal). A rule that begins after the last counted order counts
 * from `since`; one that promises what the present one does keeps the versions before it.
 */
export function draftInForce(
  file: ProgrammeFile,
  present: Programme | null,
  { since, lastDay }: { since: string; lastDay: string },
): Programme {
  const { currency, timeZone, debt } = file;
  const versions = file.rules.flatMap((rule) => {
    const own = (present?.versions ?? []).filter((version) => version.rule.id === rule.id);
    if (own.some((version) => version.until === null && samePromise(version.rule, rule))) return own;
    return [firstVersion(rule.from > lastDay ? { ...rule, from: since } : rule)];
  });
  return { revision: 0, currency, timeZone, debt, versions };
}

function firstVersion(rule: Rule): RuleVersion {
  return { rule, version: 1, until: null };
}

function withEveryFrom(json: unknown): unknown {
  if (!isObject(json) || !('rules' in json) || !Array.isArray(json.rules)) return json;
  const rules = json.rules.map((rule: unknown) =>
    isObject(rule) && !('from' in rule) ? { ...rule, from: OPEN_FROM } : rule,
  );
  return { ...json, rules };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
