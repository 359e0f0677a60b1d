import { insertInto, statement } from '../../db/query.ts';
import { surveys, surveyVersions } from '../../db/schema/index.ts';
import { isConflictOn } from '../../db/store.ts';
import type { Locale } from '../../src/languages.ts';
import { recordAct } from '../audit/record-act.ts';
import { getBusiness } from '../business/business.ts';
import { offeredLanguages } from '../business/languages.ts';
import { portalBrand } from '../mail/brand.ts';
import { allowRole } from '../platform/allow.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { parseInput } from '../platform/parse-input.ts';
import { type SurveyDefinition, surveyDefinition, textIn } from './definition.ts';
import { incentiveOf } from './invite.ts';
import { findSurvey, type SurveyRow } from './queries.ts';
import { readDefinition } from './read-definition.ts';
import { surveyTemplate, type TemplateName } from './templates.ts';

const insertSurvey = insertInto(surveys);
const insertVersion = insertInto(surveyVersions);

/** Starts a survey from a template, not open yet; returns its id. @throws {AppError} `forbidden` */
export async function createSurvey(ctx: Context, { template }: { template: TemplateName }): Promise<string> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const id = newId();
  const definition = surveyTemplate(template, portalBrand.name);
  const done = { at: ctx.now(), actor: actorName(ctx.actor) };
  await ctx.db.write([
    insertSurvey({
      id,
      name: textIn(definition.title, await ownLanguage(ctx)),
      createdAt: done.at,
      createdBy: done.actor,
    }),
    insertVersion({ surveyId: id, version: 1, definition: JSON.stringify(definition), ...done }),
    recordAct(ctx, { act: 'survey.created', subjectKind: 'survey', subjectId: id, detail: { template } }),
  ]);
  return id;
}

/**
 * Saves what a survey is. A version that somebody was invited to stays as it is; a new one takes its place for whoever is
 * invited from then on. A question that keeps its id keeps its kind, so that results go on.
 * @throws {AppError} `forbidden`, `not_found`, `validation_failed`, `currency_not_set` (for an incentive)
 */
export async function saveSurvey(ctx: Context, asked: { id: string; definition: unknown }): Promise<void> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const definition = parseInput(surveyDefinition, asked.definition);
  const survey = await getSurveyRow(ctx, asked.id);
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
  const act = recordAct(ctx, {
    act: 'survey.saved',
    subjectKind: 'survey',
    subjectId: survey.id,
    detail: { version: survey.version },
  });
  const { id: surveyId, version } = survey;
  try {
    await ctx.db.write([
      statement(
        'UPDATE survey_versions SET definition = ?, at = ?, actor = ? WHERE survey_id = ? AND version = ?',
        text,
        done.at,
        done.actor,
        surveyId,
        version,
      ),
      naming,
      act,
    ]);
  } catch (error) {
    if (!isConflictOn(error, 'refused: survey_version_frozen')) throw error;
    await ctx.db.write([
      insertVersion({ surveyId, version: version + 1, definition: text, ...done }),
      naming,
      act,
    ]);
  }
}

/** Staff know a survey by its title in the business's own language. */
async function ownLanguage(ctx: Context): Promise<Locale> {
  return offeredLanguages(await getBusiness(ctx))[0];
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
    const message = 'has to stay the same for this id; give the new question another id';
    throw new AppError('validation_failed', `questions.${index}.kind ${message}.`, {
      errors: [{ path: `questions.${index}.kind`, code: 'kind_changed', message }],
    });
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
  const message = 'has to be an amount of the business currency above zero';
  throw new AppError('validation_failed', `incentive ${message}.`, {
    errors: [{ path: 'incentive', code: 'invalid_amount', message }],
  });
}
