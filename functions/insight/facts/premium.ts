import { PREMIUM_DAYS_MIN } from './group.ts';

/** SQL of whether the root account `a` is in the club. */
export const isInClub = `(a.club_spans IS NOT NULL AND json_extract(a.club_spans, '$[#-1][1]') IS NULL)`;

/**
 * SQL of a row with `from_minor`, the spend of the last 365 days from which on an account is premium; null while nobody is.
 * `currency` is SQL, too.
 */
export const premiumFrom = (currency: string) =>
  `(SELECT (SELECT from_minor FROM premium_marks WHERE currency = ${currency}) AS from_minor)`;

/** SQL of whether an account with facts `f` has bought anything by `today`, SQL of a business day: an order of a day to come is none yet. */
export const hasBought = (today: string) => `coalesce(f.first_on <= ${today}, 0)`;

/** SQL of whether facts `f` and the last 365 days `y` make an account premium by what it spends; `mark` is {@link premiumFrom}. */
export const isHighSpender = (today: string) => `(y.spend_minor >= mark.from_minor AND ${buysOften(today)})`;

/** SQL of whether an account with facts `f` has bought on days enough to be premium by what it spends. */
export const buysOften = (today: string) =>
  `(${hasBought(today)} AND CASE WHEN f.last_on > ${today} THEN (SELECT count(DISTINCT d.day)
    FROM account_days AS d WHERE d.root_id = f.account_id AND d.order_count > 0 AND d.day <= ${today})
    ELSE f.purchase_days END >= ${PREMIUM_DAYS_MIN})`;
