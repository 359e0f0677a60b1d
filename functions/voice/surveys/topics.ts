import { asc, sql } from 'drizzle-orm';
import { z } from 'zod';
import { insertInto, query, statement } from '../../../db/query.ts';
import { surveyTopics } from '../../../db/schema/index.ts';
import type { Statement, Store } from '../../../db/store.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow, allowRole } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { type Question, topicText, type Words } from './definition.ts';
import { startingTopics } from './templates.ts';

/** Something that may matter to customers and be done well or badly. */
export interface SurveyTopic {
  id: string;
  text: Words;
}

/** As many as one list can hold; a question asks about twelve of them at the most. */
const TOPICS_MAX = 40;

const topicsInput = z
  .array(z.strictObject({ id: z.string().max(40).nullable(), text: topicText }))
  .min(1)
  .max(TOPICS_MAX);

const upsertTopic = insertInto(
  surveyTopics,
  `ON CONFLICT (id) DO UPDATE SET text = excluded.text, place = excluded.place, retired_at = NULL, at = excluded.at,
   actor = excluded.actor WHERE text <> excluded.text OR place <> excluded.place OR retired_at IS NOT NULL`,
);

const listRows = query((db) =>
  db
    .select({ id: surveyTopics.id, text: surveyTopics.text, retiredAt: surveyTopics.retiredAt })
    .from(surveyTopics)
    .orderBy(asc(sql`retired_at IS NOT NULL`), asc(surveyTopics.place), asc(surveyTopics.id)),
);

const keptText = z.record(z.string(), z.string());

/** What surveys may ask about, in the order of the list; before anybody changed it, what it starts with. */
export async function listTopics(ctx: Context): Promise<SurveyTopic[]> {
  allow(ctx.actor, 'feedback:read');
  const { topics } = await loadTopics(ctx.db);
  return topics;
}

/** Every topic there ever was, by id: its present words. */
export async function nameTopics(db: Store): Promise<Map<string, Words>> {
  const { topics, retired } = await loadTopics(db);
  return new Map([...retired, ...startingTopics(), ...topics].map(({ id, text }) => [id, text]));
}

async function loadTopics(db: Store): Promise<{ topics: SurveyTopic[]; retired: SurveyTopic[] }> {
  const rows = (await listRows(db, {})).map(({ text, ...row }) => ({
    ...row,
    text: keptText.parse(JSON.parse(text)),
  }));
  if (rows.length === 0) return { topics: startingTopics(), retired: [] };
  const [topics, retired] = [true, false].map((isAsked) =>
    rows.filter(({ retiredAt }) => (retiredAt === null) === isAsked).map(({ id, text }) => ({ id, text })),
  );
  return { topics: topics ?? [], retired: retired ?? [] };
}

/**
 * Sets the list: its topics in their order, new ones without an id. What is left out is asked about no more in surveys that are
 * made or saved from now on, and keeps its answers.
 * @throws {AppError} `forbidden`, `validation_failed`
 */
export async function saveTopics(
  ctx: Context,
  { topics: typed }: { topics: readonly { id: string | null; text: Record<string, string> }[] },
): Promise<void> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const parsed = parseInput(z.strictObject({ topics: topicsInput }), { topics: typed }).topics;
  const known = await nameTopics(ctx.db.fresh);
  const strange = parsed.findIndex(({ id }) => id !== null && !known.has(id));
  if (strange >= 0) throw wrongField(`topics.${strange}.id`, 'not_found', 'has to be a topic of the list');
  const done = { at: ctx.now(), actor: actorName(ctx.actor) };
  const kept = parsed.map(({ id, text }, place) => ({
    ...{ id: id ?? `t${newId().slice(-12)}`, text: JSON.stringify(text), place },
    ...done,
  }));
  const retire: Statement = statement(
    `UPDATE survey_topics SET retired_at = ?, at = ?, actor = ? WHERE retired_at IS NULL
     AND id NOT IN (SELECT value FROM json_each(?))`,
    ...[done.at, done.at, done.actor, JSON.stringify(kept.map(({ id }) => id))],
  );
  await writeDecision(ctx, {
    rows: [...kept.map((row) => upsertTopic(row)), retire],
    audit: {
      kind: 'topics.saved',
      subjectKind: 'survey_topics',
      subjectId: 'topics',
      detail: { topics: kept.length },
    },
  });
}

/**
 * Questions with the words that the list has for their topics.
 * @throws {AppError} `validation_failed` for a topic that was never in it
 */
export async function wordTopics(ctx: Context, questions: readonly Question[]): Promise<Question[]> {
  if (questions.every(({ kind }) => kind !== 'topics')) return [...questions];
  const known = await nameTopics(ctx.db.fresh);
  return questions.map((question, index) => {
    if (question.kind !== 'topics') return question;
    const topics = question.topics.map(({ id }, at) => {
      const text = known.get(id);
      if (text !== undefined) return { id, text };
      throw wrongField(
        `questions.${index}.topics.${at}.id`,
        'unknown_topic',
        'has to be a topic of the list of topics',
      );
    });
    return { ...question, topics };
  });
}
