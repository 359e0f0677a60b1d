import { fact, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { feedbackMails } from '../../../functions/voice/feedback/letters/kinds.ts';

const afterwards = {
  answered: 'You can write back on the page of your message.',
  waiting: 'We need something from you: please write back on the page of your message.',
  resolved:
    'We think this is resolved. If it is not, tell us on the page of your message and we will reopen it.',
};

const states = {
  open: 'We are looking into it again',
  waiting: 'We need something from you',
  resolved: 'We think this is resolved',
  closed: 'Your message is closed',
};

const stateTexts = {
  open: 'Your message is open again, and one of us is working on it.',
  waiting: 'We need something from you before we can continue. See the page of your message.',
  resolved: 'We think this is resolved. If it is not, tell us and we will reopen it.',
  closed: 'Nothing is left to do. If it comes up again, write there and we will reopen it.',
};

export const feedback: Letters<typeof feedbackMails> = {
  feedback_received: ({ reference, replyDueAt }, { business, formats }) => ({
    subject: `We have your message (${reference})`,
    heading: 'Thank you for telling us',
    paragraphs: [
      replyDueAt === null
        ? `Someone at ${business} reads every message. You did not ask for an answer, so we will write only if we have a question.`
        : `Someone at ${business} will read it and answer you by the time below.`,
    ],
    facts: [
      ['Reference', reference],
      ...(replyDueAt === null ? [] : [fact('Answer by', formats.moment({ at: replyDueAt, day: null }))]),
    ],
    button: 'See your message',
    notes: ['The page shows its progress, and you can add to your message any time.'],
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
  cause_waits: ({ name, why, reference, dueOn, wasShown = false }, { formats }) => ({
    subject: why === 'back' ? `It came back: ${name}` : `Due now: ${name}`,
    heading: why === 'back' ? 'A cause that was called mended has come back' : 'The day of a cause has come',
    paragraphs: [
      why === 'back'
        ? `A customer has told us of it again. The cause is open again${wasShown ? ', and it is no longer shown under “You said, we did”' : ''}.`
        : 'It was to be done by now, and it is still open.',
    ],
    facts: [
      ['Cause', name],
      ...(reference === null ? [] : [fact('Told again in', reference)]),
      ...(dueOn === null ? [] : [fact('Done by', formats.date(dueOn))]),
    ],
    button: 'Open the cause',
    notes: [],
  }),
  case_overdue: ({ reference, dueAt, isYours }, { formats }) => ({
    subject: `An answer is overdue (${reference})`,
    heading: 'A customer has waited longer than promised',
    paragraphs: [
      isYours
        ? 'This case is yours, and nobody has answered yet.'
        : 'Nobody has taken this case yet, and nobody has answered.',
    ],
    facts: [
      ['Reference', reference],
      ['Promised by', formats.moment({ at: dueAt, day: null })],
    ],
    button: 'Open the case',
    notes: ['You get this email once for each missed promise.'],
  }),
};
