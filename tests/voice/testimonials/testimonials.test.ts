import { expect, test } from 'vitest';
import { AppError } from '../../../functions/ground/platform/errors.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { closeCause } from '../../../functions/voice/feedback/causes/close-cause.ts';
import { openCause } from '../../../functions/voice/feedback/causes/open-cause.ts';
import { setCause } from '../../../functions/voice/feedback/causes/set-cause.ts';
import { getThread } from '../../../functions/voice/feedback/get-thread.ts';
import { tellFeedback } from '../../../functions/voice/feedback/tell-feedback.ts';
import { inviteCustomer } from '../../../functions/voice/surveys/invite-customer.ts';
import { listChanges, tellChanges } from '../../../functions/voice/testimonials/changes.ts';
import { decideTestimonial } from '../../../functions/voice/testimonials/decide-testimonial.ts';
import {
  listOwnTestimonials,
  listQuotes,
  listTestimonials,
} from '../../../functions/voice/testimonials/list-testimonials.ts';
import {
  listNameChoices,
  offerTestimonial,
} from '../../../functions/voice/testimonials/offer-testimonial.ts';
import { withdrawTestimonial } from '../../../functions/voice/testimonials/withdraw-testimonial.ts';
import { openSurveyShop } from '../surveys/survey-shop.ts';

const words = 'The coffee is roasted the week it arrives.\nAnd somebody answers the phone.';
const offer = {
  text: words,
  nameForm: 'first_name',
  consent: 'I agree that these words are shown.',
  language: 'en',
  source: 'portal',
  sourceId: null,
  key: 'form-1',
} as const;

async function offered() {
  const shop = await openSurveyShop();
  const customerId = await shop.customer('ann@example.com');
  const ann = shop.as(customerId);
  await offerTestimonial(ann, offer);
  const [own] = await listOwnTestimonials(ann);
  const quotes = async () =>
    (await listQuotes(shop.ctx, { limit: 10 })).map(({ text, shownName }) => [text, shownName]);
  return { ...shop, ann, id: own?.id ?? '', quotes };
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : 'another error'),
  );

test('nothing is shown before the editor has approved it', async () => {
  const { staff, id, quotes, ann } = await offered();
  expect(await quotes()).toEqual([]);
  await decideTestimonial(staff, { id, decision: 'approve', excerpt: '' });
  expect(await quotes()).toEqual([[words, 'Ann']]);
  expect(await listOwnTestimonials(ann)).toMatchObject([{ state: 'published' }]);
});

test('the wording of the consent is kept', async () => {
  const { staff } = await offered();
  expect(await listTestimonials(staff)).toMatchObject([{ consent: offer.consent, state: 'waiting' }]);
});

test('a part may be shown word for word, and nothing else', async () => {
  const { staff, id, quotes, ctx } = await offered();
  const approve = (excerpt: string) => codeOf(decideTestimonial(staff, { id, decision: 'approve', excerpt }));
  expect(await approve('The best coffee in town.')).toBe('validation_failed');
  expect(await approve('Somebody answers the phone.')).toBe('validation_failed');
  expect(await quotes()).toEqual([]);
  expect(await approve('somebody answers the phone.')).toBe('done');
  expect(await quotes()).toEqual([['somebody answers the phone.', 'Ann']]);
  const forged = `INSERT INTO testimonial_decisions VALUES (?, 9, 'approve', 'Never said.', NULL, 0, 'nobody')`;
  await expect(ctx.db.write([{ sql: forged, args: [id] }])).rejects.toThrow('not_an_excerpt');
});

test('who takes their words back is shown no longer, for good', async () => {
  const { staff, id, quotes, ann } = await offered();
  await decideTestimonial(staff, { id, decision: 'approve', excerpt: '' });
  await withdrawTestimonial(ann, { id });
  await withdrawTestimonial(ann, { id });
  expect(await quotes()).toEqual([]);
  expect(await codeOf(decideTestimonial(staff, { id, decision: 'approve', excerpt: '' }))).toBe(
    'testimonial_withdrawn',
  );
  expect(await quotes()).toEqual([]);
});

test('approving and taking back at once never ends in a quote', async () => {
  const { staff, id, quotes, ann } = await offered();
  await Promise.all([
    codeOf(decideTestimonial(staff, { id, decision: 'approve', excerpt: '' })),
    withdrawTestimonial(ann, { id }),
  ]);
  expect(await quotes()).toEqual([]);
});

test('a decision can be turned, and thanks go out once', async () => {
  const { ctx, staff, id, quotes, rows } = await offered();
  await setPolicy(ctx, 'voices', 'on');
  await decideTestimonial(staff, { id, decision: 'approve', excerpt: '' });
  await decideTestimonial(staff, { id, decision: 'decline', reason: 'Too long for the wall' });
  expect(await quotes()).toEqual([]);
  await decideTestimonial(staff, { id, decision: 'approve', excerpt: '' });
  expect(await quotes()).toHaveLength(1);
  expect(await rows("SELECT 1 FROM outbox WHERE template = 'testimonial_published'")).toHaveLength(1);
  expect(await rows("SELECT 1 FROM audit_log WHERE subject_kind = 'testimonial'")).toHaveLength(3);
});

test('nobody is thanked for words that no page shows', async () => {
  const { staff, id, rows } = await offered();
  await decideTestimonial(staff, { id, decision: 'approve', excerpt: '' });
  expect(await rows("SELECT 1 FROM outbox WHERE template = 'testimonial_published'")).toEqual([]);
});

test('only one’s own can be taken back, and only staff decide', async () => {
  const { as, customer, id, ann } = await offered();
  const bob = as(await customer('bob@example.com'));
  expect(await codeOf(withdrawTestimonial(bob, { id }))).toBe('not_found');
  expect(await codeOf(decideTestimonial(ann, { id, decision: 'approve', excerpt: '' }))).toBe('forbidden');
});

test('the same form twice is one offer', async () => {
  const { ann } = await offered();
  await offerTestimonial(ann, offer);
  expect(await listOwnTestimonials(ann)).toHaveLength(1);
});

test.each([
  ['a text too short', { ...offer, text: 'Good.', key: 'k' }],
  ['a company one does not belong to', { ...offer, nameForm: 'company' as const, key: 'k' }],
  ['no wording of a consent', { ...offer, consent: ' ', key: 'k' }],
])('%s is refused', async (_, input) => {
  const { ann } = await offered();
  expect(await codeOf(offerTestimonial(ann, input))).toBe('validation_failed');
  expect(await listOwnTestimonials(ann)).toHaveLength(1);
});

test('names are made of what is known', async () => {
  const { ann } = await offered();
  expect(await listNameChoices(ann)).toEqual([
    { form: 'first_name', shown: 'Ann' },
    { form: 'initials', shown: 'A. L.' },
    { form: 'none', shown: '' },
  ]);
});

test('who said it is told once what was changed, and everybody can read it', async () => {
  const shop = await openSurveyShop();
  const { staff, ctx, as, customer, rows } = shop;
  const causeId = await openCause(staff, { name: 'Parcels left in the rain' });
  for (const email of ['ann@example.com', 'bob@example.com']) {
    const { id } = await tellFeedback(as(await customer(email)), {
      ...{ kind: 'complaint', text: 'My parcel was wet.', language: 'en', key: email, accountId: null },
    });
    await setCause(staff, { feedbackId: id, choice: { kind: 'known', id: causeId } });
  }
  const text = { en: 'Couriers ring now.', uk: 'Кур’єри тепер дзвонять.' };
  expect(await listChanges(ctx)).toEqual([]);
  await closeCause(staff, { id: causeId, outcome: 'changed', text, isPublic: true });
  expect(await listChanges(ctx)).toMatchObject([{ name: 'Parcels left in the rain', text, said: 2 }]);
  await Promise.all([tellChanges(ctx), tellChanges(ctx)]);
  await tellChanges(ctx);
  const told = await rows("SELECT params FROM outbox WHERE template = 'you_said_we_did'");
  expect(told).toHaveLength(2);
  expect(String(told[0])).toContain('Couriers ring now.');
});

test('who said it is told once why it stays as it is, by mail and on the page', async () => {
  const { staff, ctx, as, customer, rows } = await openSurveyShop();
  const ann = as(await customer('ann@example.com'));
  const told = await tellFeedback(ann, {
    ...{ kind: 'idea', text: 'Open on Sundays.', language: 'en', key: 'sunday-form-1', accountId: null },
  });
  await setCause(staff, { feedbackId: told.id, choice: { kind: 'named', name: 'Open on Sundays' } });
  const id = await openCause(staff, { name: 'Open on Sundays' });
  const text = { en: 'We rest.', uk: 'Ми відпочиваємо.' };
  const own = { reference: told.reference, proof: null };
  expect(await getThread(ann, own)).toMatchObject({ declined: null });
  await closeCause(staff, { id, outcome: 'declined', text, isPublic: false });
  expect(await tellChanges(ctx)).toBe(1);
  expect(await tellChanges(ctx)).toBe(0);
  const mails = await rows("SELECT params FROM outbox WHERE template = 'you_said_we_decided'");
  expect(mails).toHaveLength(1);
  expect(String(mails[0])).toContain('We rest.');
  expect(await getThread(ann, own)).toMatchObject({ declined: text });
});

test('a stated no is told to nobody in public', async () => {
  const { staff, ctx } = await openSurveyShop();
  const id = await openCause(staff, { name: 'Open on Sundays' });
  const text = { en: 'We rest.', uk: 'Ми відпочиваємо.' };
  await closeCause(staff, { id, outcome: 'declined', text, isPublic: true });
  expect(await listChanges(ctx)).toEqual([]);
});

test('what it comes from is one’s own answer or feedback, or nothing', async () => {
  const shop = await openSurveyShop();
  const [ann, bob] = [
    shop.as(await shop.customer('ann@example.com')),
    shop.as(await shop.customer('bob@example.com')),
  ];
  const told = { kind: 'praise', text: words, language: 'en', accountId: null, key: 'praise-1' } as const;
  const { id, reference } = await tellFeedback(bob, told);
  const surveyId = await shop.survey();
  await inviteCustomer(shop.staff, { surveyId, email: 'bob@example.com' });
  const [[invitation] = []] = await shop.rows('SELECT id FROM survey_invitations');
  for (const [source, sourceId] of [
    ['feedback', id],
    ['feedback', reference],
    ['survey', String(invitation)],
    ['survey', 'none'],
  ] as const) {
    const from = { ...offer, source, sourceId, key: `of ${sourceId}` };
    expect([source, await codeOf(offerTestimonial(ann, from))]).toEqual([source, 'validation_failed']);
    if (sourceId === 'none') continue;
    expect([source, await codeOf(offerTestimonial(bob, from))]).toEqual([source, 'done']);
  }
  expect(await listOwnTestimonials(ann)).toEqual([]);
});
