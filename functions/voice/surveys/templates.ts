import { built, locales } from '../../../languages/built.ts';
import type { SurveyWords } from '../../../languages/language.ts';
import { fillIn } from '../../ground/formats/fill-in.ts';
import { PARTS_MAX, readyStatements, type SurveyDefinition, type Words } from './definition.ts';
import type { SurveyTopic } from './topics.ts';

/** What a new survey may start from; every text can be changed afterwards. */
export const templateNames = ['nps', 'delivery', 'case', 'contact', 'trust', 'wants'] as const;
export type TemplateName = (typeof templateNames)[number];

/** A survey to start from, with the business named in its texts. */
export function surveyTemplate(
  name: TemplateName,
  { business, topics }: { business: string; topics: readonly SurveyTopic[] },
): SurveyDefinition {
  const say = sayFor(business);
  switch (name) {
    case 'nps':
      return recommendation(say);
    case 'delivery':
      return afterDelivery(say);
    case 'case':
      return afterCase(say);
    case 'contact':
      return afterContact(say);
    case 'trust':
      return trustAndCommitment(say, business);
    case 'wants':
      return wantsAndGets(say, topics);
  }
}

/** The statements about trust or commitment that a question starts from. */
export function startingStatements(kind: 'trust' | 'commitment', business: string) {
  const say = sayFor(business);
  return readyStatements[kind].map((id) => ({
    id,
    text: say(({ relationship }) => relationship.statements[id]),
  }));
}

/** What the list of topics starts with, as long as nobody has changed it. */
export function startingTopics(): SurveyTopic[] {
  const ids = ['range', 'quality', 'price', 'delivery', 'advice', 'ordering', 'help'] as const;
  return ids.map((id) => ({ id, text: sayFor('')(({ wants }) => wants.list[id]) }));
}

const sayFor =
  (business: string): Say =>
  (textOf) =>
    Object.fromEntries(
      locales.map((locale) => [locale, fillIn(textOf(built[locale].surveys), { business })]),
    );

type Question = SurveyDefinition['questions'][number];
/** One of the texts in every language that is built in. */
type Say = (textOf: (words: SurveyWords) => string) => Words;

function recommendation(say: Say): SurveyDefinition {
  return {
    title: say((words) => words.recommendation.title),
    intro: {},
    questions: [recommend(say), ...reasons(say, { low: 6, high: 9, to: 10 })],
    trigger: { kind: 'season', on: ['03-01', '09-01'] },
    incentive: null,
  };
}

function afterDelivery(say: Say): SurveyDefinition {
  return {
    title: say((words) => words.delivery.title),
    intro: {},
    questions: [
      { ...asked('satisfied', 'satisfaction'), text: say((words) => words.delivery.satisfied) },
      {
        ...asked('wrong', 'choice'),
        kind: 'choice',
        text: say((words) => words.delivery.wrong),
        options: [
          { id: 'late', text: say((words) => words.delivery.late) },
          { id: 'damaged', text: say((words) => words.delivery.damaged) },
          { id: 'different', text: say((words) => words.delivery.different) },
          { id: 'other', text: say((words) => words.delivery.other) },
        ],
        showIf: { question: 'satisfied', from: 1, to: 3 },
      },
      { ...asked('effort', 'effort'), text: say((words) => words.delivery.effort) },
      freeWords(
        'more',
        say((words) => words.delivery.more),
      ),
    ],
    trigger: { kind: 'after_delivery', days: 3 },
    incentive: null,
  };
}

function afterCase(say: Say): SurveyDefinition {
  return {
    title: say((words) => words.afterCase.title),
    intro: say((words) => words.afterCase.intro),
    questions: [
      { ...asked('satisfied', 'satisfaction'), text: say((words) => words.afterCase.satisfied) },
      { ...asked('effort', 'effort'), text: say((words) => words.afterCase.effort) },
      freeWords(
        'better',
        say((words) => words.afterCase.better),
      ),
    ],
    trigger: { kind: 'after_case', days: 2 },
    incentive: null,
  };
}

/** One question, since a talk of two minutes is worth no more of theirs. */
function afterContact(say: Say): SurveyDefinition {
  return {
    title: say((words) => words.afterContact.title),
    intro: {},
    questions: [
      { ...asked('satisfied', 'satisfaction'), text: say((words) => words.afterContact.satisfied) },
    ],
    trigger: { kind: 'after_contact', days: 1 },
    incentive: null,
  };
}

function trustAndCommitment(say: Say, business: string): SurveyDefinition {
  return {
    title: say((words) => words.relationship.title),
    intro: {},
    questions: [
      {
        ...asked('trust', 'trust'),
        text: say((words) => words.relationship.trust),
        statements: startingStatements('trust', business),
      },
      {
        ...asked('commitment', 'commitment'),
        text: say((words) => words.relationship.commitment),
        statements: startingStatements('commitment', business),
      },
      recommend(say),
      freeWords(
        'gap',
        say((words) => words.relationship.gap),
      ),
    ],
    trigger: { kind: 'by_hand' },
    incentive: null,
  };
}

function wantsAndGets(say: Say, topics: readonly SurveyTopic[]): SurveyDefinition {
  return {
    title: say((words) => words.wants.title),
    intro: {},
    questions: [
      {
        ...asked('wants', 'topics'),
        text: say((words) => words.wants.topics),
        hint: say((words) => words.wants.hint),
        isRequired: false,
        topics: topics.slice(0, PARTS_MAX),
      },
      { ...asked('need', 'need'), text: say((words) => words.wants.need), isRequired: false },
      freeWords(
        'more',
        say((words) => words.wants.more),
      ),
    ],
    trigger: { kind: 'by_hand' },
    incentive: null,
  };
}

const recommend = (say: Say): Question => ({
  ...asked('recommend', 'nps'),
  text: say((words) => words.recommendation.recommend),
});

/** One open question behind a recommendation, worded by how it went. */
function reasons(say: Say, { low, high, to }: { low: number; high: number; to: number }): Question[] {
  const question = 'recommend';
  return [
    {
      ...freeWords(
        'disappointed',
        say((words) => words.recommendation.disappointed),
      ),
      showIf: { question, from: 0, to: low },
    },
    {
      ...freeWords(
        'missing',
        say((words) => words.recommendation.missing),
      ),
      showIf: { question, from: low + 1, to: high - 1 },
    },
    {
      ...freeWords(
        'liked',
        say((words) => words.recommendation.liked),
      ),
      showIf: { question, from: high, to },
    },
  ];
}

function freeWords(id: string, text: SurveyDefinition['title']): Question {
  return { ...asked(id, 'text'), text, isRequired: false };
}

function asked<Kind extends Question['kind']>(id: string, kind: Kind) {
  return { id, kind, text: {}, hint: {}, isRequired: true, showIf: null };
}
