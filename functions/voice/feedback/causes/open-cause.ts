import { retrying } from '../../../ground/decision/retrying.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Alongside } from '../../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { identifier } from '../../../ground/platform/input.ts';
import { parseInput } from '../../../ground/platform/parse-input.ts';
import { insertCause } from '../statements.ts';
import { eventStatements } from './change-cause.ts';
import { findCauseByName } from './queries.ts';

const CAUSE_NAME_LENGTH_MAX = 120;
export const causeName = identifier(CAUSE_NAME_LENGTH_MAX);

/** Names a cause; the id of the one that has the name already. @throws {AppError} `validation_failed`, `forbidden` */
export async function openCause(
  ctx: Context,
  { name: typed }: { name: string },
  options: Alongside<{ id: string }> = {},
): Promise<string> {
  allow(ctx.actor, 'feedback:write');
  const name = parseInput(causeName, typed);
  return retrying(ctx, { subject: 'list of causes', conflicts: ['causes.name'] }, async () => {
    const known = await findCauseByName(ctx.db.fresh, { name });
    const id = known?.id ?? newId();
    const now = ctx.now();
    const beside = options.alongside?.({ id }, known === null ? 201 : 200) ?? [];
    if (known !== null) await writeDecision(ctx, { beside });
    else {
      await writeDecision(ctx, {
        rows: [
          insertCause({ id, name, openedAt: now, openedBy: actorName(ctx.actor) }),
          ...eventStatements(ctx, { id, eventSeq: 0, now }, [{ kind: 'opened' }]),
        ],
        audit: { kind: 'cause.opened', subjectKind: 'cause', subjectId: id },
        beside,
      });
    }
    return id;
  });
}
