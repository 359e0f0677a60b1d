import { query } from '../../../db/query.ts';
import { surveyVersions } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import { readyStatements } from './definition.ts';
import { partsOf, type QuestionPart } from './parts.ts';
import { readDefinition } from './read-definition.ts';

/** What opinions of people are taken from. */
export type OpinionKind = 'trust' | 'commitment';
export const opinionKinds = ['trust', 'commitment'] as const satisfies readonly OpinionKind[];

const listDefinitions = query((db) =>
  db
    .select({
      surveyId: surveyVersions.surveyId,
      version: surveyVersions.version,
      definition: surveyVersions.definition,
    })
    .from(surveyVersions)
    .orderBy(surveyVersions.surveyId, surveyVersions.version),
);

/**
 * Every statement about trust and commitment that any survey ever asked: JSON rows of survey, version, answer's id and kind, for
 * `json_each`. A `trust` question without statements of its own asks about both.
 */
export const askedOpinions = (db: Store) =>
  asked(db, (question, part) => {
    if (question.kind !== 'trust' && question.kind !== 'commitment') return null;
    if (part.about?.kind !== 'ready') return [question.kind];
    const { statement } = part.about;
    return [readyStatements.trust.some((one) => one === statement) ? 'trust' : 'commitment'];
  });

/** The same of topics: survey, version, answer's id, topic and side. */
export const askedTopics = (db: Store) =>
  asked(db, (_, { about }) =>
    about?.kind === 'want' || about?.kind === 'get' ? [about.topicId, about.kind] : null,
  );

/** How it goes, by one step of a scale. */
export const scoredKinds = ['satisfaction', 'nps', 'effort'] as const;
export type ScoredKind = (typeof scoredKinds)[number];

/** The same of those: survey, version, answer's id and kind. */
export const askedScores = (db: Store) =>
  asked(db, ({ kind }) => (scoredKinds.some((one) => one === kind) ? [kind] : null));

/** The same of free words: survey, version and answer's id. */
export const askedWords = (db: Store) => asked(db, ({ kind }) => (kind === 'text' ? [] : null));

/** The same of shares of need: survey, version and the ids of the share and of who else. */
export const askedNeeds = (db: Store) =>
  asked(db, ({ kind, id }, { is }) => (kind === 'need' && is === 'step' ? [`${id}.others`] : null));

type Asking = ReturnType<typeof readDefinition>['questions'][number];

async function asked(
  db: Store,
  of: (question: Asking, part: QuestionPart) => string[] | null,
): Promise<string> {
  const versions = await listDefinitions(db, {});
  const rows = versions.flatMap(({ surveyId, version, definition }) =>
    readDefinition(definition).questions.flatMap((question) =>
      partsOf(question).flatMap((part) => {
        const told = of(question, part);
        return told === null ? [] : [[surveyId, version, part.id, ...told]];
      }),
    ),
  );
  return JSON.stringify(rows);
}
