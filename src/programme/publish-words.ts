import type { Formats } from '../../functions/ground/formats/format.ts';
import type { FieldError } from '../../functions/ground/platform/errors.ts';
import type { RuleChange } from '../../functions/money/programme/plan-versions.ts';
import { OPEN_FROM } from '../../functions/money/rehearsal/draft.ts';
import type { ProgrammeFile } from '../../functions/money/rewards/programme.ts';
import { ruleNameIn } from '../../functions/money/rewards/rule-name.ts';
import type { Messages, Speech } from '../locale.ts';
import type { FormError } from '../words/field-errors.ts';

/** What publishing does with one rule. */
export function ruleChangeWords(t: Messages, change: RuleChange['change'], name: string): string {
  return change === 'unchanged' ? t.publish_stays({ name }) : t[`programme_change_${change}`]({ name });
}

const dayIn = /\d{4}-\d\d-\d\d/;

/** Why a draft cannot be published: a first day before what is counted already, of the day chosen or of a rule's own. */
export function publishErrors(
  { t, locale }: Speech,
  errors: readonly FieldError[],
  { file, formats }: { file: ProgrammeFile; formats: Formats },
): FormError[] {
  return errors.map(({ path, code, message }) => {
    const rule = file.rules[Number(path.split('.')[1])];
    const earliest = dayIn.exec(message)?.[0];
    const own = rule?.from !== OPEN_FROM ? rule : undefined;
    if (code !== 'from_in_the_past' || earliest === undefined)
      return { field: 'from', text: t.form_rule({ field: t.publish_from(), rule: t.form_rule_day() }) };
    const date = formats.date(earliest);
    return own === undefined
      ? { field: 'from', text: t.form_rule({ field: t.publish_from(), rule: t.publish_from_rule({ date }) }) }
      : { field: 'main', text: t.publish_own_from({ name: ruleNameIn(own.name, locale), date }) };
  });
}
