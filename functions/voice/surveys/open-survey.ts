import { statement } from '../../../db/query.ts';
import type { AuditKind } from '../../ground/audit/audit-kind.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allowRole } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { getSurveyRow } from './save-survey.ts';

/**
 * From now on the survey invites.
 * @throws {AppError} `forbidden`, `not_found`, `survey_not_open` when it was opened before
 */
export async function openSurvey(ctx: Context, { id }: { id: string }): Promise<void> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const { openedAt } = await getSurveyRow(ctx, id);
  if (openedAt !== null) throw new AppError('survey_not_open', 'The survey was opened before.');
  await write(ctx, { id, kind: 'survey.opened', sql: setOpened });
}

/**
 * From now on nobody is invited to it or answers it. It stays closed: what is asked at another time is another survey.
 * @throws {AppError} `forbidden`, `not_found`, `survey_not_open`
 */
export async function closeSurvey(ctx: Context, { id }: { id: string }): Promise<void> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const { openedAt, closedAt } = await getSurveyRow(ctx, id);
  if (openedAt === null || closedAt !== null)
    throw new AppError('survey_not_open', 'The survey is not open.');
  await write(ctx, { id, kind: 'survey.closed', sql: setClosed });
}

const setOpened = 'UPDATE surveys SET opened_at = ?, opened_by = ? WHERE id = ? AND opened_at IS NULL';
const setClosed = 'UPDATE surveys SET closed_at = ?, closed_by = ? WHERE id = ? AND closed_at IS NULL';

async function write(
  ctx: Context,
  { id, kind, sql }: { id: string; kind: AuditKind; sql: string },
): Promise<void> {
  await writeDecision(ctx, {
    rows: [statement(sql, ctx.now(), actorName(ctx.actor), id)],
    audit: { kind, subjectKind: 'survey', subjectId: id },
  });
}
