import { statement } from '../../../../db/query.ts';
import type { Row, Store } from '../../../../db/store.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getCase } from '../../../voice/feedback/get-case.ts';
import type { CaseFile } from '../../../voice/feedback/types.ts';
import type { SurveyDefinition } from '../../../voice/surveys/definition.ts';
import { readDefinition } from '../../../voice/surveys/read-definition.ts';
import { type CustomerAsked, type CustomerHead, findHead } from './find-head.ts';

const THREADS_A_PAGE = 10;
const SURVEYS_MAX = 30;

/** What somebody answered when a survey asked them. */
export interface AnsweredSurvey {
  id: string;
  definition: SurveyDefinition;
  /** When they answered to the end; null while they did not. */
  finishedAt: number | null;
  at: number;
  /** By the question's id, with the statement behind a point where it has several. */
  answers: { id: string; value: number | null; text: string | null }[];
}

/** All that a customer told, the newest first. */
export interface Conversation {
  head: CustomerHead;
  threads: CaseFile[];
  page: number;
  pages: number;
  /** To all but analysts. */
  surveys: AnsweredSurvey[];
}

/** A page beyond the last shows the last. @throws {AppError} `not_found`, `unauthenticated`, `forbidden` */
export async function getConversation(
  ctx: Context,
  asked: CustomerAsked & { page: number },
): Promise<Conversation> {
  allow(ctx.actor, 'feedback:read');
  const { head, isPrivate } = await findHead(ctx, asked);
  const { customerId } = asked;
  const total = await countThreads(ctx.db, customerId);
  const pages = Math.max(1, Math.ceil(total / THREADS_A_PAGE));
  const page = Math.min(asked.page, pages);
  const [references, surveys] = await Promise.all([
    listReferences(ctx.db, customerId, page),
    isPrivate ? listAnswered(ctx.db, customerId) : [],
  ]);
  const threads = await Promise.all(references.map((reference) => getCase(ctx, { reference })));
  return { head, threads, page, pages, surveys };
}

async function countThreads(db: Store, customerId: string): Promise<number> {
  const rows = await db.read(statement('SELECT count(*) FROM feedback WHERE customer_id = ?', customerId));
  return Number(rows[0]?.[0] ?? 0);
}

async function listReferences(db: Store, customerId: string, page: number): Promise<string[]> {
  const rows = await db.read(
    statement(
      'SELECT reference FROM feedback WHERE customer_id = ? ORDER BY at DESC, id DESC LIMIT ? OFFSET ?',
      customerId,
      THREADS_A_PAGE,
      (page - 1) * THREADS_A_PAGE,
    ),
  );
  return rows.map(([reference]) => String(reference));
}

async function listAnswered(db: Store, customerId: string): Promise<AnsweredSurvey[]> {
  const rows = await db.read(
    statement(
      `SELECT i.id, v.definition, f.at, i.at,
         (SELECT json_group_array(json_array(question_id, value, text)) FROM survey_answers WHERE invitation_id = i.id)
       FROM survey_invitations AS i
       JOIN survey_versions AS v ON v.survey_id = i.survey_id AND v.version = i.version
       LEFT JOIN survey_finishes AS f ON f.invitation_id = i.id
       WHERE i.customer_id = ? AND EXISTS (SELECT 1 FROM survey_answers WHERE invitation_id = i.id)
       ORDER BY i.at DESC, i.id DESC LIMIT ?`,
      customerId,
      SURVEYS_MAX,
    ),
  );
  return rows.map(toAnswered);
}

function toAnswered([id, definition, finishedAt, at, told]: Row): AnsweredSurvey {
  const answers: [string, number | null, string | null][] = JSON.parse(String(told));
  return {
    id: String(id),
    definition: readDefinition(String(definition)),
    finishedAt: finishedAt === null ? null : Number(finishedAt),
    at: Number(at),
    answers: answers.map(([question, value, text]) => ({ id: question, value, text })),
  };
}
