import { existsSync, renameSync } from 'node:fs';
import { openEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import { getResults } from '../../functions/voice/surveys/get-results.ts';
import { type Held, measureHold } from './hold.ts';
import { bringOnward, remove } from './kept.ts';
import { contextOn } from './seed.ts';

/** The results of one survey with so many answers: of everyone, and of those in the club. */
export interface ResultRows {
  everyone: Held;
  club: Held;
}

const CALLS = 5;
const SURVEY = 'survey';

export async function measureResults(answers: number, folder: string): Promise<ResultRows> {
  const path = `${folder}/answers-${answers}.db`;
  if (!existsSync(path) || !(await bringOnward(path))) await fill(path, answers);
  const db = openEmbedded(path);
  const ctx = contextOn(db);
  const held = (segment: 'everyone' | 'club') =>
    measureHold(CALLS, () => getResults(ctx, { id: SURVEY, segment }));
  try {
    return { everyone: await held('everyone'), club: await held('club') };
  } finally {
    db.close();
  }
}

const questions = ['nps', 'satisfaction', 'effort'];
const definition = JSON.stringify({
  title: { en: 'After your order' },
  questions: questions.map((kind) => ({
    id: kind,
    kind,
    text: { en: `What of ${kind}?` },
    isRequired: false,
  })),
  trigger: { kind: 'by_hand' },
});
const YEARS_MS = 63_072_000_000;

/** Three questions answered by each of many customers, over the two years up to now. */
async function fill(path: string, answers: number): Promise<void> {
  const building = `${path}.building`;
  remove(building);
  const db = openEmbedded(building);
  const now = Date.now();
  await migrate(db, now);
  const people = Math.ceil(answers / questions.length);
  const at = `${now - YEARS_MS} + i * ${Math.floor(YEARS_MS / people)}`;
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${people - 1})`;
  await db.script(`PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; BEGIN;
    INSERT INTO surveys (id, name, created_at, created_by) VALUES ('${SURVEY}', 'After delivery', 0, 'system:bench');
    INSERT INTO survey_versions (survey_id, version, definition, at, actor)
      VALUES ('${SURVEY}', 1, '${definition.replaceAll("'", "''")}', 0, 'system:bench');
    ${numbers} INSERT INTO survey_invitations (id, survey_id, version, customer_id, root_id, reason, occasion, token_hash,
        is_regular, is_member, at, actor)
      SELECT 'i' || i, '${SURVEY}', 1, 'c' || i, 'r' || i, 'hand', 'season', 't' || i, i % 2, i % 5 = 0, ${at}, 'system:bench'
      FROM n;
    ${questions
      .map(
        (
          question,
        ) => `${numbers} INSERT INTO survey_answers (invitation_id, question_id, survey_id, value, at)
        SELECT 'i' || i, '${question}', '${SURVEY}', i % 5 + 1, ${at} FROM n;`,
      )
      .join('\n')}
    ${numbers} INSERT INTO survey_finishes (invitation_id, survey_id, customer_id, root_id, language, at)
      SELECT 'i' || i, '${SURVEY}', 'c' || i, 'r' || i, 'en', ${at} FROM n WHERE i % 4 > 0;
    COMMIT; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);`);
  db.close();
  remove(path);
  renameSync(building, path);
  remove(building);
}
