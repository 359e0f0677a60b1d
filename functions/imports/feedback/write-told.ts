import { statement } from '../../../db/query.ts';
import { type Statement, type Store, StoreConflict } from '../../../db/store.ts';
import { isContention } from '../../accounts/change-account.ts';
import { insertHistory } from '../../accounts/statements.ts';
import { getBusiness } from '../../business/business.ts';
import { actorName, type Context } from '../../platform/context.ts';
import type { Refused, Told } from './parse-told.ts';
import { openPeople, type People } from './people.ts';
import {
  answerStatements,
  feedbackStatements,
  finishStatement,
  invitationOf,
  messageStatements,
  type Terms,
  testimonialStatements,
} from './statements.ts';
import type { SurveysOpen } from './surveys.ts';

export interface Written {
  created: number;
  unchanged: number;
  customers: number;
  refused: Refused[];
}

const TRIES_MAX = 10;

/** Writes some rows in one atomic batch, with a row in the history of each account they are about. */
export async function writeTold(
  ctx: Context,
  told: readonly Told[],
  surveys: SurveysOpen,
  tries = 1,
): Promise<Written> {
  const { revision } = await getBusiness(ctx);
  const now = ctx.now();
  const known = await loadKnown(ctx.db, told);
  const isNew = unknownIn(known);
  const fresh = told.filter(isNew);
  const here = new Set([...known.ids, ...told.map(({ id }) => id)]);
  const refused = fresh.flatMap((one) => refusalOf(one, { known, here }));
  const taken = fresh.filter(({ fileLine }) => refused.every((one) => one.fileLine !== fileLine));
  const people = await openPeople(ctx.db, taken, { revision, now });
  const terms = { actor: actorName(ctx.actor), now };
  const statements = taken.flatMap((one) => statementsOf(one, { people, surveys, known, terms }));
  const history = await historyStatements(ctx, { taken, people, revision, terms });
  try {
    if (statements.length > 0) await ctx.db.write([...history, ...statements]);
  } catch (error) {
    if (isContention(error) && tries < TRIES_MAX) return writeTold(ctx, told, surveys, tries + 1);
    if (!(error instanceof StoreConflict)) throw error;
    return onePartAfterTheOther(ctx, told, surveys, error);
  }
  return {
    created: taken.length,
    unchanged: told.length - fresh.length,
    customers: people.created,
    refused,
  };
}

/** A row that the database refuses leaves the others unharmed. */
async function onePartAfterTheOther(
  ctx: Context,
  told: readonly Told[],
  surveys: SurveysOpen,
  error: StoreConflict,
): Promise<Written> {
  const [only] = told;
  if (told.length === 1 && only !== undefined) {
    const reason = `contradicts what is here (${error.rule})`;
    return {
      created: 0,
      unchanged: 0,
      customers: 0,
      refused: [{ fileLine: only.fileLine, id: only.id, reason }],
    };
  }
  const middle = Math.ceil(told.length / 2);
  const first = await writeTold(ctx, told.slice(0, middle), surveys);
  const second = await writeTold(ctx, told.slice(middle), surveys);
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
  told: readonly Told[],
  surveys: SurveysOpen,
): Promise<void> {
  const answers = told.flatMap((one) => (one.is === 'answer' && one.state === 'finished' ? [one] : []));
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
interface Known {
  ids: ReadonlySet<string>;
  references: ReadonlyMap<string, string>;
  /** Invitations; grows by those that this step makes. */
  invitations: Set<string>;
}

async function loadKnown(db: Store, told: readonly Told[]): Promise<Known> {
  const ids = JSON.stringify([
    ...told.map(({ id }) => id),
    ...told.flatMap((one) => (one.is === 'message' ? [one.reply_to] : [])),
  ]);
  const references = JSON.stringify(told.flatMap((one) => (one.is === 'feedback' ? [one.reference] : [])));
  const invited = JSON.stringify(told.flatMap((one) => (one.is === 'answer' ? [invitationOf(one)] : [])));
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
function unknownIn(known: Known): (told: Told) => boolean {
  const met = new Set<string>();
  return ({ id }) => {
    if (known.ids.has(id) || met.has(id)) return false;
    met.add(id);
    return true;
  };
}

function refusalOf(told: Told, { known, here }: { known: Known; here: ReadonlySet<string> }): Refused[] {
  const refuse = (reason: string) => [{ fileLine: told.fileLine, id: told.id, reason }];
  if (told.is === 'feedback') {
    const owner = known.references.get(told.reference);
    return owner === undefined || owner === told.id
      ? []
      : refuse('reference: is that of other feedback here');
  }
  if (told.is === 'message' && !here.has(told.reply_to))
    return refuse('reply_to: the feedback it belongs to is not here');
  return [];
}

function statementsOf(
  told: Told,
  { people, surveys, known, terms }: { people: People; surveys: SurveysOpen; known: Known; terms: Terms },
): Statement[] {
  const speaker = people.speakerOf(told);
  if (told.is === 'feedback') return feedbackStatements(told, speaker, terms);
  if (told.is === 'message') return messageStatements(told, terms);
  if (speaker === null) return [];
  if (told.is === 'testimonial') return testimonialStatements(told, speaker, terms);
  const survey = surveys.get(told.survey);
  if (survey === undefined) return [];
  const invitation = invitationOf(told);
  const isInvited = known.invitations.has(invitation);
  known.invitations.add(invitation);
  return answerStatements(told, { speaker, survey, isInvited }, terms);
}

async function historyStatements(
  ctx: Context,
  about: { taken: readonly Told[]; people: People; revision: number; terms: Terms },
): Promise<Statement[]> {
  const { taken, people, revision, terms } = about;
  const byRoot = Map.groupBy(taken, (told) => people.speakerOf(told)?.rootId ?? '');
  byRoot.delete('');
  const rows = await ctx.db.fresh.read(
    statement(
      'SELECT id, history_seq FROM accounts WHERE id IN (SELECT value FROM json_each(?))',
      JSON.stringify([...byRoot.keys()]),
    ),
  );
  return rows.flatMap(([id, seq]) => {
    const accountId = String(id);
    const next = Number(seq) + 1;
    return [
      insertHistory({
        accountId,
        seq: next,
        at: terms.now,
        kind: 'feedback_imported',
        actor: terms.actor,
        detail: JSON.stringify({ feedback: byRoot.get(accountId)?.map((told) => told.id) ?? [] }),
        programmeRevision: revision,
      }),
      statement('UPDATE accounts SET history_seq = ? WHERE id = ?', next, accountId),
    ];
  });
}
