import { expect, test } from 'vitest';
import {
  apologyOf,
  type CaseEventKind,
  type CaseNow,
  caseAfter,
  caseEventKinds,
  caseMoves,
  caseStates,
  mayMove,
} from '../../../functions/voice/feedback/case-state.ts';

const HOUR = 3_600_000;
/** Who begins to wait is to be answered within eight hours. */
const due = (from: number) => from + 8 * HOUR;

/** A case after some events, an hour apart, the first at 0. */
function played(...kinds: (CaseEventKind | [kind: CaseEventKind, subjectId: string])[]): CaseNow {
  let now: CaseNow | null = null;
  for (const [index, told] of kinds.entries()) {
    const [kind, subjectId] = typeof told === 'string' ? [told, null] : told;
    now = caseAfter(now, { kind, subjectId, at: index * HOUR }, due);
  }
  if (now === null) throw new Error('a case has an event');
  return now;
}

test.each<[string, CaseEventKind[], CaseNow['state'], hours: number | null]>([
  ['opened: somebody waits from then on', ['opened'], 'open', 8],
  ['answered: nobody waits', ['opened', 'answered'], 'answered', null],
  ['the customer wrote again: they wait anew', ['opened', 'answered', 'customer_wrote'], 'open', 10],
  ['they wrote twice: they wait since the first time', ['opened', 'customer_wrote'], 'open', 8],
  ['asked back', ['opened', 'waiting_for_customer'], 'waiting', null],
  ['their answer to that', ['opened', 'waiting_for_customer', 'customer_wrote'], 'open', 10],
  ['resolved', ['opened', 'resolved'], 'resolved', null],
  ['reopened', ['opened', 'resolved', 'reopened'], 'open', 10],
  ['closed', ['opened', 'closed'], 'closed', null],
  ['they wrote to a closed case', ['opened', 'closed', 'customer_wrote'], 'open', 10],
  ['a note answers nobody', ['opened', 'noted'], 'open', 8],
  ['goodwill answers nobody', ['opened', 'goodwill_given'], 'open', 8],
  ['somebody took it', ['opened', 'assigned'], 'open', 8],
  ['a cause leaves what is answered answered', ['opened', 'answered', 'cause_set'], 'answered', null],
])('%s', (_name, kinds, state, hours) => {
  const now = played(...kinds);
  expect([now.state, now.replyDueAt]).toEqual([state, hours === null ? null : hours * HOUR]);
  expect([now.openedAt, now.changedAt, now.eventSeq]).toEqual([0, (kinds.length - 1) * HOUR, kinds.length]);
});

test('whose it is and what caused it stay until somebody says otherwise', () => {
  const taken = played('opened', ['assigned', 'olena'], ['cause_set', 'late'], 'answered', 'closed');
  expect([taken.ownerId, taken.causeId]).toEqual(['olena', 'late']);
  const given = played('opened', ['assigned', 'olena'], ['assigned', 'ivan']);
  expect(given.ownerId).toBe('ivan');
  expect(played('opened', ['assigned', 'olena'], 'assigned').ownerId).toBeNull();
});

test('what may be moved where by hand', () => {
  const allowed = caseMoves.map((move) => [move, caseStates.filter((state) => mayMove(state, move))]);
  expect(Object.fromEntries(allowed)).toEqual({
    waiting_for_customer: ['open', 'answered'],
    resolved: ['open', 'answered', 'waiting'],
    reopened: ['answered', 'waiting', 'resolved', 'closed'],
    closed: ['open', 'answered', 'waiting', 'resolved'],
  });
});

test.each<[string, (CaseEventKind | [CaseEventKind, string])[], string[]]>([
  ['nobody did anything', ['opened'], []],
  ['somebody took it', ['opened', ['assigned', 'olena']], ['listen']],
  ['its cause is known', ['opened', ['cause_set', 'late']], ['facts']],
  ['answered, by whoever', ['opened', 'answered'], ['listen', 'agree']],
  ['goodwill puts it right', ['opened', 'goodwill_given'], ['act']],
  ['resolved', ['opened', 'resolved'], ['act']],
  ['closing ticks nothing that nobody did', ['opened', 'closed'], ['confirm']],
  [
    'all of it',
    ['opened', ['assigned', 'olena'], ['cause_set', 'late'], 'answered', 'resolved', 'closed'],
    ['listen', 'facts', 'agree', 'act', 'confirm'],
  ],
])('steps of an apology: %s', (_name, told, done) => {
  const kinds = told.map((one) => (typeof one === 'string' ? one : one[0]));
  const steps = apologyOf(played(...told), kinds).filter(({ isDone }) => isDone);
  expect(steps.map(({ step }) => step)).toEqual(done);
});

test('every kind of event leads somewhere, and none into a state without a name', () => {
  for (const kind of caseEventKinds) expect(caseStates).toContain(played('opened', kind).state);
});
