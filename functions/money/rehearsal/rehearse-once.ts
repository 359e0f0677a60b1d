import type { Alongside } from '../../ground/platform/alongside.ts';
import type { Context } from '../../ground/platform/context.ts';
import { type RehearsalAnswer, toRehearsalAnswer } from './answer.ts';
import { rehearse } from './rehearse.ts';
import type { RehearseInput } from './schema.ts';

const MS_MAX = 20_000;

/** A rehearsal for a program: accounts by id, and the answer is kept, since a keyed request says the same for ever. */
export async function rehearseOnce(
  ctx: Context,
  { programme, since }: RehearseInput,
  { alongside }: Required<Alongside<RehearsalAnswer>>,
): Promise<RehearsalAnswer> {
  const rehearsal = await rehearse(ctx, programme, { since: since ?? null, msMax: MS_MAX });
  const answer = toRehearsalAnswer(rehearsal, (accountId) => accountId);
  await ctx.db.write(alongside(answer, 200));
  return answer;
}
