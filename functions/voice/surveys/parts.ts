import {
  ANSWER_LENGTH_MAX,
  isScale,
  OTHERS_LENGTH_MAX,
  type Question,
  trustStatements,
  type Words,
} from './definition.ts';

/** One thing that a question wants to know: what its answer is kept under, and what it may be. */
export type QuestionPart = {
  /** The question's id, with the part behind a point where it has several: `trust.care`, `wants.price.get`, `need.others`. */
  id: string;
  isRequired: boolean;
  /** What is asked of the part beside the question's own words; null where that is all. */
  about: PartAbout | null;
} & ({ is: 'step' } | { is: 'option' } | { is: 'words'; lengthMax: number });

/** A statement of the portal or of the business; how much a topic matters or how well it is done; who else serves somebody. */
export type PartAbout =
  | { kind: 'ready'; statement: (typeof trustStatements)[number] }
  | { kind: 'statement'; text: Words }
  | { kind: 'want' | 'get'; topicId: string; text: Words }
  | { kind: 'others' };

/** What a question is answered by, in the order in which it is shown. */
export function partsOf(question: Question): QuestionPart[] {
  const { id, isRequired, kind } = question;
  if (kind === 'text') return [{ id, isRequired, about: null, is: 'words', lengthMax: ANSWER_LENGTH_MAX }];
  if (kind === 'choice') return [{ id, isRequired, about: null, is: 'option' }];
  const step = { is: 'step', isRequired } as const;
  if (kind === 'trust' || kind === 'commitment') {
    const statements = question.statements;
    if (statements === undefined)
      return trustStatements.map((statement) => ({
        ...step,
        id: `${id}.${statement}`,
        about: { kind: 'ready', statement },
      }));
    return statements.map(({ id: of, text }) => ({
      ...step,
      id: `${id}.${of}`,
      about: { kind: 'statement', text },
    }));
  }
  if (kind === 'topics')
    return question.topics.flatMap(({ id: topicId, text }) =>
      (['want', 'get'] as const).map((side) => ({
        ...step,
        id: `${id}.${topicId}.${side}`,
        about: { kind: side, topicId, text },
      })),
    );
  if (kind === 'need')
    return [
      { ...step, id: `${id}.percent`, about: null },
      {
        id: `${id}.others`,
        isRequired: false,
        about: { kind: 'others' },
        is: 'words',
        lengthMax: OTHERS_LENGTH_MAX,
      },
    ];
  return [{ ...step, id, about: null }];
}

/** Whether the answer to a part can be counted: free words cannot. */
export const isCounted = (question: Question, part: QuestionPart): boolean =>
  part.is === 'option' || (part.is === 'step' && isScale(question.kind));
