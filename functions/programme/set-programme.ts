import { insertInto, statement } from '../../db/query.ts';
import { programmes, ruleVersions } from '../../db/schema/index.ts';
import { isConflictOn, type Statement } from '../../db/store.ts';
import { addDays, dayOf } from '../platform/business-time.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError, type FieldError } from '../platform/errors.ts';
import { compileProgramme } from '../rewards/compile.ts';
import { type ProgrammeFile, parseProgrammeFile, sameRule, toProgrammeJson } from '../rewards/programme.ts';
import type { Programme, Rule, RuleVersion } from '../rewards/types.ts';
import { type Business, getBusiness } from './business.ts';
import { listLastCounted, listVersionsInUse } from './queries.ts';
import { type Recounted, recountAll } from './recount-all.ts';
import { settingStatements } from './settings.ts';

const insertProgramme = insertInto(programmes);
const insertVersion = insertInto(ruleVersions);

export interface ProgrammeSet {
  /** False when the programme in force says the same already: then nothing was written or posted. */
  isChanged: boolean;
  revision: number;
  currency: string;
  rules: { id: string; version: number; change: 'added' | 'changed' | 'ended' | 'unchanged' }[];
  posted: Recounted;
}

/**
 * Sets the programme from a programme file that went through `JSON.parse` (DOMAIN §4) and settles it at once, also for
 * orders recorded before. Rules missing from the file end with the business day. A dry run computes the same and writes nothing.
 * @throws {AppError} `validation_failed` with every mistake of the file, `setting_is_fixed`, `programme_conflict`
 */
export async function setProgramme(
  ctx: Context,
  json: unknown,
  options: { isDryRun?: boolean; onProgress?: (accounts: number) => void } = {},
): Promise<ProgrammeSet> {
  const parsed = parseProgrammeFile(json);
  if (!parsed.ok)
    throw new AppError('validation_failed', 'The programme is refused.', { errors: parsed.errors });
  const { file } = parsed;
  const business = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const plan = await planVersions(ctx, business, file);
  if (!plan.isChanged) {
    return {
      ...plan,
      revision: business.revision,
      currency: file.currency,
      posted: await recountAll(ctx, business, options),
    };
  }
  const settings = await settingStatements(ctx, business, {
    currency: file.currency,
    timeZone: file.timeZone,
  });
  const revision = business.revision + 1;
  const next: Programme = { ...file, revision, versions: plan.versions };
  if (options.isDryRun !== true) await write(ctx, file, { plan, settings, revision });
  const ahead: Business = {
    currency: file.currency,
    timeZone: file.timeZone,
    isTimeZoneSet: true,
    revision,
    programme: next,
    compiled: compileProgramme(next),
  };
  const posted = await recountAll(ctx, ahead, options);
  return { isChanged: true, revision, currency: file.currency, rules: plan.rules, posted };
}

interface VersionsPlan {
  isChanged: boolean;
  rules: ProgrammeSet['rules'];
  versions: RuleVersion[];
  statements: (revision: number, definitionOf: (rule: Rule) => string) => Statement[];
}

async function write(
  ctx: Context,
  file: ProgrammeFile,
  { plan, settings, revision }: { plan: VersionsPlan; settings: Statement[]; revision: number },
): Promise<void> {
  const definition = toProgrammeJson(file);
  const definitionOf = (rule: Rule) => JSON.stringify(toProgrammeJson({ ...file, rules: [rule] }).rules[0]);
  const row = insertProgramme({
    revision,
    definition: JSON.stringify(definition),
    setAt: ctx.now(),
    setBy: actorName(ctx.actor),
  });
  try {
    await ctx.db.write([row, ...settings, ...plan.statements(revision, definitionOf)]);
  } catch (error) {
    if (!isConflictOn(error, 'programmes', 'rule_version_frozen', 'rule_versions')) throw error;
    throw new AppError(
      'programme_conflict',
      'Somebody else set the programme just now; look at it and set it again.',
    );
  }
}

async function planVersions(ctx: Context, business: Business, file: ProgrammeFile): Promise<VersionsPlan> {
  const [inUse, lastCounted] = await Promise.all([
    listVersionsInUse(ctx.db.fresh),
    listLastCounted(ctx.db.fresh),
  ]);
  const usage = {
    isUsed: (id: string, version: number) =>
      inUse.some((row) => row.ruleId === id && row.version === version),
    lastPlacedAt: (id: string) =>
      lastCounted
        .filter((row) => row.ruleId === id)
        .reduce((last, row) => Math.max(last, row.placedAt ?? 0), 0),
  };
  const kept = business.programme?.versions ?? [];
  const errors: FieldError[] = [];
  const rules: ProgrammeSet['rules'] = [];
  const statements: ((revision: number, definitionOf: (rule: Rule) => string) => Statement[])[] = [];
  const versions: RuleVersion[] = [];

  file.rules.forEach((rule, position) => {
    const own = kept.filter((version) => version.rule.id === rule.id).sort((a, b) => a.version - b.version);
    const newest = own.at(-1);
    const change = changeOf(rule, newest, usage);
    const older = change.replaces ? own.slice(0, -1) : own;
    const version = change.kind === 'unchanged' ? (newest?.version ?? 1) : (older.at(-1)?.version ?? 0) + 1;
    const tooEarly =
      change.kind === 'unchanged'
        ? null
        : earlierThan(rule, usage.lastPlacedAt(rule.id), file.timeZone, older);
    if (tooEarly !== null) {
      const message = `has to be ${tooEarly} or later: orders before that day are counted under the earlier version`;
      errors.push({
        path: `rules.${position}.from`,
        code: 'from_in_the_past',
        message: `${rule.id}: from ${message}`,
      });
    }
    versions.push(...older, ...(change.kind === 'unchanged' ? [] : [{ rule, version, until: null }]));
    rules.push({ id: rule.id, version, change: change.kind });
    statements.push((revision, definitionOf) => [
      ...(change.replaces ? [dropVersion(rule.id, version)] : []),
      ...(change.kind === 'unchanged'
        ? []
        : [
            insertVersion({
              ruleId: rule.id,
              version,
              position,
              definition: definitionOf(rule),
              until: null,
              revision,
            }),
          ]),
      statement('UPDATE rule_versions SET position = ? WHERE rule_id = ?', position, rule.id),
    ]);
  });
  if (errors.length > 0) throw new AppError('validation_failed', errors[0]?.message ?? '', { errors });

  const endsOn = addDays(dayOf(ctx.now(), file.timeZone), 1);
  for (const [id, own] of Map.groupBy(kept, (version) => version.rule.id)) {
    if (file.rules.some((rule) => rule.id === id)) continue;
    const ending = own.filter(({ until }) => until === null);
    const dropped = ending.filter(({ version }) => !usage.isUsed(id, version));
    versions.push(
      ...own
        .filter((one) => !dropped.includes(one))
        .map((one) => (one.until === null ? { ...one, until: endsOn } : one)),
    );
    if (ending.length > 0) rules.push({ id, version: ending.at(-1)?.version ?? 1, change: 'ended' });
    statements.push(() => [
      ...dropped.map(({ version }) => dropVersion(id, version)),
      statement(
        'UPDATE rule_versions SET until = ?, position = 999 WHERE rule_id = ? AND until IS NULL',
        endsOn,
        id,
      ),
    ]);
  }
  const current = business.programme;
  const isChanged =
    current === null ||
    current.debt !== file.debt ||
    current.currency !== file.currency ||
    current.timeZone !== file.timeZone ||
    rules.some(({ change }) => change !== 'unchanged') ||
    isReordered(kept, file);
  return {
    isChanged,
    rules,
    versions,
    statements: (revision, definitionOf) => statements.flatMap((make) => make(revision, definitionOf)),
  };
}

interface Usage {
  isUsed: (id: string, version: number) => boolean;
  lastPlacedAt: (id: string) => number;
}

/** A version nothing was counted under is replaced; a used one is followed by the next. */
function changeOf(rule: Rule, newest: RuleVersion | undefined, usage: Usage) {
  if (newest === undefined) return { kind: 'added', replaces: false } as const;
  const isRunning = newest.until === null;
  if (isRunning && sameRule(newest.rule, rule)) return { kind: 'unchanged', replaces: false } as const;
  return { kind: 'changed', replaces: isRunning && !usage.isUsed(rule.id, newest.version) } as const;
}

/** The first day a changed rule may begin on, if that is later than it says. */
function earlierThan(
  rule: Rule,
  lastPlacedAt: number,
  timeZone: string,
  older: readonly RuleVersion[],
): string | null {
  const ends = older.flatMap(({ until }) => until ?? []).sort();
  const afterEnd = ends.at(-1) ?? '';
  const afterLast = lastPlacedAt === 0 ? '' : addDays(dayOf(lastPlacedAt, timeZone), 1);
  const afterOlder =
    older
      .map((version) => addDays(version.rule.from, 1))
      .sort()
      .at(-1) ?? '';
  const earliest = [afterEnd, afterLast, afterOlder].sort().at(-1) ?? '';
  return rule.from < earliest ? earliest : null;
}

function isReordered(kept: readonly RuleVersion[], file: ProgrammeFile): boolean {
  const running = [...new Set(kept.filter(({ until }) => until === null).map(({ rule }) => rule.id))];
  return running.some((id, index) => file.rules[index]?.id !== id);
}

function dropVersion(ruleId: string, version: number): Statement {
  return statement('DELETE FROM rule_versions WHERE rule_id = ? AND version = ?', ruleId, version);
}
