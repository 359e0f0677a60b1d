import { insertInto, statement } from '../../../../db/query.ts';
import { procedures } from '../../../../db/schema/index.ts';
import { changesOf } from '../../../ground/audit/changes.ts';
import { retrying } from '../../../ground/decision/retrying.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Alongside } from '../../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { parseInput } from '../../../ground/platform/parse-input.ts';
import { listProcedureRows } from '../queries.ts';
import { type SetProcedureInput, setProcedureInput } from '../schema.ts';
import { readSteps, stepsAfter } from './steps.ts';

const insertProcedure = insertInto(procedures);

/** What holds now; `id` is null where nothing does any more. */
export interface SetProcedure {
  id: string | null;
  steps: number;
}

/**
 * Says what is done about one kind of feedback or contact, step by step; without a step there is no procedure any more. What was
 * ticked stays ticked where the words of the step stay. The same again changes nothing.
 * @throws {AppError} `validation_failed`, `forbidden`, `scope_missing`
 */
export async function setProcedure(
  ctx: Context,
  typed: SetProcedureInput,
  options: Alongside<SetProcedure> = {},
): Promise<SetProcedure> {
  allow(ctx.actor, 'settings:write');
  const { kind, channel, name, steps: said } = parseInput(setProcedureInput, typed);
  return retrying(ctx, { subject: 'procedure', conflicts: ['procedures'] }, async () => {
    const rows = await listProcedureRows(ctx.db.fresh);
    const kept = rows.find((row) => row.kind === kind && row.channel === channel) ?? null;
    const steps = JSON.stringify(stepsAfter(kept === null ? [] : readSteps(kept.steps), said));
    const isSame = said.length === 0 ? kept === null : kept?.steps === steps && kept.name === name;
    const id = said.length === 0 ? null : isSame ? (kept?.id ?? null) : newId();
    const answer: SetProcedure = { id, steps: said.length };
    const done = { at: ctx.now(), actor: actorName(ctx.actor) };
    const ended = statement(
      'UPDATE procedures SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at IS NULL',
      ...[done.at, done.actor, kept?.id ?? ''],
    );
    await writeDecision(ctx, {
      rows: isSame
        ? []
        : [
            ended,
            ...(id === null
              ? []
              : [insertProcedure({ id, kind, channel, name, steps, ...done, endedAt: null, endedBy: null })]),
          ],
      audit: isSame
        ? null
        : {
            kind: id === null ? 'procedure.ended' : 'procedure.set',
            ...{ subjectKind: 'procedure', subjectId: id ?? kept?.id ?? '' },
            detail: changesOf(
              kept === null ? null : told(kept.name, readSteps(kept.steps)),
              id === null ? null : told(name, said),
            ),
          },
      beside: options.alongside?.(answer, 200) ?? [],
    });
    return answer;
  });
}

/** For the log. */
const told = (name: string, steps: readonly { what: string; who: string }[]) => ({
  name,
  steps: steps.map(({ what, who }) => `${what} (${who})`).join(' / '),
});
