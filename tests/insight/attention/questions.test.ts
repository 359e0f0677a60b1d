import { expect, test } from 'vitest';
import { downloadCalls } from '../../../functions/desk/console/attention/download-calls.ts';
import type { Context, Role } from '../../../functions/ground/platform/context.ts';
import { noteCall } from '../../../functions/insight/attention/acts/note-call.ts';
import { listCallQuestions, setCallQuestions } from '../../../functions/insight/attention/call-questions.ts';
import { readCallQuestions } from '../../../functions/insight/attention/call-sheet.ts';
import { listCalls } from '../../../functions/insight/attention/list-calls.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { questionLines, questionsIn, readQuestionLines } from '../../../src/call-questions-form.ts';
import { wordsIn } from '../../../src/locale.ts';
import { openShop } from '../../support/shop.ts';

const as = (ctx: Context, role: Role): Context => ({ ...ctx, actor: { kind: 'staff', id: 's1', role } });
const said = (answers: Record<string, string>, language = 'en') => ({
  ...{ firstReason: null, firstWords: null, realReason: null, realWords: null },
  ...{ answers, language },
});
const own = { id: 'own-1', texts: { en: 'Who serves you now?', uk: 'Хто обслуговує вас тепер?' } };

test('are four of ours until the owner words, adds, reorders or leaves out some', async () => {
  const { ctx } = await openShop();
  const ids = async () => (await listCallQuestions(ctx)).map(({ id }) => id);
  expect(await ids()).toEqual(['liked', 'changed', 'instead', 'return']);
  await setCallQuestions(as(ctx, 'manager'), [own, { id: 'return', texts: {} }]);
  expect(await ids()).toEqual(['own-1', 'return']);
  const log = await ctx.db.read({
    sql: "SELECT act, subject_id FROM audit_log WHERE subject_id = 'callQuestions'",
    args: [],
  });
  expect(log).toEqual([['setting.set', 'callQuestions']]);
  await expect(setCallQuestions(as(ctx, 'agent'), [own])).rejects.toMatchObject({ code: 'forbidden' });
});

test.each([
  ['no JSON', 'liked'],
  ['none', '[]'],
  ['one twice', '[{"id":"liked","texts":{}},{"id":"liked","texts":{}}]'],
  ['an own one without words', '[{"id":"own-1","texts":{}}]'],
  ['empty words', '[{"id":"own-1","texts":{"en":" "}}]'],
  ['another key', '[{"id":"own-1","texts":{"en":"A"},"place":1}]'],
])('refuses %s', async (_what, text) => {
  const { ctx } = await openShop();
  expect(readCallQuestions(text)).toBeNull();
  await expect(setPolicy(ctx, 'callQuestions', text)).rejects.toMatchObject({ code: 'validation_failed' });
});

test('keeps each question as it was asked, in the language of who asked', async () => {
  const { ctx, order } = await openShop();
  const { accountId } = await order({ totals: [1000] });
  const asked = { accountId };
  await noteCall(ctx, { asked, call: said({ liked: 'The tea.' }), key: 'a' });
  await setCallQuestions(ctx, [own]);
  await noteCall(ctx, { asked, call: said({ 'own-1': 'Ніхто.' }, 'uk'), key: 'b' });
  await setCallQuestions(ctx, [{ ...own, texts: { en: 'Anything else?' } }]);
  const { items } = await listCalls(ctx, { accountId });
  expect(
    items.flatMap(({ answers }) => answers).toSorted((a, b) => (a.question < b.question ? -1 : 1)),
  ).toEqual([
    { question: 'liked', asked: null, said: 'The tea.' },
    { question: 'own-1', asked: 'Хто обслуговує вас тепер?', said: 'Ніхто.' },
  ]);
  const gone = noteCall(ctx, { asked, call: said({ liked: 'The tea.' }), key: 'c' });
  await expect(gone).rejects.toMatchObject({ code: 'validation_failed' });
  const csv = await new Response(await downloadCalls(ctx)).text();
  expect(csv).toContain('Хто обслуговує вас тепер? Ніхто.');
  const nobody = noteCall(ctx, { asked: { accountId: 'none' }, call: said({}), key: 'd' });
  await expect(nobody).rejects.toMatchObject({ code: 'validation_failed' });
  const unknown = noteCall(ctx, { asked: { accountId: 'none' }, call: said({ 'own-1': 'A' }), key: 'd' });
  await expect(unknown).rejects.toMatchObject({ code: 'not_found' });
});

test('reads answers that were kept before the questions could be changed', async () => {
  const { ctx, order } = await openShop();
  const { accountId } = await order({ totals: [1000] });
  await noteCall(ctx, { asked: { accountId }, call: said({ liked: 'x' }), key: 'a' });
  await ctx.db.write([
    {
      sql: `INSERT INTO lapsed_calls (id, root_id, day, answers, at, actor)
        VALUES ('old', ?, '2026-01-01', '{"liked":null,"changed":"The price.","instead":null,"return":null}', 0, 'system')`,
      args: [accountId],
    },
  ]);
  const old = (await listCalls(ctx, { accountId })).items.find(({ id }) => id === 'old');
  expect(old?.answers).toEqual([{ question: 'changed', asked: null, said: 'The price.' }]);
});

const t = wordsIn('en');
const typed = (fields: Record<string, string>) =>
  questionsIn(t, readQuestionLines(new Map(Object.entries(fields)), ['en', 'uk']), ['en', 'uk']);

test('a form puts them in the order of their places and leaves out what has none', () => {
  expect(questionLines(readCallQuestions('standard') ?? []).map(({ id, place }) => `${id} ${place}`)).toEqual(
    [...['liked 1', 'changed 2', 'instead 3', 'return 4', ' ', ' ']],
  );
  const read = typed({
    ...{ 'id-0': 'liked', 'place-0': '2', 'id-1': 'changed', 'place-1': '' },
    ...{ 'id-2': '', 'place-2': '1', 'text-2-en': 'Why?', 'text-2-uk': 'Чому?' },
  });
  expect(read).toMatchObject({
    questions: [{ texts: { en: 'Why?', uk: 'Чому?' } }, { id: 'liked', texts: {} }],
  });
});

test.each<[string, Record<string, string>, string]>([
  ['a place that is none', { 'id-0': 'liked', 'place-0': 'x' }, 'place-0'],
  ['words in one language', { 'id-0': '', 'place-0': '1', 'text-0-en': 'Why?' }, 'text-0-uk'],
  ['words without a place', { 'id-0': '', 'place-0': '', 'text-0-en': 'Why?' }, 'place-0'],
  ['nothing that is asked', { 'id-0': 'liked', 'place-0': '' }, 'place-0'],
])('a form with %s says at which field', (_what, fields, field) => {
  const read = typed(fields);
  expect('errors' in read && read.errors[0]?.field).toBe(field);
});
