import type { Formats } from '../../functions/ground/formats/format.ts';
import { isSegment } from '../../functions/money/rewards/compile.ts';
import type { PeriodKind, Rule, Scheme } from '../../functions/money/rewards/types.ts';
import type { Messages } from '../locale.ts';

export interface RuleWords {
  t: Messages;
  formats: Formats;
  currency: string;
}

/** The promise of a scheme in one sentence. */
export function schemeSentence(scheme: Scheme, { t, formats, currency }: RuleWords): string {
  const money = (minor: bigint) => formats.money({ minor, currency });
  switch (scheme.kind) {
    case 'every':
      return t.how_every({ spend: money(scheme.spend), back: money(scheme.back) });
    case 'steps':
      return t.how_steps();
    case 'bands':
      return scheme.mode === 'whole' ? t.how_bands_whole() : t.how_bands_marginal();
  }
}

/** The scale of a scheme as rows of a table; none for a scheme that its sentence says whole. */
export function schemeScale(
  scheme: Scheme,
  { t, formats, currency }: RuleWords,
): { spend: string; back: string }[] {
  const money = (minor: bigint) => formats.money({ minor, currency });
  const from = (minor: bigint) => (minor === 0n ? t.how_from_zero() : t.how_from({ amount: money(minor) }));
  switch (scheme.kind) {
    case 'every':
      return [];
    case 'steps':
      return scheme.targets.map(({ spend, back }) => ({ spend: money(spend), back: money(back) }));
    case 'bands':
      return scheme.bands.map((band) => ({ spend: from(band.from), back: formats.percent(band.bps) }));
  }
}

/** The terms of a rule, a sentence each. */
export function ruleTerms(rule: Rule, words: RuleWords): string[] {
  const { t } = words;
  return [
    ...(rule.audience === 'club' ? [t.club_rule_for()] : []),
    ...(isSegment(rule.audience) ? [t.segments_rule_for()] : []),
    periodSentence(rule.period, t),
    rule.settleAfterDays === 0 ? t.how_settle_now() : t.how_settle_days({ days: rule.settleAfterDays }),
    expirySentence(rule, t),
    paysSentence(rule, words),
    rule.counts.shipping ? t.how_counts_shipping() : t.how_counts_no_shipping(),
    t.how_excluded({
      list: [t.how_gift_cards(), ...rule.counts.excludeCategories.filter((name) => !/gift/i.test(name))].join(
        ', ',
      ),
    }),
  ];
}

function periodSentence(kind: PeriodKind, t: Messages): string {
  switch (kind) {
    case 'month':
      return t.period_month();
    case 'quarter':
      return t.period_quarter();
    case 'year':
      return t.period_year();
    case 'membership-year':
      return t.period_membership_year();
    case 'lifetime':
      return t.period_lifetime();
  }
}

function expirySentence({ expires }: Rule, t: Messages): string {
  if (expires === 'never') return t.how_expires_never();
  if (expires === 'period-end') return t.how_expires_period();
  return t.how_expires_months({ months: expires.months });
}

function paysSentence({ pays }: Rule, { t, formats, currency }: RuleWords): string {
  if (pays === 'credit') return t.how_pays_credit();
  if (pays.voucher.minimum === 0n) return t.how_pays_voucher();
  return t.how_pays_voucher_minimum({ minimum: formats.money({ minor: pays.voucher.minimum, currency }) });
}
