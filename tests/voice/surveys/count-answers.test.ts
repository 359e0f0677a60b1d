import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { countAnswers, countReach } from '../../../functions/voice/surveys/count-answers.ts';
import { segments } from '../../../functions/voice/surveys/results.ts';
import { createTestContext } from '../../support/test-context.ts';

const ANSWERS = 9000;
const months = [
  { name: '2026-01', start: 1000 },
  { name: '2026-02', start: 2000 },
];

/** Some at every instant of three months, and a third of all at one, as an import writes them. */
async function filled() {
  const { db } = await createTestContext({ now: () => 3000 });
  const piece = `WITH RECURSIVE piece(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM piece WHERE i < ${ANSWERS})`;
  const at = 'CASE WHEN i % 3 = 0 THEN 1500 ELSE i % 2900 END';
  await db.write([
    statement(`${piece} INSERT INTO survey_invitations (id, survey_id, version, customer_id, root_id, reason, occasion,
        token_hash, is_regular, is_member, at, actor)
      SELECT 'i' || i, 's', 1, 'c' || i, 'r', 'hand', 'import ' || i, 't' || i, i % 2, i % 7 = 0, ${at}, 'x' FROM piece`),
    statement(`${piece} INSERT INTO survey_answers (invitation_id, question_id, survey_id, value, text, at)
      SELECT 'i' || i, 'q', 's', CASE WHEN i % 5 > 0 THEN i % 11 END, CASE WHEN i % 5 = 0 THEN 'tea' END, ${at} FROM piece`),
    statement(`${piece} INSERT INTO survey_answers (invitation_id, question_id, survey_id, value, at)
      SELECT 'i' || i, 'steps', 's', i % 11, ${at} FROM piece`),
    statement(`${piece} INSERT INTO survey_finishes (invitation_id, survey_id, customer_id, root_id, language, at)
      SELECT 'i' || i, 's', 'c' || i, 'r', 'en', 3000 FROM piece WHERE i % 4 = 0`),
  ]);
  return db;
}

const plainly = {
  everyone: '1',
  new: 'is_regular = 0',
  regular: 'is_regular = 1',
  club: 'is_member = 1',
};

test('counts in slices what a single query counts, and lets others come to their turn', async () => {
  const db = await filled();
  for (const segment of segments) {
    const asked = { surveyId: 's', segment };
    let turns = 0;
    const turning = setInterval(() => {
      turns += 1;
    }, 0);
    const questions = [
      { id: 'q', isScale: false },
      { id: 'none', isScale: true },
    ];
    const counts = await countAnswers(db, { ...asked, questions, months });
    clearInterval(turning);
    expect(turns).toBeGreaterThan(0);
    const rows = await db.read(
      statement(`SELECT a.value, a.text, CASE WHEN a.at >= 2000 THEN '2026-02' WHEN a.at >= 1000 THEN '2026-01' ELSE '' END, count(*)
        FROM survey_answers AS a JOIN survey_invitations AS i ON i.id = a.invitation_id
        WHERE question_id = 'q' AND ${plainly[segment]} GROUP BY 1, 2, 3`),
    );
    const plain = rows.map(([value, text, month, count]) => `${value} ${text} ${month} ${count}`);
    const told = counts.map(({ value, text, month, count }) => `${value} ${text} ${month} ${count}`);
    expect(told.toSorted()).toEqual(plain.toSorted());
    const [reach] = await db.read(
      statement(`SELECT count(*), count(f.at) FROM survey_invitations AS i
        LEFT JOIN survey_finishes AS f ON f.invitation_id = i.id WHERE ${plainly[segment]}`),
    );
    expect(await countReach(db, asked)).toEqual({
      invited: Number(reach?.[0]),
      finished: Number(reach?.[1]),
    });
  }
});

test('counts the steps of a scale without reading the rows', async () => {
  const db = await filled();
  for (const segment of segments) {
    const asked = { surveyId: 's', segment, months };
    const [inIndex, inRows] = await Promise.all(
      [true, false].map((isScale) => countAnswers(db, { ...asked, questions: [{ id: 'steps', isScale }] })),
    );
    expect(inIndex).toEqual(inRows);
    expect(inIndex?.length).toBeGreaterThan(20);
  }
  const plan = await db.read(
    statement(`EXPLAIN QUERY PLAN SELECT a.value, NULL, count(*) FROM survey_answers AS a
      WHERE a.survey_id = 's' AND a.question_id = 'q' AND a.at >= 0 AND a.at < 9 GROUP BY 1, 2`),
  );
  expect(plan.join()).toContain('COVERING INDEX survey_answers_results');
});
