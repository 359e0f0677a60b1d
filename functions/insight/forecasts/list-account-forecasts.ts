import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { accountForecasts } from '../../../db/schema/index.ts';
import { listed } from '../../money/accounts/account-columns.ts';

/** What was last said of some root accounts, as it stands in the table. `ids` is a JSON array. */
export const listAccountForecasts = query((db) =>
  db
    .select()
    .from(accountForecasts)
    .where(sql`${accountForecasts.accountId} IN ${listed('ids')}`),
);
export type AccountForecastRow = Awaited<ReturnType<typeof listAccountForecasts>>[number];
