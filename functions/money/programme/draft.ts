import { desc } from 'drizzle-orm';
import { insertInto, queryOne, statement } from '../../../db/query.ts';
import { programmeDrafts } from '../../../db/schema/index.ts';
import { isConflictOn } from '../../../db/store.ts';
import { allowRole } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError, assert } from '../../ground/platform/errors.ts';
import { type Business, getBusiness } from '../business/business.ts';
import { OPEN_FROM, parseDraft } from '../rehearsal/draft.ts';
import { fileOf, type ProgrammeFile, samePromise, toProgrammeJson } from '../rewards/programme.ts';
import type { Programme, Rule } from '../rewards/types.ts';

/** The one draft of the next programme, which all owners and managers share. */
export interface Draft {
  /** What a change has to name; 0 while nobody began one. */
  revision: number;
  /** A rule whose `from` is `OPEN_FROM` begins on the day of publishing. */
  file: ProgrammeFile;
  /** Ids of all rules that there ever were: a new rule has another. */
  takenIds: ReadonlySet<string>;
  /** Who changed it last, and when; null where it is the programme in force. */
  changed: { at: number; actor: string } | null;
}

const insertDraft = insertInto(programmeDrafts);

const findDraft = queryOne((db) =>
  db.select().from(programmeDrafts).orderBy(desc(programmeDrafts.revision)).limit(1),
);

/**
 * The draft, or the programme in force while there is none.
 * @throws {AppError} `forbidden`, and `currency_not_set` before the business has a currency
 */
export async function getDraft(ctx: Context): Promise<Draft> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const [row, business] = await Promise.all([findDraft(ctx.db), getBusiness(ctx)]);
  const revision = row?.revision ?? 0;
  const takenIds = new Set(business.programme?.versions.map(({ rule }) => rule.id));
  if (row === null || row.definition === null)
    return { revision, file: fileInForce(business), takenIds, changed: null };
  const parsed = parseDraft(JSON.parse(row.definition));
  assert(parsed.ok, 'a kept draft is valid');
  return { revision, file: parsed.file, takenIds, changed: { at: row.at, actor: row.actor } };
}

/**
 * Keeps a draft in place of the one that was looked at. `json` went through `JSON.parse`.
 * @throws {AppError} `validation_failed` with every mistake of the file, and `programme_conflict` where somebody else
 * was faster
 */
export async function saveDraft(ctx: Context, json: unknown, seen: { revision: number }): Promise<void> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const parsed = parseDraft(json);
  if (!parsed.ok)
    throw new AppError('validation_failed', 'The programme is refused.', { errors: parsed.errors });
  const { programme } = await getBusiness(ctx);
  const rules = parsed.file.rules.map((rule) => withItsFrom(rule, programme));
  await writeDraft(ctx, JSON.stringify(toDraftJson({ ...parsed.file, rules })), seen);
}

/** Goes back to the programme in force. @throws {AppError} `programme_conflict` */
export async function dropDraft(ctx: Context, seen: { revision: number }): Promise<void> {
  allowRole(ctx.actor, ['owner', 'manager']);
  await writeDraft(ctx, null, seen);
}

/** The file as it is kept and taken home: what begins on the day of publishing has no `from`. */
export function toDraftJson(file: ProgrammeFile) {
  const json = toProgrammeJson(file);
  const rules = json.rules.map(({ from, ...rule }) => (from === OPEN_FROM ? rule : { ...rule, from }));
  return { ...json, rules };
}

async function writeDraft(
  ctx: Context,
  definition: string | null,
  seen: { revision: number },
): Promise<void> {
  if (!Number.isSafeInteger(seen.revision) || seen.revision < 0) throw changedMeanwhile();
  const revision = seen.revision + 1;
  try {
    await ctx.db.write([
      insertDraft({ revision, definition, at: ctx.now(), actor: actorName(ctx.actor) }),
      statement('DELETE FROM programme_drafts WHERE revision < ?', revision),
    ]);
  } catch (error) {
    if (!isConflictOn(error, 'programme_drafts')) throw error;
    throw changedMeanwhile();
  }
}

/** The draft is another than the one that somebody looked at. */
export function changedMeanwhile(): AppError {
  return new AppError('programme_conflict', 'Somebody else changed the draft just now; look at it again.');
}

/**
 * A rule that promises something else than the one in force cannot begin when that began; one that promises the same
 * goes on.
 */
function withItsFrom(rule: Rule, programme: Programme | null): Rule {
  const running = programme?.versions.findLast(
    ({ rule: other, until }) => other.id === rule.id && until === null,
  );
  if (running === undefined) return rule;
  const { from } = running.rule;
  if (rule.from === OPEN_FROM && samePromise({ ...rule, from }, running.rule)) return { ...rule, from };
  return rule.from === from && !samePromise(rule, running.rule) ? { ...rule, from: OPEN_FROM } : rule;
}

function fileInForce({ programme, currency, timeZone }: Business): ProgrammeFile {
  if (programme !== null) return fileOf(programme);
  if (currency === null) throw new AppError('currency_not_set', 'Set a currency first.');
  return { currency, timeZone, debt: 'carry', rules: [] };
}
