import type { ContactChannel } from '../../care/contacts/channels.ts';
import type { ContactItem } from '../../care/contacts/list-contacts.ts';
import type { TaskItem } from '../../care/contacts/tasks/list-tasks.ts';
import type { Moment } from '../../ground/platform/moment.ts';
import type { Amount } from '../../ground/platform/money.ts';
import type { Facts } from '../../insight/facts/get-facts.ts';
import type { AccountForecast } from '../../insight/forecasts/get-forecast.ts';
import type { SpendAhead } from '../../insight/forecasts/tell-account.ts';
import type { TypicalProfile } from '../../insight/numbers/get-typical.ts';
import type { Opinions } from '../../insight/opinions/get-opinions.ts';
import type { CustomerRecommendations } from '../../insight/recommendations/list-recommendations.ts';
import type { AccountValue, Rank, SpendParts } from '../../insight/value/get-value.ts';
import type { OrderStatus } from '../../money/orders/statuses.ts';
import type { EntryKind, EntryReason } from '../../money/rewards/types.ts';
import type { Verdict } from '../../people/preferences/verdict.ts';
import type { ToldReason } from '../../reach/imports/reason.ts';
import type { ImportKind } from '../../reach/imports/runs/run.ts';
import type { OrdersPage } from '../portal/order-types.ts';
import type { Overview, ProgrammeView } from '../portal/overview-types.ts';
import type { CustomerHead } from './customers/find-head.ts';

/** What staff read: as `functions/desk/portal/types.ts`, about everybody. */

/** The business at a glance. */
export interface ConsoleOverview {
  orders: number;
  customers: { total: number; claimed: number };
  /** What the business owes its customers, and what returns took beyond balances. */
  owed: {
    available: Amount;
    pending: Amount;
    debt: Amount;
    vouchers: { count: number; amount: Amount };
  } | null;
  imports: ImportView[];
  jobs: { name: string; startedAt: number; finishedAt: number | null; failure: string | null }[];
  mail: { waiting: number; failures: FailedMail[] };
  /** Null while no programme was ever set. */
  programme: (ProgrammeView & { setAt: number }) | null;
}

export interface ImportView {
  id: string;
  kind: ImportKind;
  fileName: string;
  startedAt: number;
  state: 'done' | 'interrupted' | 'undone';
  /** Null while there is no report. */
  counts: { created: number; updated: number; unchanged: number; rejected: number } | null;
  /** The first of the rows that were refused; `order` is whatever else they are about in a file of other things. */
  errors: ({ line: number; order: string | null } & ToldReason)[];
}

export interface FailedMail {
  template: string;
  /** Null for somebody who is no customer. */
  email: string | null;
  failedAt: number;
  failure: string;
}

export interface Found {
  customers: FoundCustomer[];
  orders: FoundOrder[];
  /** `customerId` is whose own account it belongs to; null where several share the account. */
  vouchers: { code: string; accountId: string; customerId: string | null }[];
  /** With the beginning of what was said. */
  feedback: { reference: string; text: string }[];
}

export interface FoundCustomer {
  id: string;
  email: string | null;
  /** What a source calls them, after its name; null for most. */
  key: string | null;
  name: string | null;
  memberNumber: string | null;
  isClaimed: boolean;
}

export interface FoundOrder {
  customerId: string;
  email: string | null;
  source: string;
  number: string;
  placedAt: Moment;
  status: OrderStatus;
}

/** A customer as staff see them: who they are, what they see themselves, and all that happened. */
export interface CustomerFile {
  head: CustomerHead;
  overview: Overview;
  orders: OrdersPage;
  history: HistoryPage;
  notes: CustomerNote[];
  consents: { kind: 'terms' | 'news'; isGiven: boolean; source: string; at: number }[];
  /** Why less mail goes to the address, or none. */
  suppressed: ('bounced' | 'complained')[];
  /** How the account buys; null while it is yet to be counted. */
  facts: Facts | null;
  /** How a typical account of its kind buys; null before that was counted. */
  typical: TypicalProfile | null;
  /** Null while the business has no currency. */
  value: AccountValue | null;
  /** What they spent in each of their accounts; the name of their own is empty. */
  relationships: (SpendParts & {
    accountId: string;
    name: string;
    expected: SpendAhead | null;
    rank: Rank | null;
  })[];
  forecast: AccountForecast;
  /** What else they might want. */
  recommendations: CustomerRecommendations;
  /** The newest with anybody of the account. */
  contacts: ContactItem[];
  /** Whether they may be called unasked now. */
  mayCall: Verdict;
  /** What is to be done for the account. */
  tasks: TaskItem[];
  /** What the people of the account think, in short. */
  opinions: Opinions;
  /** For the forms of this page. */
  formKey: string;
}

export interface CustomerNote {
  id: string;
  text: string;
  at: number;
  /** Whose it is, where they still are known. */
  by: string | null;
}

/** A mail as staff see that it was written, and what became of it. */
export interface MailMoment {
  id: string;
  subject: string;
  state: 'sent' | 'waiting' | 'shown';
  withheld: string | null;
  /** What the provider told last. */
  event: 'delivered' | 'delayed' | 'bounced' | 'complained' | 'failed' | null;
}

export interface HistoryPage {
  moments: HistoryMoment[];
  page: number;
  pages: number;
}

/** All that was written about an account at one instant, oldest first, and what it moved in the ledger. */
export interface HistoryMoment {
  at: number;
  happenings: Happening[];
  entries: HistoryEntry[];
  mails: MailMoment[];
}

export interface Happening {
  seq: number;
  kind: string;
  by: { kind: 'customer' | 'staff' | 'key' | 'system' | 'anonymous'; name: string | null };
  detail: HistoryDetail;
}

/** What the detail of a history row may hold; what a kind does not tell is null. */
export interface HistoryDetail {
  source: string | null;
  number: string | null;
  status: OrderStatus | null;
  amount: Amount | null;
  /** By which a contact was. */
  channel: ContactChannel | null;
  /** Number of orders that the happening was about. */
  orders: number;
}

export interface HistoryEntry {
  seq: number;
  kind: EntryKind;
  because: EntryReason | null;
  amount: Amount;
  balanceAfter: Amount;
  order: { source: string; number: string } | null;
  /** A reason, a receipt or a voucher's code. */
  cause: string | null;
}
