import { insertInto, statement } from '../../../db/query.ts';
import { programmes, ruleVersions } from '../../../db/schema/index.ts';
import { isConflictOn, type Statement } from '../../../db/store.ts';
import { changesOf } from '../../ground/audit/changes.ts';
import { type Decision, isUnchanged, type Unchanged } from '../../ground/decision/decision.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allowProven, allowRole } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { type Business, getBusiness } from '../business/business.ts';
import { decideSettings } from '../business/settings.ts';
import { compileProgramme, isSegment } from '../rewards/compile.ts';
import { type ProgrammeFile, parseProgrammeFile, toProgrammeJson } from '../rewards/programme.ts';
import type { Programme } from '../rewards/types.ts';
import { listAudiences } from './audience.ts';
import {
  planVersions,
  type RuleChange,
  type Usage,
  type VersionsPlan,
  type VersionWrite,
} from './plan-versions.ts';
import { listElsewhere, listLastCounted, listVersionsInUse } from './queries.ts';
import { type Recounted, recountAll } from './recount-all.ts';

const insertProgramme = insertInto(programmes);
const insertVersion = insertInto(ruleVersions);

export interface ProgrammeSet {
  /** False when the programme in force says the same already: then nothing was written or posted. */
  isChanged: boolean;
  revision: number;
  currency: string;
  rules: RuleChange[];
  /** Orders in other currencies, which no rule counts; none are told of where nothing changed. */
  elsewhere: { currency: string; orders: number }[];
  posted: Recounted;
}

/** A programme that was set, and the business under it, of which no account may be counted yet. */
export interface ProgrammePut {
  set: Omit<ProgrammeSet, 'posted'>;
  business: Business;
}

/**
 * Sets the programme from a programme file that went through `JSON.parse` (DOMAIN §4) and settles it at once, also for
 * orders recorded before. A dry run computes the same and writes nothing.
 * @throws {AppError} `validation_failed` with every mistake of the file, `setting_is_fixed`, `programme_conflict`
 */
export async function setProgramme(
  ctx: Context,
  json: unknown,
  options: { isDryRun?: boolean; onProgress?: (accounts: number) => void } = {},
): Promise<ProgrammeSet> {
  const { set, business } = await putProgramme(ctx, json, options);
  return { ...set, posted: await recountAll(ctx, business, options) };
}

/** The same without settling it: each account is brought up to it by whoever changes it next, and all of them by a job. */
export async function putProgramme(
  ctx: Context,
  json: unknown,
  options: { isDryRun?: boolean } = {},
): Promise<ProgrammePut> {
  allowRole(ctx.actor, ['owner', 'manager']);
  if (options.isDryRun !== true) allowProven(ctx);
  const file = readFile(json);
  const business = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const plan = planVersions(business.programme, file, await loadUsage(ctx), ctx.now());
  await assertAudiences(ctx, file);
  if (plan.errors.length > 0) {
    throw new AppError('validation_failed', 'The programme is refused.', { errors: plan.errors });
  }
  const { currency } = file;
  if (!plan.isChanged) {
    const { revision } = business;
    return { set: { isChanged: false, revision, currency, rules: plan.rules, elsewhere: [] }, business };
  }
  const revision = business.revision + 1;
  const elsewhere = await listElsewhere(ctx.db.fresh, { currency });
  const settings = await decideSettings(ctx, business, { currency, timeZone: file.timeZone });
  const before = business.programme;
  if (options.isDryRun !== true) await write(ctx, { file, plan, revision, settings, before });
  return {
    set: { isChanged: true, revision, currency, rules: plan.rules, elsewhere },
    business: { ...business, ...businessUnder(file, plan, revision) },
  };
}

/** A rule may be for a segment that there is. @throws {AppError} `validation_failed` by the rules that name another */
async function assertAudiences(ctx: Context, { rules }: ProgrammeFile): Promise<void> {
  if (!rules.some(({ audience }) => isSegment(audience))) return;
  const known = new Set((await listAudiences(ctx)).map(({ id }) => id));
  const errors = rules.flatMap(({ audience }, at) =>
    !isSegment(audience) || known.has(audience)
      ? []
      : [
          {
            path: `rules.${at}.for`,
            code: 'unknown_segment',
            message: `${nameOf(rules, at)} is for "${audience}", which is no segment; use "everyone", "club" or the id of one.`,
          },
        ],
  );
  if (errors.length > 0) throw new AppError('validation_failed', 'The programme is refused.', { errors });
}

const nameOf = (rules: ProgrammeFile['rules'], at: number) => `Rule "${rules[at]?.id ?? at}"`;

function readFile(json: unknown): ProgrammeFile {
  const parsed = parseProgrammeFile(json);
  if (parsed.ok) return parsed.file;
  throw new AppError('validation_failed', 'The programme is refused.', { errors: parsed.errors });
}

async function loadUsage(ctx: Context): Promise<Usage> {
  const db = ctx.db.fresh;
  const [inUse, lastCounted] = await Promise.all([listVersionsInUse(db), listLastCounted(db)]);
  return {
    isUsed: (id, version) => inUse.some((row) => row.ruleId === id && row.version === version),
    lastPlacedAt: (id) => {
      const placed = lastCounted.flatMap((row) => (row.ruleId === id ? (row.placedAt ?? []) : []));
      return placed.length === 0 ? null : Math.max(...placed);
    },
  };
}

/** The business as it is once the plan is carried out. */
function businessUnder(
  file: ProgrammeFile,
  plan: VersionsPlan,
  revision: number,
): Omit<Business, 'identity' | 'settings' | 'texts'> {
  const { currency, timeZone, debt } = file;
  const programme = { revision, currency, timeZone, debt, versions: plan.versions };
  return {
    currency,
    timeZone,
    isTimeZoneSet: true,
    revision,
    programme,
    compiled: compileProgramme(programme),
  };
}

async function write(
  ctx: Context,
  {
    file,
    plan,
    revision,
    settings,
    before,
  }: {
    file: ProgrammeFile;
    plan: VersionsPlan;
    revision: number;
    settings: Decision | Unchanged;
    before: Programme | null;
  },
): Promise<void> {
  const definition = JSON.stringify(toProgrammeJson(file));
  const row = insertProgramme({ revision, definition, setAt: ctx.now(), setBy: actorName(ctx.actor) });
  const versions = plan.writes.map((one) => versionStatement(one, file, revision));
  try {
    await writeDecision(ctx, {
      rows: [row],
      also: [
        isUnchanged(settings) ? {} : settings,
        {
          rows: versions,
          audit: {
            ...{ kind: 'programme.set', subjectKind: 'programme', subjectId: String(revision) },
            detail: detailOf({ file, plan, revision, before }),
          },
        },
      ],
    });
  } catch (error) {
    if (!isConflictOn(error, 'programmes', 'rule_version', 'setting_is_fixed')) throw error;
    const message = 'Somebody else set the programme just now; look at it and set it again.';
    throw new AppError('programme_conflict', message);
  }
}

/** For the log: the version, what became of each rule, and what else is another now; each version can be fetched as a file. */
function detailOf({
  file,
  plan,
  revision,
  before,
}: {
  file: ProgrammeFile;
  plan: VersionsPlan;
  revision: number;
  before: Programme | null;
}) {
  const rules = (['added', 'changed', 'renamed', 'ended'] as const).flatMap((change) => {
    const ids = plan.rules.filter((rule) => rule.change === change).map(({ id }) => id);
    return ids.length === 0 ? [] : [[`rules_${change}`, ids.join(', ')]];
  });
  const termsOf = (of: Pick<Programme, 'currency' | 'timeZone' | 'debt'>) => ({
    ...{ currency: of.currency, timeZone: of.timeZone, debt: of.debt },
  });
  return {
    ...changesOf(before === null ? null : { version: before.revision, ...termsOf(before) }, {
      version: revision,
      ...termsOf(file),
    }),
    ...Object.fromEntries(rules),
  };
}

function versionStatement(write: VersionWrite, file: ProgrammeFile, revision: number): Statement {
  switch (write.kind) {
    case 'drop':
      return statement(
        'DELETE FROM rule_versions WHERE rule_id = ? AND version = ?',
        write.ruleId,
        write.version,
      );
    case 'place':
      return statement(
        'UPDATE rule_versions SET position = ? WHERE rule_id = ?',
        write.position,
        write.ruleId,
      );
    case 'end':
      return statement(
        'UPDATE rule_versions SET until = ?, position = 999 WHERE rule_id = ? AND until IS NULL',
        write.until,
        write.ruleId,
      );
    case 'insert': {
      const { rule, version, position } = write;
      const definition = JSON.stringify(toProgrammeJson({ ...file, rules: [rule] }).rules[0]);
      return insertVersion({ ruleId: rule.id, version, position, definition, until: null, revision });
    }
  }
}
