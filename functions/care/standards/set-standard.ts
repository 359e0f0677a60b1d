import { insertInto, statement } from '../../../db/query.ts';
import { replyStandards } from '../../../db/schema/index.ts';
import { changesOf } from '../../ground/audit/changes.ts';
import { retrying } from '../../ground/decision/retrying.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { listStandardRows } from './queries.ts';
import { type SetStandardInput, setStandardInput } from './schema.ts';

const insertStandard = insertInto(replyStandards);

/** What holds now; `id` is null where nothing does any more. */
export interface SetStandard {
  id: string | null;
  hours: number | null;
}

/**
 * Says within how many business hours who waits is answered, by what they told, who they are and how it came; null takes the
 * standard back. It holds for whoever begins to wait from now on: what was promised stays. The same again changes nothing.
 * @throws {AppError} `validation_failed`, `forbidden`, `scope_missing`
 */
export async function setStandard(
  ctx: Context,
  typed: SetStandardInput,
  options: Alongside<SetStandard> = {},
): Promise<SetStandard> {
  allow(ctx.actor, 'settings:write');
  const { hours, ...place } = parseInput(setStandardInput, typed);
  const contention = { subject: 'standard', conflicts: ['reply_standards'] };
  return retrying(ctx, contention, async () => {
    const rows = await listStandardRows(ctx.db.fresh);
    const kept =
      rows.find(
        (row) =>
          row.kind === place.kind &&
          row.channel === place.channel &&
          row.audience === place.audience &&
          row.level === place.level,
      ) ?? null;
    const isSame = (kept?.hours ?? null) === hours;
    const id = isSame ? (kept?.id ?? null) : hours === null ? null : newId();
    const answer: SetStandard = { id, hours };
    const beside = options.alongside?.(answer, 200) ?? [];
    const done = { at: ctx.now(), actor: actorName(ctx.actor) };
    await writeDecision(ctx, {
      rows: isSame
        ? []
        : [
            ...(kept === null ? [] : [endStandard(kept.id, done)]),
            ...(id === null || hours === null
              ? []
              : [insertStandard({ ...place, id, hours, ...done, endedAt: null, endedBy: null })]),
          ],
      audit: isSame
        ? null
        : {
            kind: hours === null ? 'standard.ended' : 'standard.set',
            ...{ subjectKind: 'standard', subjectId: id ?? kept?.id ?? '' },
            detail: { ...auditDetail(place), ...changesOf({ hours: kept?.hours ?? null }, { hours }) },
          },
      beside,
    });
    return answer;
  });
}

const endStandard = (id: string, { at, actor }: { at: number; actor: string }) =>
  statement(
    'UPDATE reply_standards SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at IS NULL',
    ...[at, actor, id],
  );

function auditDetail(told: Record<string, string | number | null>): Record<string, string> {
  const said = Object.entries(told).flatMap(([name, value]) =>
    value === null ? [] : [[name, String(value)] as const],
  );
  return Object.fromEntries(said);
}
