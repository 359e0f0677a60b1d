import type { Context } from '../../ground/platform/context.ts';
import { OPEN_FROM } from '../rehearsal/draft.ts';
import { toProgrammeJson } from '../rewards/programme.ts';
import { changedMeanwhile, dropDraft, getDraft } from './draft.ts';
import { type ProgrammePublished, publishProgramme } from './publish-programme.ts';

/**
 * Sets the draft as the programme; what has no first day of its own begins on `from`. A dry run computes the same and
 * writes nothing.
 * @throws {AppError} as `publishProgramme`, and `programme_conflict` where the draft is another than the one looked at
 */
export async function publishDraft(
  ctx: Context,
  { revision, from, isDryRun }: { revision: number; from: string; isDryRun: boolean },
): Promise<ProgrammePublished> {
  const draft = await getDraft({ ...ctx, db: ctx.db.fresh });
  if (draft.revision !== revision) throw changedMeanwhile();
  const rules = draft.file.rules.map((rule) => (rule.from === OPEN_FROM ? { ...rule, from } : rule));
  const set = await publishProgramme(ctx, toProgrammeJson({ ...draft.file, rules }), { isDryRun });
  if (!isDryRun) await dropDraft(ctx, { revision });
  return set;
}
