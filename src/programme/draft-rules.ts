import { type Draft, toDraftJson } from '../../functions/money/programme/draft.ts';
import { type Speech, wordsIn } from '../locale.ts';
import { inEach } from '../words/languages.ts';
import { startingFields } from '../words/rule-templates.ts';
import { type RuleForm, ruleJsonOf } from './rule-form.ts';
import { amountsOf, fieldOf } from './switch-form.ts';

type DraftJson = ReturnType<typeof toDraftJson>;
type RuleJson = Partial<DraftJson['rules'][number]> & { id: string };

/** A draft with other rules, as it is kept. */
export function withRules(file: Draft['file'], change: (rules: readonly RuleJson[]) => unknown[]) {
  const json = toDraftJson(file);
  return { ...json, rules: change(json.rules) };
}

/** One rule a place up or down. */
export function moved(id: string, by: -1 | 1) {
  return (rules: readonly RuleJson[]): RuleJson[] => {
    const at = rules.findIndex((rule) => rule.id === id);
    const rule = rules[at];
    if (rule === undefined || at + by < 0) return [...rules];
    return rules.toSpliced(at, 1).toSpliced(at + by, 0, rule);
  };
}

/** A rule with sample amounts and a name that no other has, at the end. */
export function newRule(
  form: RuleForm,
  { file, takenIds, speech }: Pick<Draft, 'file' | 'takenIds'> & { speech: Speech },
) {
  const starting = Object.entries(startingFields(amountsOf(form), file.currency)).map(
    ([name, value]): [string, string] => [fieldOf(name), value],
  );
  const names = inEach(speech.languages, (language) => wordsIn(language)[`programme_scheme_${form}`]());
  const fields = new Map([
    ...starting,
    ...Object.entries(names).map(([language, name]): [string, string] => [`name_${language}`, name]),
    ['period', form === 'every' ? 'lifetime' : 'year'],
    ['for', 'everyone'],
    ['vouchers', 'yes'],
    ['pays', 'credit'],
    ['settle', '14'],
    ['expires', 'months'],
    ['expires_months', '12'],
  ]);
  return ruleJsonOf(freeId(file, takenIds), form, fields, speech.languages);
}

function freeId({ rules }: Draft['file'], taken: ReadonlySet<string>): string {
  for (let number = rules.length + 1; ; number += 1) {
    const id = `rule-${number}`;
    if (!taken.has(id) && rules.every((rule) => rule.id !== id)) return id;
  }
}
