import type { Amount } from '../../ground/platform/money.ts';
import type { ReferralDecision } from './decide.ts';
import type { ReferralReason, ReferralState } from './state.ts';

/** What recommending is worth at present; `minimum` is null where any order counts. */
export interface PromiseView {
  own: Amount;
  friend: Amount;
  minimum: Amount | null;
  waitingDays: number;
}

/** A referral as the one who recommended sees it: nothing of what the friend buys. */
export interface FriendView {
  id: string;
  /** What the friend wants to be called there; null until they allow it. */
  name: string | null;
  /** When they joined, or gave the code. */
  since: number;
  state: ReferralState;
  reasons: ReferralReason[];
  /** Why staff declined it. */
  declinedFor: string | null;
  appeal: 'possible' | 'sent' | null;
  own: Amount;
}

/** How the customer themselves came. */
export interface CameBy {
  id: string;
  /** The first name of who recommended. */
  name: string | null;
  state: ReferralState;
  friend: Amount;
  minimum: Amount | null;
  isNamed: boolean;
}

export interface FriendsPage {
  /** Null while the business promises nothing. */
  promise: PromiseView | null;
  /** Null with it. */
  code: string | null;
  /** What stands of the rewards for recommending. */
  earned: Amount | null;
  friends: FriendView[];
  cameBy: CameBy | null;
}

/** What somebody reads who follows a link. */
export interface InvitationView {
  code: string;
  /** The first name of who recommends. */
  name: string | null;
  /** Null while the business promises nothing. */
  promise: PromiseView | null;
  isOwn: boolean;
}

export interface ReferralPerson {
  customerId: string;
  name: string | null;
  email: string;
}

/** A referral in the list of staff. */
export interface ReferralItem {
  id: string;
  state: ReferralState;
  toldAt: number;
  referrer: ReferralPerson;
  friend: ReferralPerson;
  reasons: ReferralReason[];
  /** The referrer has said something that no decision answered yet. */
  isAppealed: boolean;
}

export interface ReferralsPage {
  items: ReferralItem[];
  page: number;
  pages: number;
  /** How many wait for staff, whatever is listed. */
  waiting: number;
}

/** What staff compare. */
export interface SideView extends ReferralPerson {
  claimedAt: number | null;
  knownSince: number;
  orders: number;
  /** The households and companies they belong to. */
  places: string[];
}

export interface StepView {
  seq: number;
  kind: string;
  code: string | null;
  text: string | null;
  at: number;
  by: string;
}

export interface ReferralFile {
  id: string;
  state: ReferralState;
  code: string;
  via: 'link' | 'till';
  toldAt: number;
  own: Amount;
  friendAmount: Amount;
  minimum: Amount | null;
  waitingDays: number;
  reasons: ReferralReason[];
  referrer: SideView;
  friend: SideView;
  /** The friend's orders since the code was told. */
  orders: {
    source: string;
    number: string;
    placedAt: number;
    placedOn: string | null;
    net: Amount;
    isCancelled: boolean;
    deliveredAt: number | null;
    isCounting: boolean;
  }[];
  steps: StepView[];
  stepSeq: number;
  possible: ReferralDecision[];
}
