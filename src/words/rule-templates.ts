import { type Speech, wordsIn } from '../locale.ts';
import type { FieldRule } from './field-errors.ts';
import { inEach } from './languages.ts';

/** The forms that a first rule may take, each with the fields that its page shows. */
export const ruleTemplates = ['every', 'steps', 'bands'] as const;
export type RuleTemplate = (typeof ruleTemplates)[number];

/** How many targets or bands a template shows; a row left empty is none. */
export const TEMPLATE_ROWS = [0, 1, 2] as const;

/** What 100 euros are about, in hundreds of a currency; 1 for those that are not listed. */
const scale: Readonly<Record<string, number>> = {
  CZK: 20,
  HUF: 300,
  INR: 50,
  JPY: 100,
  MDL: 10,
  NOK: 10,
  SEK: 10,
  TRY: 30,
  UAH: 20,
};

type Fields = Readonly<Record<string, string>>;

/** What stands in the fields of a template before somebody changes it. */
export function startingFields(template: RuleTemplate, currency: string): Fields {
  const times = scale[currency] ?? 1;
  const amount = (units: number) => String(units * times);
  switch (template) {
    case 'every':
      return { every_spend: amount(100), every_back: amount(5) };
    case 'steps':
      return rowsOf(
        'steps',
        ['spend', 'back'],
        [
          [200, 10],
          [500, 30],
          [1000, 80],
        ].map((row) => row.map(amount)),
      );
    case 'bands':
      return rowsOf(
        'bands',
        ['from', 'percent'],
        [
          ['0', '2'],
          [amount(500), '3'],
          [amount(1000), '5'],
        ],
      );
  }
}

function rowsOf(template: string, names: readonly string[], rows: readonly (readonly string[])[]): Fields {
  return Object.fromEntries(
    rows.flatMap((row, at) => names.map((name, column) => [`${template}_${name}_${at}`, row[column] ?? ''])),
  );
}

/** The rows of a template that somebody filled in, with the place in the form that each has. */
function filledRows(template: 'steps' | 'bands', fields: ReadonlyMap<string, string>) {
  const [first, second] = template === 'steps' ? ['spend', 'back'] : ['from', 'percent'];
  return TEMPLATE_ROWS.map((at) => ({
    at,
    first: fields.get(`${template}_${first}_${at}`) ?? '',
    second: fields.get(`${template}_${second}_${at}`) ?? '',
  })).filter((row) => row.first !== '' || row.second !== '');
}

/** The rule as a programme file says it, with a name in each language of the business. */
export function templateRule(
  template: RuleTemplate,
  { fields, speech, from }: { fields: ReadonlyMap<string, string>; speech: Speech; from: string },
) {
  const name = inEach(speech.languages, (language) => wordsIn(language)[`setup_rule_${template}`]());
  const rest = { id: 'money-back', name, settleAfterDays: 14, expires: { months: 12 }, from };
  switch (template) {
    case 'every':
      return {
        ...rest,
        scheme: 'every',
        period: 'lifetime',
        spend: fields.get('every_spend') ?? '',
        back: fields.get('every_back') ?? '',
      };
    case 'steps': {
      const targets = filledRows('steps', fields).map(({ first, second }) => ({
        spend: first,
        back: second,
      }));
      return { ...rest, scheme: 'steps', period: 'year', targets };
    }
    case 'bands': {
      const bands = filledRows('bands', fields).map(({ first, second }) => ({
        from: first,
        percent: second,
      }));
      return { ...rest, scheme: 'bands', mode: 'marginal', period: 'year', bands };
    }
  }
}

/** What the fields of a template take, by the paths of the programme file. */
export function templateRules(
  { t }: Speech,
  template: RuleTemplate,
  fields: ReadonlyMap<string, string>,
): Record<string, FieldRule> {
  const amount = t.form_rule_amount();
  if (template === 'every')
    return {
      'rules.0.spend': { field: 'every_spend', label: t.setup_rule_spend(), rule: amount },
      'rules.0.back': { field: 'every_back', label: t.setup_rule_back(), rule: amount },
    };
  const first = filledRows(template, fields);
  const whole = `${template}_${template === 'steps' ? 'spend' : 'from'}_0`;
  const rows = first.flatMap(({ at }, index): [string, FieldRule][] =>
    template === 'steps'
      ? [
          [
            `rules.0.targets.${index}`,
            { field: `steps_spend_${at}`, label: t.setup_rule_spend(), rule: t.setup_rule_rising() },
          ],
          [
            `rules.0.targets.${index}.back`,
            { field: `steps_back_${at}`, label: t.setup_rule_back(), rule: t.setup_rule_rising() },
          ],
        ]
      : [
          [
            `rules.0.bands.${index}`,
            { field: `bands_from_${at}`, label: t.setup_rule_from(), rule: t.setup_rule_bands_rule() },
          ],
          [
            `rules.0.bands.${index}.percent`,
            {
              field: `bands_percent_${at}`,
              label: t.setup_rule_percent(),
              rule: t.setup_rule_percent_rule(),
            },
          ],
        ],
  );
  const list = template === 'steps' ? 'rules.0.targets' : 'rules.0.bands';
  const label = template === 'steps' ? t.setup_rule_spend() : t.setup_rule_from();
  return { ...Object.fromEntries(rows), [list]: { field: whole, label, rule: amount } };
}
