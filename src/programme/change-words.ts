import type { Revision } from '../../functions/desk/console/programme/get-programme-desk.ts';
import { ruleNameIn } from '../../functions/money/rewards/rule-name.ts';
import type { Speech } from '../locale.ts';

/** What became of one rule when a programme was published. */
export function changeWords({ name, change }: Revision['changes'][number], { t, locale }: Speech): string {
  return t[`programme_change_${change}`]({ name: ruleNameIn(name, locale) });
}
