import { insertInto, statement } from '../../../db/query.ts';
import { surveys, surveyVersions } from '../../../db/schema/index.ts';
import { isConflictOn, type Statement } from '../../../db/store.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { Locale } from '../../ground/identity/languages.ts';
import { textIn } from '../../ground/identity/languages.ts';
import { allowRole } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { getBusiness } from '../../money/business/business.ts';
import { type SurveyDefinition, surveyDefinition } from './definition.ts';
import { incentiveOf } from './invite.ts';
import { findSurvey, type SurveyRow } from './queries.ts';
import { readDefinition } from './read-definition.ts';
import { surveyTemplate, type TemplateName } from './templates.ts';
import { listTopics, wordTopics } from './topics.ts';

const insertSurvey = insertInto(surveys);
const insertVersion = insertInto(surveyVersions);

/** Starts a survey from a template, not open yet; returns its id. @throws {AppError} `forbidden` */
export async function createSurvey(ctx: Context, { template }: { template: TemplateName }): Promise<string> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const id = newId();
  const { identity } = await getBusiness(ctx);
  const topics = await listTopics(ctx);
  const definition = surveyTemplate(template, { business: identity.name, topics });
  const done = { at: ctx.now(), actor: actorName(ctx.actor) };
  const name = textIn(definition.title, identity.languages[0]);
  await writeDecision(ctx, {
    rows: [
      insertSurvey({ id, name, createdAt: done.at, createdBy: done.actor }),
      insertVersion({ surveyId: id, version: 1, definition: JSON.stringify(definition), ...done }),
    ],
    audit: { kind: 'survey.created', subjectKind: 'survey', subjectId: id, detail: { template } },
  });
  return id;
}

/**
 * Saves what a survey is. A version that somebody was invited to stays as it is; a new one takes its place for whoever is
 * invited from then on. A question that keeps its id keeps its kind, so that results go on.
 * @throws {AppError} `forbidden`, `not_found`, `validation_failed`, `currency_not_set` (for an incentive)
 */
export async function saveSurvey(ctx: Context, input: { id: string; definition: unknown }): Promise<void> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const parsed = parseInput(surveyDefinition, input.definition);
  const definition = { ...parsed, questions: await wordTopics(ctx, parsed.questions) };
  const survey = await getSurveyRow(ctx, input.id);
  assertSameKinds(readDefinition(survey.definition), definition);
  await assertPayable(ctx, definition);
  const text = JSON.stringify(definition);
  if (text === survey.definition) return;
  const done = { at: ctx.now(), actor: actorName(ctx.actor) };
  const naming = statement(
    'UPDATE surveys SET name = ? WHERE id = ?',
    textIn(definition.title, await ownLanguage(ctx)),
    survey.id,
  );
  const { id: surveyId, version } = survey;
  const save = (kept: Statement): Decision => ({
    rows: [kept, naming],
    audit: { kind: 'survey.saved', subjectKind: 'survey', subjectId: surveyId, detail: { version } },
  });
  const replacing = statement(
    'UPDATE survey_versions SET definition = ?, at = ?, actor = ? WHERE survey_id = ? AND version = ?',
    ...[text, done.at, done.actor, surveyId, version],
  );
  try {
    await writeDecision(ctx, save(replacing));
  } catch (error) {
    if (!isConflictOn(error, 'refused: survey_version_frozen')) throw error;
    const next = insertVersion({ surveyId, version: version + 1, definition: text, ...done });
    await writeDecision(ctx, save(next));
  }
}

/** Staff know a survey by its title in the business's own language. */
async function ownLanguage(ctx: Context): Promise<Locale> {
  return (await getBusiness(ctx)).identity.languages[0];
}

/** @throws {AppError} `not_found` */
export async function getSurveyRow(ctx: Context, id: string): Promise<SurveyRow> {
  const survey = await findSurvey(ctx.db.fresh, { id });
  if (survey === null) throw new AppError('not_found', 'There is no such survey.');
  return survey;
}

function assertSameKinds(before: SurveyDefinition, after: SurveyDefinition): void {
  const kinds = new Map(before.questions.map(({ id, kind }) => [id, kind]));
  for (const [index, { id, kind }] of after.questions.entries()) {
    if ((kinds.get(id) ?? kind) === kind) continue;
    throw wrongField(
      `questions.${index}.kind`,
      'kind_changed',
      'has to stay the same for this id; give the new question another id',
    );
  }
}

/** A promise in money needs a currency, and an amount that the currency can hold. */
async function assertPayable(ctx: Context, definition: SurveyDefinition): Promise<void> {
  if (definition.incentive === null) return;
  const business = await getBusiness(ctx);
  if (business.currency === null) {
    throw new AppError('currency_not_set', 'Set the currency before promising something for an answer.');
  }
  if (incentiveOf(business, definition) !== null) return;
  throw wrongField('incentive', 'invalid_amount', 'has to be an amount of the business currency above zero');
}
