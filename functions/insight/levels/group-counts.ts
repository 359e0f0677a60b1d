import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { type ConversationGroup, PREMIUM_DAYS_MIN } from '../facts/group.ts';
import { hasBought, isHighSpender, isInClub, premiumFrom } from '../facts/premium.ts';

export interface GroupCounts extends Record<ConversationGroup, number> {
  /** Of those who are premium: in the club, and by what they spend alone. */
  byClub: number;
  bySpend: number;
}

/**
 * How many root accounts are of each group on a business day that is today; spend is that in one currency. Of those who spent enough, most
 * have purchase days enough in the year already, so that what was counted of all years is looked up for few.
 */
export async function countGroups(
  db: Store,
  { currency, today }: { currency: string; today: string },
): Promise<GroupCounts> {
  const [[all], [club], [spend]] = await Promise.all([
    db.read(
      statement(
        'SELECT (SELECT count(*) FROM account_facts), (SELECT count(*) FROM account_facts WHERE first_on <= ?1)',
        today,
      ),
    ),
    db.read(
      statement(
        `SELECT count(*), coalesce(sum(${hasBought('?2')}), 0), coalesce(sum(${isHighSpender('?2')}), 0)
         FROM accounts AS a JOIN account_facts AS f ON f.account_id = a.id CROSS JOIN ${premiumFrom('?1')} AS mark
         LEFT JOIN account_years AS y ON y.root_id = a.id AND y.currency = ?1
         WHERE a.club_spans IS NOT NULL AND ${isInClub}`,
        currency,
        today,
      ),
    ),
    db.read(
      statement(
        `SELECT count(*) FROM ${premiumFrom('?1')} AS mark
         CROSS JOIN account_years AS y ON y.currency = ?1 AND y.spend_minor >= mark.from_minor
         WHERE y.purchase_days >= ${PREMIUM_DAYS_MIN}
           OR EXISTS (SELECT 1 FROM account_facts AS f WHERE f.account_id = y.root_id AND ${isHighSpender('?2')})`,
        currency,
        today,
      ),
    ),
  ]);
  const [accounts, buying] = [Number(all?.[0] ?? 0), Number(all?.[1] ?? 0)];
  const [byClub, buyingInClub] = [Number(club?.[0] ?? 0), Number(club?.[1] ?? 0)];
  const bySpend = Number(spend?.[0] ?? 0) - Number(club?.[2] ?? 0);
  const buyer = buying - buyingInClub - bySpend;
  const premium = byClub + bySpend;
  return { enquirer: accounts - premium - buyer, buyer, premium, byClub, bySpend };
}
