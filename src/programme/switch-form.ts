import { startingFields } from '../words/rule-templates.ts';
import type { RuleForm } from './rule-form.ts';

type Fields = ReadonlyMap<string, string>;

const amounts = /^(?:spend|back|first_\d{1,2}|second_\d{1,2})$/;
const kept = /^kept_(every|steps|bands)_(.+)$/;

/** The forms of one kind of amounts. */
export const amountsOf = (form: RuleForm): 'every' | 'steps' | 'bands' =>
  form === 'every' || form === 'steps' ? form : 'bands';

/** The amounts of forms that are not shown, which a form carries so that going back brings them again. */
export const keptFields = (fields: Fields): [string, string][] =>
  [...fields].filter(([name]) => kept.test(name));

/**
 * What a form shows when it becomes another: the amounts that it had before, or samples; all else as it was typed. The
 * amounts it shows now are carried along.
 */
export function switchForm(
  { from, to }: { from: RuleForm; to: RuleForm },
  { fields, currency }: { fields: Fields; currency: string },
): Map<string, string> {
  const [before, after] = [amountsOf(from), amountsOf(to)];
  if (before === after) return new Map(fields);
  const typed = [...fields].filter(([name, value]) => amounts.test(name) && value !== '');
  const again = [...fields].flatMap(([name, value]): [string, string][] => {
    const [, of, own = ''] = kept.exec(name) ?? [];
    return of === after ? [[own, value]] : [];
  });
  const samples = Object.entries(startingFields(after, currency)).map(([name, value]): [string, string] => [
    fieldOf(name),
    value,
  ]);
  return new Map([
    ...[...fields].filter(([name]) => !amounts.test(name) && kept.exec(name)?.[1] !== after),
    ...typed.map(([name, value]): [string, string] => [`kept_${before}_${name}`, value]),
    ...(again.length > 0 ? again : samples),
  ]);
}

/** `steps_spend_0` of a template is `first_0` of the form. */
export function fieldOf(name: string): string {
  return name
    .replace(/^every_/, '')
    .replace(/^(?:steps_spend|bands_from)_/, 'first_')
    .replace(/^(?:steps_back|bands_percent)_/, 'second_');
}
