import type { SurveyDefinition } from './definition.ts';

/** What a new survey may start from; every text can be changed afterwards. */
export const templateNames = ['nps', 'delivery', 'case', 'trust'] as const;
export type TemplateName = (typeof templateNames)[number];

/** A survey to start from, with the business named in its texts. */
export function surveyTemplate(name: TemplateName, business: string): SurveyDefinition {
  switch (name) {
    case 'nps':
      return recommendation(business);
    case 'delivery':
      return afterDelivery(business);
    case 'case':
      return afterCase(business);
    case 'trust':
      return trustAndCommitment(business);
  }
}

type Question = SurveyDefinition['questions'][number];

function recommendation(business: string): SurveyDefinition {
  return {
    title: { en: `Would you recommend ${business}?`, uk: `Чи порадили б ви ${business}?` },
    intro: {},
    questions: [recommend(business), ...reasons('recommend', { low: 6, high: 9, to: 10 })],
    trigger: { kind: 'season', on: ['03-01', '09-01'] },
    incentive: null,
  };
}

function afterDelivery(business: string): SurveyDefinition {
  return {
    title: { en: 'How was your order?', uk: 'Як вам замовлення?' },
    intro: {},
    questions: [
      {
        ...asked('satisfied', 'satisfaction'),
        text: { en: 'How satisfied are you with your order?', uk: 'Наскільки ви задоволені замовленням?' },
      },
      {
        ...asked('wrong', 'choice'),
        kind: 'choice',
        text: { en: 'What went wrong?', uk: 'Що було не так?' },
        options: [
          { id: 'late', text: { en: 'It came late', uk: 'Надійшло запізно' } },
          { id: 'damaged', text: { en: 'Something was damaged', uk: 'Щось було пошкоджене' } },
          {
            id: 'different',
            text: { en: 'It was not what I expected', uk: 'Не відповідає моїм очікуванням' },
          },
          { id: 'other', text: { en: 'Something else', uk: 'Щось інше' } },
        ],
        showIf: { question: 'satisfied', from: 1, to: 3 },
      },
      {
        ...asked('effort', 'effort'),
        text: {
          en: `${business} made it easy to get what I wanted.`,
          uk: `У ${business} було легко отримати те, що мені потрібно.`,
        },
      },
      freeWords('more', { en: 'Anything else we should know?', uk: 'Що ще нам варто знати?' }),
    ],
    trigger: { kind: 'after_delivery', days: 3 },
    incentive: null,
  };
}

function afterCase(business: string): SurveyDefinition {
  return {
    title: { en: 'How did we handle it?', uk: 'Як ми впоралися?' },
    intro: { en: 'You told us something, and we answered.', uk: 'Ви нам написали, і ми відповіли.' },
    questions: [
      {
        ...asked('satisfied', 'satisfaction'),
        text: {
          en: 'How satisfied are you with how it ended?',
          uk: 'Наскільки ви задоволені тим, як ми все вирішили?',
        },
      },
      {
        ...asked('effort', 'effort'),
        text: {
          en: `${business} made it easy to have it put right.`,
          uk: `${business}: виправити все було легко.`,
        },
      },
      freeWords('better', { en: 'What should we have done better?', uk: 'Що ми мали зробити краще?' }),
    ],
    trigger: { kind: 'after_case', days: 2 },
    incentive: null,
  };
}

function trustAndCommitment(business: string): SurveyDefinition {
  return {
    title: { en: 'You and us', uk: 'Ви і ми' },
    intro: {},
    questions: [
      {
        ...asked('trust', 'trust'),
        text: {
          en: `How far do you agree about ${business}?`,
          uk: `Наскільки ви згодні з цими твердженнями про ${business}?`,
        },
      },
      recommend(business),
      freeWords('gap', {
        en: 'What do you need from us that we do not do yet?',
        uk: 'Що ми могли б робити для вас, але ще не робимо?',
      }),
    ],
    trigger: { kind: 'by_hand' },
    incentive: null,
  };
}

const recommend = (business: string): Question => ({
  ...asked('recommend', 'nps'),
  text: {
    en: `How likely are you to recommend ${business} to a friend or colleague?`,
    uk: `Наскільки ймовірно, що ви порадите ${business} друзям або колегам?`,
  },
});

/** One open question behind a recommendation, worded by how it went. */
function reasons(question: string, { low, high, to }: { low: number; high: number; to: number }): Question[] {
  return [
    {
      ...freeWords('disappointed', {
        en: 'What disappointed you most?',
        uk: 'Що вас найбільше розчарувало?',
      }),
      showIf: { question, from: 0, to: low },
    },
    {
      ...freeWords('missing', { en: 'What would make it a 10?', uk: 'Чого бракує до десятки?' }),
      showIf: { question, from: low + 1, to: high - 1 },
    },
    {
      ...freeWords('liked', { en: 'What do you like best?', uk: 'Що вам подобається найбільше?' }),
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
