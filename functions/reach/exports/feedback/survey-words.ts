import type { Row, Store } from '../../../../db/store.ts';
import { readDefinition } from '../../../voice/surveys/read-definition.ts';
import { placeOf } from './columns.ts';

/** Puts names to the surveys and questions of answers. */
export async function openSurveyWords(db: Store) {
  const names = new Map<string, string>();
  const kinds = new Map<string, string>();
  for (const [id, name, version, definition] of await db.read({ sql: listVersions, args: [] })) {
    names.set(String(id), String(name));
    const { questions } = readDefinition(String(definition));
    for (const question of questions) kinds.set(`${id} ${version} ${question.id}`, question.kind);
  }
  return {
    /** A row that still has the ids of its survey and version. */
    name: (row: Row) => {
      const survey = String(row[at.survey]);
      const [question = ''] = String(row[at.question]).split('.');
      row[at.asks] = kinds.get(`${survey} ${row[at.asks]} ${question}`) ?? null;
      row[at.survey] = names.get(survey) ?? null;
    },
  };
}

const at = { survey: placeOf('survey'), question: placeOf('question'), asks: placeOf('asks') };

const listVersions = `SELECT s.id, s.name, v.version, v.definition FROM surveys AS s
  JOIN survey_versions AS v ON v.survey_id = s.id`;
