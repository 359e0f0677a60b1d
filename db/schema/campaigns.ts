import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count, done, id, instant } from './columns.ts';

/**
 * One message to those who are in a segment (DOMAIN §6). The row repeats what its acts came to; `act_seq` is the number of the
 * newest, and the key of the next is the lock. Its cursor is where the drawing of recipients goes on.
 */
export const campaigns = sqliteTable(
  'campaigns',
  {
    id: id(),
    /** What the team calls it. */
    name: text().notNull(),
    state: text({ enum: ['draft', 'scheduled', 'sending', 'sent', 'stopped'] }).notNull(),
    actSeq: count('act_seq').notNull(),
    /** The act that said what it says now: what goes out, once it has begun. */
    contentSeq: count('content_seq').notNull(),
    /** NULL for everybody. */
    segmentId: text('segment_id'),
    /** From when on it goes out; NULL for a draft. */
    sendAt: instant('send_at'),
    /** When the first recipients were drawn, when all were, and when no mail waited any more. */
    startedAt: instant('started_at'),
    drawnAt: instant('drawn_at'),
    endedAt: instant('ended_at'),
    /** Customers up to this one were looked at. */
    afterCustomerId: text('after_customer_id').notNull(),
    ...done(),
  },
  (table) => [index('campaigns_state').on(table.state, table.sendAt)],
);

/** What was done with a campaign, by whom. Append-only. */
export const campaignActs = sqliteTable(
  'campaign_acts',
  {
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    seq: count().notNull(),
    kind: text({
      enum: ['saved', 'scheduled', 'unscheduled', 'begun', 'drawn', 'ended', 'stopped'],
    }).notNull(),
    /** All that it says, to whom and how, as JSON, each time it is saved. */
    content: text(),
    ...done(),
  },
  (table) => [primaryKey({ columns: [table.campaignId, table.seq] })],
);

/**
 * Somebody who could be told when it was their turn: told, or held back with all people of their account, as a keyed hash
 * drew. Nobody has two rows of one campaign. Append-only.
 */
export const campaignRecipients = sqliteTable(
  'campaign_recipients',
  {
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    customerId: text('customer_id').notNull(),
    rootId: text('root_id').notNull(),
    share: text({ enum: ['told', 'held'] }).notNull(),
    /** Their mail in the outbox; NULL for who is held back. */
    mailId: text('mail_id'),
    /** What the campaign gave the account. */
    voucherCode: text('voucher_code'),
    /** The business day of the draw: what they buy is counted from it on. */
    day: text().notNull(),
    at: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.campaignId, table.customerId] }),
    index('campaign_recipients_customer').on(table.customerId, table.campaignId),
    index('campaign_recipients_root').on(table.rootId, table.campaignId),
    index('campaign_recipients_mail').on(table.mailId),
  ],
);

/** How many people could not be told when it was their turn, by the reason. */
export const campaignSkips = sqliteTable(
  'campaign_skips',
  {
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    reason: text().notNull(),
    people: count().notNull(),
  },
  (table) => [primaryKey({ columns: [table.campaignId, table.reason] })],
);

/** A picture of a campaign or an article, without what its file told beside it. Append-only. */
export const campaignPictures = sqliteTable('campaign_pictures', {
  /** The last part of its address; it changes with every byte. */
  name: text().primaryKey(),
  /** Base64. */
  content: text().notNull(),
  ...done(),
});
