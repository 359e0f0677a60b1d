import { sql } from 'drizzle-orm';
import { heldBy } from '../accounts/held-by.ts';
import { survivingCustomer } from '../accounts/survivors.ts';

/** Whose a redemption is: who redeemed, or owns the account, or whoever they were merged into since. */
export const person = sql.raw(survivingCustomer('coalesce(redemptions.customer_id, accounts.owner_id)'));

/** The account of a redemption, or the one that it was merged into since. */
export const account = sql.raw(heldBy('redemptions.account_id'));
