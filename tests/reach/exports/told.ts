import { insertInto } from '../../../db/query.ts';
import {
  cases,
  causes,
  feedback,
  feedbackMessages,
  surveyAnswers,
  surveyFinishes,
  surveyInvitations,
  surveys,
  surveyVersions,
  testimonialDecisions,
  testimonials,
} from '../../../db/schema/index.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { recordOrder } from '../../../functions/money/orders/record-order.ts';
import { recordOrderInput } from '../../../functions/money/orders/schema.ts';
import { storedText } from '../../../functions/voice/feedback/stored-text.ts';

/** Rows as the rooms write them, so that an export has something of every kind and of every column. */
const at = Date.UTC(2026, 1, 3, 10, 30);
export const troubles = {
  formula: '=HYPERLINK("https://evil.example","x")',
  guarded: "'=1+1",
  quotes: 'She said "no", twice;\r\nthen left.',
  carriage: 'one\rtwo',
  nul: 'nul \0 inside',
  emoji: '🙂👩‍👩‍👧 done',
  arabic: 'مرحبا ‏(right to left)',
  edges: '  spaces at both ends ',
  long: `${'long 🙂 '.repeat(125_000)}end`,
};

export const hex = (number: number) => number.toString(16).padStart(32, '0');

/** What one customer of a company said in every way there is. */
export async function tellEverything(ctx: Context): Promise<void> {
  const order = {
    source: 'till',
    number: 'A-17',
    placedAt: '2026-02-01T10:00:00Z',
    currency: 'EUR',
    customer: { email: 'ann@x.example', name: 'Ann' },
    account: 'ACME',
    department: 'Paris',
    lines: [{ id: '1', total: { amount: 4200, currency: 'EUR' } }],
  };
  await recordOrder(ctx, recordOrderInput.parse(order));
  const [row] = await ctx.db.read({ sql: 'SELECT customer_id, account_id, root_id FROM orders', args: [] });
  const [customerId, accountId, rootId] = (row ?? []).map(String);
  if (customerId === undefined || accountId === undefined || rootId === undefined)
    throw new Error('no order');
  const texts = Object.values(troubles);
  const definition = {
    title: { en: 'After your order' },
    questions: [
      { id: 'nps', kind: 'nps', text: { en: 'Would you?' }, isRequired: true },
      { id: 'why', kind: 'text', text: { en: 'Why?' }, isRequired: false },
    ],
    trigger: { kind: 'by_hand' },
  };
  await ctx.db.write([
    insertInto(causes)({ id: hex(900), name: 'Torn boxes', openedAt: at, openedBy: 'system:test' }),
    ...texts.flatMap((text, index) => [
      insertInto(feedback)({
        id: hex(100 + index),
        reference: `K7QX-${1000 + index}`,
        kind: index % 2 === 0 ? 'complaint' : 'idea',
        customerId,
        accountId,
        rootId,
        orderSource: 'till',
        orderNumber: 'A-17',
        lineId: '1',
        servedBy: 'Olena',
        page: '/account/orders',
        text: storedText(text),
        language: 'en',
        wantsReply: index % 2 === 0,
        source: 'portal',
        at: at + index,
        actor: `customer:${customerId}`,
      }),
      insertInto(cases)({
        feedbackId: hex(100 + index),
        openedAt: at + index,
        state: index === 0 ? 'answered' : 'open',
        causeId: index === 0 ? hex(900) : null,
        changedAt: at + 5000 + index,
        eventSeq: 1,
      }),
    ]),
    insertInto(feedback)({
      id: hex(200),
      reference: 'K7QX-2000',
      kind: 'praise',
      text: 'From nobody, about nothing',
      wantsReply: false,
      source: 'portal',
      at,
      actor: 'anonymous',
    }),
    insertInto(feedbackMessages)({
      id: hex(300),
      feedbackId: hex(100),
      from: 'staff',
      text: '-We are sorry.',
      isInternal: false,
      at: at + 4000,
      actor: 'staff:s1',
    }),
    insertInto(feedbackMessages)({
      id: hex(301),
      feedbackId: hex(100),
      from: 'staff',
      text: 'A note for us alone',
      isInternal: true,
      at: at + 4001,
      actor: 'staff:s1',
    }),
    insertInto(surveys)({ id: hex(400), name: 'After delivery', createdAt: at, createdBy: 'system:test' }),
    insertInto(surveyVersions)({
      surveyId: hex(400),
      version: 1,
      definition: JSON.stringify(definition),
      at,
      actor: 'system:test',
    }),
    insertInto(surveyInvitations)({
      id: hex(500),
      surveyId: hex(400),
      version: 1,
      customerId,
      rootId,
      reason: 'hand',
      occasion: 'sending 1',
      tokenHash: 'hash',
      isRegular: false,
      isMember: false,
      at,
      actor: 'system:test',
    }),
    insertInto(surveyAnswers)({
      invitationId: hex(500),
      questionId: 'nps',
      surveyId: hex(400),
      value: 9,
      at: at + 6000,
    }),
    insertInto(surveyAnswers)({
      invitationId: hex(500),
      questionId: 'why',
      surveyId: hex(400),
      text: '+1 for the tea',
      at: at + 6001,
    }),
    insertInto(surveyFinishes)({
      invitationId: hex(500),
      surveyId: hex(400),
      customerId,
      rootId,
      language: 'en',
      at: at + 6002,
    }),
    insertInto(testimonials)({
      id: hex(600),
      customerId,
      rootId,
      text: 'The best tea in town.',
      language: 'en',
      nameForm: 'first_name',
      shownName: 'Ann',
      consent: 'You may show this with my first name.',
      source: 'portal',
      key: 'key-of-it',
      at: at + 7000,
    }),
    insertInto(testimonialDecisions)({
      testimonialId: hex(600),
      seq: 1,
      decision: 'approve',
      at: at + 8000,
      actor: 'staff:s1',
    }),
  ]);
}
