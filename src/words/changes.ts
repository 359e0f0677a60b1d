import type { Effect } from '../../functions/insight/changes/get-effects.ts';
import type { Messages } from '../locale.ts';

/** How often a cause was told since its change was published, in a sentence that claims nothing of why. */
export function effectWords(t: Messages, cases: Effect['cases'], locale: string): string {
  const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  if (cases === null) return t.effects_too_early();
  const { before, after, ratio } = cases;
  const counts = t.effects_counts({ before: before.cases, after: after.cases, weeks: after.weeks });
  const [was, is] = [before.perThousandOrders, after.perThousandOrders];
  if (was === null || is === null) return `${counts} ${t.effects_cannot_tell()}`;
  const rates = t.effects_rates({ before: decimal.format(was.value), after: decimal.format(is.value) });
  const verdict =
    ratio === null || !ratio.isClear
      ? t.effects_cannot_tell()
      : ratio.value < 1
        ? t.effects_fewer()
        : t.effects_more();
  return `${counts} ${rates} ${verdict}`;
}
