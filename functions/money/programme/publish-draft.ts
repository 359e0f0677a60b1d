import type { Context } from '../../ground/platform/context.ts';
import { OPEN_FROM } from '../rehearsal/draft.ts';
import { toProgrammeJson } from '../rewards/programme.ts';
import { changedMeanwhile, dropDraft, getDraft } from './draft.ts';
import { type ProgrammeSet, setProgramme } from './set-programme.ts';

/**
 * Sets the draft as the programme; what has no first day of its own begins on `from`. A dry run computes the same and
 * writes nothing.
 * @throws {AppError} as `setProgramme`, and `programme_conflict` where the draft is another than the one looked at
 */
export async function publishDraft(
  ctx: Context,
  { revision, from, isDryRun }: { revision: number; from: string; isDryRun: boolean },
): Promise<ProgrammeSet> {
  const draft = await getDraft({ ...ctx, db: ctx.db.fresh });
  if (draft.revision !== revision) throw changedMeanwhile();
  const rules = draft.file.rules.map((rule) => (rule.from === OPEN_FROM ? { ...rule, from } : rule));
  const set = await setProgramme(ctx, toProgrammeJson({ ...draft.file, rules }), { isDryRun });
  if (!isDryRun) await dropDraft(ctx, { revision });
  return set;
}
