import { insertInto } from '../../../../db/query.ts';
import { causeEvents } from '../../../../db/schema/index.ts';
import type { Statement } from '../../../../db/store.ts';
import type { AuditLine } from '../../../ground/audit/insert-audit-line.ts';
import type { Decision } from '../../../ground/decision/decision.ts';
import { retrying } from '../../../ground/decision/retrying.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import type { CauseEvent, CauseRow } from './queries.ts';
import { findCause } from './queries.ts';

const insertEvent = insertInto(causeEvents);

/** One thing that happens with a cause. */
export interface NewCauseEvent {
  kind: CauseEvent['kind'];
  subjectId?: string | null;
}

/** What is to become of a cause; no event where it stays as it is. */
export interface CauseDecision extends Pick<Decision, 'rows' | 'letters' | 'beside'> {
  events: readonly NewCauseEvent[];
  audit: Pick<AuditLine, 'kind' | 'detail'>;
}

/**
 * Changes a cause by what `decide` makes of it, in one atomic write, decided again when somebody else changed it meanwhile. Rows
 * and events bear the same `now`: by it a closing is told from what came before.
 * @throws {AppError} `not_found`, whatever `decide` throws, `unavailable`
 */
export async function changeCause(
  ctx: Context,
  { id }: { id: string },
  decide: (cause: CauseRow, now: number) => CauseDecision | Promise<CauseDecision>,
): Promise<void> {
  await retrying(ctx, { subject: 'cause', key: `cause:${id}` }, async () => {
    const cause = await getCauseRow(ctx, id);
    const now = ctx.now();
    const { beside = [], ...decision } = await decide(cause, now);
    const isChanged = decision.events.length > 0;
    await writeDecision(ctx, { ...(isChanged ? toDecision(ctx, { cause, now }, decision) : {}), beside });
  });
}

/** The same as part of what another room's row decides. */
export function toDecision(
  ctx: Context,
  { cause, now }: { cause: Pick<CauseRow, 'id' | 'eventSeq'>; now: number },
  { events, audit, rows = [], ...others }: CauseDecision,
): Decision {
  return {
    ...others,
    rows: [...eventStatements(ctx, { ...cause, now }, events), ...rows],
    audit: { ...audit, subjectKind: 'cause', subjectId: cause.id },
  };
}

/** The rows of some events; the number of the first is the lock. */
export function eventStatements(
  ctx: Pick<Context, 'actor'>,
  { id, eventSeq, now }: Pick<CauseRow, 'id' | 'eventSeq'> & { now: number },
  events: readonly NewCauseEvent[],
): Statement[] {
  return events.map(({ kind, subjectId = null }, index) =>
    insertEvent({
      ...{ causeId: id, seq: eventSeq + 1 + index, kind, subjectId },
      ...{ at: now, actor: actorName(ctx.actor) },
    }),
  );
}

export async function getCauseRow(ctx: Context, id: string): Promise<CauseRow> {
  const cause = await findCause(ctx.db.fresh, { id });
  if (cause === null) throw noCause();
  return cause;
}

export const noCause = () => new AppError('not_found', 'There is no such cause.');
