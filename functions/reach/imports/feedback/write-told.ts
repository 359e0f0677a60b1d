import { statement } from '../../../../db/query.ts';
import { type Statement, type Store, StoreConflict } from '../../../../db/store.ts';
import type { OtherHistory } from '../../../ground/decision/decision.ts';
import { retrying } from '../../../ground/decision/retrying.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { because, type Reason, wrongIn } from '../reason.ts';
import type { FeedbackFile, RefusedRow } from './parse-told.ts';
import { type ImportedPeople, openPeople } from './people.ts';
import {
  answerStatements,
  feedbackStatements,
  finishStatement,
  type ImportTerms,
  invitationOf,
  messageStatements,
  testimonialStatements,
} from './statements.ts';
import type { SurveysOpen } from './surveys.ts';

export interface WrittenFeedback {
  created: number;
  unchanged: number;
  customers: number;
  refused: RefusedRow[];
}

/** A step that others are in the way of for so long goes on in smaller ones. */
const DEADLINE_MS = 250;

/** Writes some rows in one atomic batch, with a row in the history of each account they are about. */
export async function writeTold(
  ctx: Context,
  entries: readonly FeedbackFile[],
  surveys: SurveysOpen,
): Promise<WrittenFeedback> {
  try {
    const contention = { subject: 'import', deadline_ms: DEADLINE_MS };
    return await retrying(ctx, contention, () => writeOnce(ctx, entries, surveys));
  } catch (error) {
    const refusal = error instanceof AppError ? error.cause : error;
    if (!(refusal instanceof StoreConflict)) throw error;
    return onePartAfterTheOther(ctx, entries, surveys, refusal);
  }
}

async function writeOnce(
  ctx: Context,
  entries: readonly FeedbackFile[],
  surveys: SurveysOpen,
): Promise<WrittenFeedback> {
  const { revision } = await getBusiness(ctx);
  const now = ctx.now();
  const known = await loadOrderContext(ctx.db, entries);
  const isNew = unknownIn(known);
  const fresh = entries.filter(isNew);
  const here = new Set([...known.ids, ...entries.map(({ id }) => id)]);
  const refused = fresh.flatMap((one) => refusalOf(one, { known, here }));
  const taken = fresh.filter(({ fileLine }) => refused.every((one) => one.fileLine !== fileLine));
  const people = await openPeople(ctx.db, taken, { revision, now });
  const terms = { actor: actorName(ctx.actor), now };
  const rows = taken.flatMap((one) => statementsOf(one, { people, surveys, known, terms }));
  if (rows.length > 0) {
    const histories = await listHistories(ctx, { taken, people, revision });
    await writeDecision(ctx, { histories, also: [{ rows }] });
  }
  return {
    created: taken.length,
    unchanged: entries.length - fresh.length,
    customers: people.created,
    refused,
  };
}

/** A row that the database refuses leaves the others unharmed. */
async function onePartAfterTheOther(
  ctx: Context,
  entries: readonly FeedbackFile[],
  surveys: SurveysOpen,
  error: StoreConflict,
): Promise<WrittenFeedback> {
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) {
    const reason = because('contradicts_here', { rule: error.rule });
    return {
      created: 0,
      unchanged: 0,
      customers: 0,
      refused: [{ fileLine: only.fileLine, id: only.id, reason }],
    };
  }
  const middle = Math.ceil(entries.length / 2);
  const first = await writeTold(ctx, entries.slice(0, middle), surveys);
  const second = await writeTold(ctx, entries.slice(middle), surveys);
  return {
    created: first.created + second.created,
    unchanged: first.unchanged + second.unchanged,
    customers: first.customers + second.customers,
    refused: [...first.refused, ...second.refused],
  };
}

/** Ends the questionnaires of some answers that are finished and not ended yet. */
export async function writeFinishes(
  ctx: Context,
  entries: readonly FeedbackFile[],
  surveys: SurveysOpen,
): Promise<void> {
  const answers = entries.flatMap((one) => (one.is === 'answer' && one.state === 'finished' ? [one] : []));
  const byInvitation = new Map(answers.map((one) => [invitationOf(one), one]));
  const open = await ctx.db.fresh.read(
    statement(
      `SELECT i.id, i.customer_id, i.root_id FROM survey_invitations AS i
       WHERE i.id IN (SELECT value FROM json_each(?)) AND i.id NOT IN (SELECT invitation_id FROM survey_finishes)`,
      JSON.stringify([...byInvitation.keys()]),
    ),
  );
  const statements = open.flatMap(([id, customerId, rootId]) => {
    const answer = byInvitation.get(String(id));
    const survey = surveys.get(answer?.survey ?? '');
    if (answer === undefined || survey === undefined) return [];
    const speaker = { customerId: String(customerId), rootId: String(rootId), accountId: String(rootId) };
    return [finishStatement(answer, { speaker, surveyId: survey.surveyId })];
  });
  if (statements.length > 0) await ctx.db.write(statements);
}

/** What of the rows is in the database already. */
interface OrderContext {
  ids: ReadonlySet<string>;
  references: ReadonlyMap<string, string>;
  /** Invitations; grows by those that this step makes. */
  invitations: Set<string>;
}

async function loadOrderContext(db: Store, entries: readonly FeedbackFile[]): Promise<OrderContext> {
  const ids = JSON.stringify([
    ...entries.map(({ id }) => id),
    ...entries.flatMap((one) => (one.is === 'message' ? [one.reply_to] : [])),
  ]);
  const references = JSON.stringify(entries.flatMap((one) => (one.is === 'feedback' ? [one.reference] : [])));
  const invited = JSON.stringify(entries.flatMap((one) => (one.is === 'answer' ? [invitationOf(one)] : [])));
  const list = 'IN (SELECT value FROM json_each(?))';
  const [rows, named, invitations] = await Promise.all([
    db.fresh.read(
      statement(
        `SELECT id FROM feedback WHERE id ${list} UNION ALL SELECT id FROM feedback_messages WHERE id ${list}
         UNION ALL SELECT id FROM testimonials WHERE id ${list}
         UNION ALL SELECT invitation_id || ':' || question_id FROM survey_answers WHERE invitation_id ${list}`,
        ids,
        ids,
        ids,
        invited,
      ),
    ),
    db.fresh.read(statement(`SELECT reference, id FROM feedback WHERE reference ${list}`, references)),
    db.fresh.read(statement(`SELECT id FROM survey_invitations WHERE id ${list}`, invited)),
  ]);
  return {
    ids: new Set(rows.map(([id]) => String(id))),
    references: new Map(named.map(([reference, id]) => [String(reference), String(id)])),
    invitations: new Set(invitations.map(([id]) => String(id))),
  };
}

/** Not there yet, and for the first time in this step. */
function unknownIn(known: OrderContext): (entry: FeedbackFile) => boolean {
  const met = new Set<string>();
  return ({ id }) => {
    if (known.ids.has(id) || met.has(id)) return false;
    met.add(id);
    return true;
  };
}

function refusalOf(
  entry: FeedbackFile,
  { known, here }: { known: OrderContext; here: ReadonlySet<string> },
): RefusedRow[] {
  const refuse = (reason: Reason) => [{ fileLine: entry.fileLine, id: entry.id, reason }];
  if (entry.is === 'feedback') {
    const owner = known.references.get(entry.reference);
    return owner === undefined || owner === entry.id
      ? []
      : refuse(wrongIn('reference', 'reference_of_another'));
  }
  if (entry.is === 'message' && !here.has(entry.reply_to))
    return refuse(wrongIn('reply_to', 'reply_to_nothing'));
  return [];
}

function statementsOf(
  entry: FeedbackFile,
  {
    people,
    surveys,
    known,
    terms,
  }: { people: ImportedPeople; surveys: SurveysOpen; known: OrderContext; terms: ImportTerms },
): Statement[] {
  const speaker = people.speakerOf(entry);
  if (entry.is === 'feedback') return feedbackStatements(entry, speaker, terms);
  if (entry.is === 'message') return messageStatements(entry, terms);
  if (speaker === null) return [];
  if (entry.is === 'testimonial') return testimonialStatements(entry, speaker, terms);
  const survey = surveys.get(entry.survey);
  if (survey === undefined) return [];
  const invitation = invitationOf(entry);
  const isInvited = known.invitations.has(invitation);
  known.invitations.add(invitation);
  return answerStatements(entry, { speaker, survey, isInvited }, terms);
}

/** A line in the history of each account that the rows are about. */
async function listHistories(
  ctx: Context,
  about: { taken: readonly FeedbackFile[]; people: ImportedPeople; revision: number },
): Promise<OtherHistory[]> {
  const { taken, people, revision } = about;
  const byRoot = Map.groupBy(taken, (entry) => people.speakerOf(entry)?.rootId ?? '');
  byRoot.delete('');
  const rows = await ctx.db.fresh.read(
    statement(
      'SELECT id, history_seq FROM accounts WHERE id IN (SELECT value FROM json_each(?))',
      JSON.stringify([...byRoot.keys()]),
    ),
  );
  return rows.map(([id, seq]) => {
    const rootId = String(id);
    const detail = { feedback: byRoot.get(rootId)?.map((entry) => entry.id) ?? [] };
    return { kind: 'feedback_imported', rootId, detail, place: { seq: Number(seq) + 1, revision } };
  });
}
