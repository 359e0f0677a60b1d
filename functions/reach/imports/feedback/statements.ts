import { insertInto, statement } from '../../../../db/query.ts';
import {
  caseEvents,
  causes,
  feedback,
  feedbackMentions,
  feedbackMessages,
  surveyAnswers,
  surveyFinishes,
  surveyInvitations,
  testimonialDecisions,
  testimonials,
  testimonialWithdrawals,
} from '../../../../db/schema/index.ts';
import type { Statement } from '../../../../db/store.ts';
import { locales } from '../../../../languages/built.ts';
import { hashOf, newId, newToken } from '../../../ground/platform/ids.ts';
import type { CaseEventKind, CaseState } from '../../../voice/feedback/case-state.ts';
import { storedText } from '../../../voice/feedback/stored-text.ts';
import type { ToldAnswer, ToldFeedback, ToldMessage, ToldTestimonial } from './parse-told.ts';
import type { Speaker } from './people.ts';

const insertFeedback = insertInto(feedback);
const insertMessage = insertInto(feedbackMessages);
const insertMention = insertInto(feedbackMentions);
const insertCaseEvent = insertInto(caseEvents);
const insertCause = insertInto(causes, 'ON CONFLICT DO NOTHING');
const insertInvitation = insertInto(surveyInvitations);
const insertAnswer = insertInto(surveyAnswers);
const insertFinish = insertInto(surveyFinishes);
const insertTestimonial = insertInto(testimonials);
const insertDecision = insertInto(testimonialDecisions);
const insertWithdrawal = insertInto(testimonialWithdrawals);

/** Who imports, and when: what a file does not tell. */
export interface ImportTerms {
  actor: string;
  now: number;
}

/** Feedback with its case as it stood; what is over or was never answered is nobody's overdue reply here. */
export function feedbackStatements(
  told: ToldFeedback,
  speaker: Speaker | null,
  terms: ImportTerms,
): Statement[] {
  const row = insertFeedback({
    id: told.id,
    reference: told.reference,
    kind: told.kind,
    customerId: speaker?.customerId,
    accountId: speaker?.accountId,
    rootId: speaker?.rootId,
    orderSource: told.order_source,
    orderNumber: told.order_number,
    lineId: told.line,
    servedBy: told.served_by,
    page: told.page,
    product: told.product,
    text: storedText(told.text),
    language: told.language,
    wantsReply: told.wants_reply === 'yes',
    source: told.source,
    at: told.told_at,
    actor: terms.actor,
  });
  const rows = [row, ...mentionStatements(told)];
  return told.state === '' ? rows : [...rows, ...caseStatements(told, told.state, terms)];
}

function mentionStatements({ id, place, url, author, rating, said_on, told_at }: ToldFeedback): Statement[] {
  if (place === null) return [];
  const saidOn = said_on ?? new Date(told_at).toISOString().slice(0, 10);
  return [insertMention({ feedbackId: id, place, url, author, rating, saidOn })];
}

const eventOf: Record<Exclude<CaseState, 'open'>, CaseEventKind> = {
  answered: 'answered',
  waiting: 'waiting_for_customer',
  resolved: 'resolved',
  closed: 'closed',
};

function caseStatements(told: ToldFeedback, state: CaseState, { actor, now }: ImportTerms): Statement[] {
  const changedAt = told.state_at ?? told.told_at;
  const event = (seq: number, kind: CaseEventKind, at: number) =>
    insertCaseEvent({ feedbackId: told.id, seq, at, kind, actor });
  return [
    ...(told.cause === null
      ? []
      : [insertCause({ id: newId(), name: told.cause, openedAt: now, openedBy: actor })]),
    statement(
      `INSERT INTO cases (feedback_id, opened_at, state, cause_id, changed_at, event_seq)
       VALUES (?, ?, ?, (SELECT id FROM causes WHERE name = ?), ?, ?)`,
      told.id,
      told.told_at,
      state,
      told.cause,
      changedAt,
      state === 'open' ? 1 : 2,
    ),
    event(1, 'opened', told.told_at),
    ...(state === 'open' ? [] : [event(2, eventOf[state], changedAt)]),
  ];
}

export function messageStatements(told: ToldMessage, { actor }: ImportTerms): Statement[] {
  return [
    insertMessage({
      id: told.id,
      feedbackId: told.reply_to,
      from: told.said_by,
      text: storedText(told.text),
      isInternal: false,
      at: told.told_at,
      actor,
      place: told.place,
      url: told.url,
    }),
  ];
}

/** An answer, with its invitation where it is the first of one. */
export function answerStatements(
  told: ToldAnswer,
  about: { speaker: Speaker; survey: { surveyId: string; version: number }; isInvited: boolean },
  { actor }: ImportTerms,
): Statement[] {
  const { speaker, survey, isInvited } = about;
  const invitationId = invitationOf(told);
  const invitation = insertInvitation({
    id: invitationId,
    ...survey,
    customerId: speaker.customerId,
    rootId: speaker.rootId,
    reason: 'hand',
    occasion: `import ${invitationId}`,
    tokenHash: hashOf(newToken()),
    isRegular: false,
    isMember: false,
    at: told.told_at,
    actor,
  });
  const answer = insertAnswer({
    invitationId,
    questionId: told.id.slice(invitationId.length + 1),
    surveyId: survey.surveyId,
    value: told.score,
    text: told.score === null ? storedText(told.text) : null,
    at: told.told_at,
  });
  return isInvited ? [answer] : [invitation, answer];
}

export function finishStatement(
  told: ToldAnswer,
  { speaker, surveyId }: { speaker: Speaker; surveyId: string },
): Statement {
  return insertFinish({
    invitationId: invitationOf(told),
    surveyId,
    customerId: speaker.customerId,
    rootId: speaker.rootId,
    language: told.language ?? locales[0],
    at: told.state_at ?? told.told_at,
  });
}

export const invitationOf = (told: ToldAnswer) => told.id.slice(0, 32);

/** A testimonial with what the editor or the customer decided last. */
export function testimonialStatements(
  told: ToldTestimonial,
  speaker: Speaker,
  { actor }: ImportTerms,
): Statement[] {
  const at = told.state_at ?? told.told_at;
  const decision = { approved: 'approve', declined: 'decline' } as const;
  return [
    insertTestimonial({
      id: told.id,
      customerId: speaker.customerId,
      rootId: speaker.rootId,
      text: storedText(told.text),
      language: told.language ?? locales[0],
      nameForm: told.name_form,
      shownName: told.shown_name,
      consent: storedText(told.consent),
      source: told.source,
      sourceId: told.reply_to,
      key: `import ${told.id}`,
      at: told.told_at,
    }),
    ...(told.state === 'approved' || told.state === 'declined'
      ? [insertDecision({ testimonialId: told.id, seq: 1, decision: decision[told.state], at, actor })]
      : []),
    ...(told.state === 'withdrawn' ? [insertWithdrawal({ testimonialId: told.id, at, actor })] : []),
  ];
}
