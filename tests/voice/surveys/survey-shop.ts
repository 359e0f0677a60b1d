import { signUp } from '../../../functions/desk/demo/sign-up.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import type { SurveyDefinition } from '../../../functions/voice/surveys/definition.ts';
import { openSurvey } from '../../../functions/voice/surveys/open-survey.ts';
import { createSurvey, saveSurvey } from '../../../functions/voice/surveys/save-survey.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

const owner = { kind: 'staff', id: 'olena', role: 'owner' } as const;

/** A recommendation with a reason for low ones, and a last question for everybody. */
export const recommendation: SurveyDefinition = {
  title: { en: 'Would you recommend us?', uk: 'Чи порадили б ви нас?' },
  intro: {},
  questions: [
    { id: 'recommend', kind: 'nps', text: { en: 'How likely?' }, hint: {}, isRequired: true, showIf: null },
    {
      id: 'why',
      kind: 'text',
      text: { en: 'What disappointed you?' },
      hint: {},
      isRequired: false,
      showIf: { question: 'recommend', from: 0, to: 6 },
    },
    {
      id: 'taste',
      kind: 'choice',
      text: { en: 'Tea or coffee?' },
      hint: {},
      isRequired: false,
      showIf: null,
      options: [
        { id: 'tea', text: { en: 'Tea' } },
        { id: 'coffee', text: { en: 'Coffee' } },
      ],
    },
  ],
  trigger: { kind: 'by_hand' },
  incentive: '2.00',
};

export interface SurveyShop extends Shop {
  staff: Context;
  /** An open survey; its id. */
  survey: (definition?: SurveyDefinition) => Promise<string>;
  /** A claimed customer with an account; their id. */
  customer: (email: string) => Promise<string>;
  rows: (sql: string, ...args: string[]) => Promise<unknown[][]>;
}

export async function openSurveyShop(): Promise<SurveyShop> {
  const shop = await openShop(moneyBack);
  const staff: Context = { ...shop.ctx, actor: owner };
  const rows: SurveyShop['rows'] = async (sql, ...args) => await shop.ctx.db.read({ sql, args });
  return {
    ...shop,
    staff,
    rows,
    survey: async (definition = recommendation) => {
      const id = await createSurvey(staff, { template: 'nps' });
      await saveSurvey(staff, { id, definition: definition });
      await openSurvey(staff, { id });
      return id;
    },
    customer: async (email) => {
      await signUp(shop.ctx, { email, name: 'Ann Lee', language: 'en' });
      const [row] = await rows('SELECT id FROM customers WHERE email = ?', email);
      return String(row?.[0]);
    },
  };
}
