import { statement } from '../../../../db/query.ts';
import { type Statement, type Store, StoreConflict } from '../../../../db/store.ts';
import type { OtherHistory } from '../../../ground/decision/decision.ts';
import { retrying } from '../../../ground/decision/retrying.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { dayOf } from '../../../ground/platform/business-time.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { markUnit } from '../import-progress.ts';
import { because, type Reason, wrongIn } from '../reason.ts';
import type { FeedbackFile, RefusedRow } from './parse-told.ts';
import { type ImportedPeople, openPeople } from './people.ts';
import {
  answerStatements,
  feedbackStatements,
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

/**
 * Writes the rows of a step in as few atomic batches as others allow, with a row in the history of each account they are
 * about. Under the name of a run each batch carries a mark of its rows and of what is counted of them; rows that a step
 * which was cut off wrote are counted by its marks.
 */
export async function writeStep(
  ctx: Context,
  entries: readonly FeedbackFile[],
  {
    surveys,
    run,
    marks,
  }: { surveys: SurveysOpen; run: string | null; marks: ReadonlyMap<string, WrittenFeedback> },
): Promise<WrittenFeedback> {
  const written: WrittenFeedback = { created: 0, unchanged: 0, customers: 0, refused: [] };
  const add = ({ created, unchanged, customers, refused }: WrittenFeedback) => {
    written.created += created;
    written.unchanged += unchanged;
    written.customers += customers;
    written.refused.push(...refused);
  };
  const done = [...marks].flatMap(([name, counted]) => {
    add(counted);
    const [, from, until] = /^rows (\d+) (\d+)$/.exec(name) ?? [];
    return from === undefined ? [] : [{ from: Number(from), until: Number(until) }];
  });
  const isLeft = ({ fileLine }: FeedbackFile) =>
    done.every(({ from, until }) => fileLine < from || fileLine > until);
  const mark = (name: string, counted: WrittenFeedback) =>
    run === null ? [] : [markUnit(run, name, counted)];
  await writeTold(ctx, entries.filter(isLeft), { surveys, add, mark });
  return written;
}

interface Writing {
  surveys: SurveysOpen;
  /** Counts what is written. */
  add: (counted: WrittenFeedback) => void;
  mark: (name: string, counted: WrittenFeedback) => Statement[];
}

async function writeTold(ctx: Context, entries: readonly FeedbackFile[], writing: Writing): Promise<void> {
  try {
    const contention = { subject: 'import', deadline_ms: DEADLINE_MS };
    writing.add(await retrying(ctx, contention, () => writeOnce(ctx, entries, writing)));
  } catch (error) {
    const refusal = error instanceof AppError ? error.cause : error;
    if (!(refusal instanceof StoreConflict)) throw error;
    await onePartAfterTheOther(ctx, entries, { writing, refusal });
  }
}

async function writeOnce(
  ctx: Context,
  entries: readonly FeedbackFile[],
  { surveys, add, mark }: Writing,
): Promise<WrittenFeedback> {
  const { revision, timeZone } = await getBusiness(ctx);
  const now = ctx.now();
  const today = dayOf(now, timeZone);
  const known = await loadOrderContext(ctx.db, entries);
  const isNew = unknownIn(known);
  const fresh = entries.filter(isNew);
  const here = new Set([...known.ids, ...entries.map(({ id }) => id)]);
  const refused = fresh.flatMap((one) => refusalOf(one, { known, here, today }));
  const taken = fresh.filter(({ fileLine }) => refused.every((one) => one.fileLine !== fileLine));
  const people = await openPeople(ctx.db, taken, {
    ...{ revision, now },
    // They are there whatever becomes of the rows.
    onMade: { add: (customers) => add(made(customers)), mark: (customers) => mark(newId(), made(customers)) },
  });
  const terms = { actor: actorName(ctx.actor), now };
  const rows = taken.flatMap((one) => statementsOf(one, { people, surveys, known, terms }));
  const counted = {
    ...{ created: taken.length, unchanged: entries.length - fresh.length, customers: 0 },
    refused,
  };
  if (rows.length > 0) {
    const histories = await listHistories(ctx, { taken, people, revision });
    const [first, last] = [entries[0]?.fileLine ?? 0, entries.at(-1)?.fileLine ?? 0];
    await writeDecision(ctx, {
      ...{ histories, also: [{ rows }] },
      beside: mark(`rows ${first} ${last}`, counted),
    });
  }
  return counted;
}

const made = (customers: number): WrittenFeedback => ({ created: 0, unchanged: 0, customers, refused: [] });

/** A row that the database refuses leaves the others unharmed. */
async function onePartAfterTheOther(
  ctx: Context,
  entries: readonly FeedbackFile[],
  { writing, refusal }: { writing: Writing; refusal: StoreConflict },
): Promise<void> {
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) {
    const reason = because('contradicts_here', { rule: refusal.rule });
    writing.add({ ...made(0), refused: [{ fileLine: only.fileLine, id: only.id, reason }] });
    return;
  }
  const middle = Math.ceil(entries.length / 2);
  await writeTold(ctx, entries.slice(0, middle), writing);
  await writeTold(ctx, entries.slice(middle), writing);
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
  { known, here, today }: { known: OrderContext; here: ReadonlySet<string>; today: string },
): RefusedRow[] {
  const refuse = (reason: Reason) => [{ fileLine: entry.fileLine, id: entry.id, reason }];
  if (entry.is === 'feedback') {
    if (entry.said_on !== null && entry.said_on > today) return refuse(wrongIn('said_on', 'in_future'));
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
