import { fact, type Letters } from '../mail-kind.ts';
import type { feedbackMails } from './kinds.ts';

const afterwards = {
  answered: 'You can write back on the page of your message.',
  waiting: 'We need a word from you to go on: please write back on the page of your message.',
  resolved: 'We take this as settled. If it is not, say so on the page of your message and it is open again.',
};

const states = {
  open: 'We are looking into it again',
  waiting: 'We need a word from you',
  resolved: 'We take this as settled',
  closed: 'Your message is closed',
};

const stateTexts = {
  open: 'Your message is open again, and somebody takes care of it.',
  waiting: 'To go on we need something from you. The page of your message says what.',
  resolved: 'From our side everything is done. If it is not settled for you, say so and it is open again.',
  closed: 'Nothing is left to do. Should it come up again, write there and it is open again.',
};

export const en: Letters<typeof feedbackMails> = {
  feedback_received: ({ reference, replyDueAt }, { business, formats }) => ({
    subject: `We have your message (${reference})`,
    heading: 'Thank you for telling us',
    paragraphs: [
      replyDueAt === null
        ? `Somebody at ${business} reads every message. You did not ask for an answer, so you get one only if we have a question.`
        : `Somebody at ${business} reads it and answers you by the time below.`,
    ],
    facts: [
      ['Reference', reference],
      ...(replyDueAt === null ? [] : [fact('Answer by', formats.moment({ at: replyDueAt, day: null }))]),
    ],
    button: 'See your message',
    notes: ['The page shows where it stands. You can add to it at any time.'],
  }),
  feedback_answered: ({ reference, text, state }, { business }) => ({
    subject: `${business} has answered you (${reference})`,
    heading: 'Our answer',
    paragraphs: text.split(/\n{2,}/),
    facts: [['Reference', reference]],
    button: 'See the conversation',
    notes: [afterwards[state]],
  }),
  case_state: ({ reference, state }) => ({
    subject: `${states[state]} (${reference})`,
    heading: states[state],
    paragraphs: [stateTexts[state]],
    facts: [['Reference', reference]],
    button: 'See your message',
    notes: [],
  }),
  case_overdue: ({ reference, dueAt, isYours }, { formats }) => ({
    subject: `An answer is overdue (${reference})`,
    heading: 'A customer waits longer than promised',
    paragraphs: [
      isYours
        ? 'This case is yours, and nobody has answered yet.'
        : 'Nobody takes care of this case yet, and nobody has answered.',
    ],
    facts: [
      ['Reference', reference],
      ['Promised by', formats.moment({ at: dueAt, day: null })],
    ],
    button: 'Open the case',
    notes: ['You get this once for each promise that was missed.'],
  }),
};
