import { createHash } from 'node:crypto';
import { insertInto } from '../../../../db/query.ts';
import { surveys, surveyVersions } from '../../../../db/schema/index.ts';
import type { Store } from '../../../../db/store.ts';
import { locales } from '../../../../languages/built.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import {
  idPattern,
  KEPT_MAX,
  keptDefinition,
  type QuestionKind,
  trustStatements,
} from '../../../voice/surveys/definition.ts';
import { type Reason, wrongIn } from '../reason.ts';
import type { ToldAnswer } from './parse-told.ts';

const insertSurvey = insertInto(surveys, 'ON CONFLICT DO NOTHING');
const insertVersion = insertInto(surveyVersions, 'ON CONFLICT DO NOTHING');

/** What a file tells of its surveys: their questions, by name. */
export type SurveysSeen = Map<string, Map<string, QuestionSeen>>;

interface QuestionSeen {
  kind: QuestionKind;
  /** The options, statements or topics that the file's answers are about. */
  parts: Set<string>;
}

/** Notes an answer's question. Returns why the answer cannot be taken, or null. */
export function seeQuestion(seen: SurveysSeen, { survey, id, asks, text }: ToldAnswer): Reason | null {
  const questions = seen.get(survey) ?? new Map<string, QuestionSeen>();
  seen.set(survey, questions);
  const [name = '', part = ''] = (/:(.*)/.exec(id)?.[1] ?? '').split('.');
  const known = questions.get(name);
  if (known === undefined && questions.size === KEPT_MAX)
    return wrongIn('survey', 'questions_too_many', { max: KEPT_MAX });
  if (known !== undefined && known.kind !== asks)
    return wrongIn('asks', 'asks_differs', { kind: known.kind });
  const question = known ?? { kind: asks, parts: new Set<string>() };
  questions.set(name, question);
  if (hasParts(asks) && part === '') return wrongIn('id', 'needs_export_id');
  const about = hasParts(asks) ? part : asks === 'choice' ? text : '';
  if (about === '' || question.parts.has(about)) return null;
  if (!idPattern.test(about)) return wrongIn(hasParts(asks) ? 'id' : 'text', 'needs_export_id');
  if (question.parts.size === KEPT_MAX) return wrongIn('text', 'choices_too_many', { max: KEPT_MAX });
  question.parts.add(about);
  return null;
}

/** Whether its answers are kept by statement or topic, which stand behind a point of their ids. */
const hasParts = (kind: QuestionKind) => kind === 'trust' || kind === 'commitment' || kind === 'topics';

/** The survey and version that the answers of each name go to. */
export type SurveysOpen = ReadonlyMap<string, { surveyId: string; version: number }>;

/** Makes the surveys of a file, closed, each with a version that asks what the file's answers answer. */
export async function openSurveys(ctx: Context, seen: SurveysSeen): Promise<SurveysOpen> {
  const open = new Map<string, { surveyId: string; version: number }>();
  for (const [name, questions] of seen) open.set(name, await openSurvey(ctx, name, questions));
  return open;
}

async function openSurvey(ctx: Context, name: string, questions: Map<string, QuestionSeen>) {
  const surveyId = createHash('sha256').update(`imported survey ${name}`).digest('hex').slice(0, 32);
  const definition = JSON.stringify(definitionOf(name, questions));
  const versions = await listVersions(ctx.db.fresh, surveyId);
  const same = versions.find((one) => one.definition === definition);
  if (same !== undefined) return { surveyId, version: same.version };
  const version = Math.max(0, ...versions.map((one) => one.version)) + 1;
  const [now, actor] = [ctx.now(), actorName(ctx.actor)];
  await ctx.db.write([
    insertSurvey({ id: surveyId, name, createdAt: now, createdBy: actor, closedAt: now, closedBy: actor }),
    insertVersion({ surveyId, version, definition, at: now, actor }),
  ]);
  return { surveyId, version };
}

async function listVersions(db: Store, surveyId: string) {
  const rows = await db.read({
    sql: 'SELECT version, definition FROM survey_versions WHERE survey_id = ?',
    args: [surveyId],
  });
  return rows.map(([version, definition]) => ({ version: Number(version), definition: String(definition) }));
}

/** A file holds answers, not the wording of questions: each is worded by its id. */
function definitionOf(name: string, questions: Map<string, QuestionSeen>) {
  const words = (text: string) => ({ [locales[0]]: text });
  return keptDefinition.parse({
    title: words(name),
    questions: [...questions].toSorted(byName).map(([id, { kind, parts }]) => ({
      id,
      kind,
      text: words(id),
      isRequired: false,
      ...partsOf(kind, parts),
    })),
    trigger: { kind: 'by_hand' },
  });
}

/** Trust in the portal's own statements needs no words of the file's. */
function partsOf(kind: QuestionKind, parts: ReadonlySet<string>) {
  const worded = (ids: readonly string[]) => ids.map((id) => ({ id, text: { [locales[0]]: id } }));
  if (kind === 'choice') return { options: worded(twoAtLeast(parts)) };
  if (kind === 'topics') return { topics: worded([...parts].toSorted()) };
  if (kind === 'commitment') return { statements: worded([...parts].toSorted()) };
  const isReady = [...parts].every((part) => trustStatements.some((statement) => statement === part));
  return kind === 'trust' && !isReady ? { statements: worded([...parts].toSorted()) } : {};
}

const byName = ([left]: [string, unknown], [right]: [string, unknown]) => (left < right ? -1 : 1);

function twoAtLeast(options: ReadonlySet<string>): string[] {
  const all = [...options].toSorted();
  return [...all, 'another', 'none'].slice(0, Math.max(2, all.length));
}
