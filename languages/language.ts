import type { KeptWords } from './kept-kind.ts';
import type { PaperWords } from './paper-words.ts';

/** What a language says beside its messages and letters. In texts `{business}` stands for the name of the business. */
export interface Language {
  /** What it calls itself: in lists of languages. */
  name: string;
  /** What it says of a page in it: the link to the page from other languages. */
  inIt: string;
  /** How numbers, dates and money are written: a tag that Intl knows, such as `en-GB`. */
  region: string;
  mail: MailWords;
  /** What of it is said otherwise to who chose to be addressed by the first name. */
  mailByFirstName?: Partial<MailWords>;
  consents: ConsentWords;
  surveys: SurveyWords;
  campaigns: CampaignWords;
  moments: MomentWords;
  /** What is kept of customers. */
  kept: KeptWords;
  papers: PaperWords;
}

/** Around every letter; `{name}` is the reader's. */
export interface MailWords {
  /** To who has told no name. */
  greeting: string;
  /** With the whole name. */
  greetingFormal: string;
  /** With the first word of the name. */
  greetingByFirstName: string;
  /** What somebody who signs a mail is to its reader. */
  manager: string;
  /** The same of who stands in for somebody who is away. */
  standIn: string;
  /** Whom the mail is from; stands at its end. */
  reason: string;
  /** The link that ends mail of the topic. */
  unsubscribe: string;
  /** Leads to all that a reader may choose. */
  preferences: string;
}

/** Around what a campaign offers. */
export interface CampaignWords {
  /** `{amount}` */
  voucher: string;
  /** `{date}` */
  voucherUntil: string;
  /** In place of the code, to who may not spend for the account. */
  voucherHidden: string;
  /** Leads to a product, an event, a survey. */
  product: string;
  event: string;
  survey: string;
}

/** What moments ask the team to do. */
export interface MomentWords {
  lapsedCall: string;
}

/** What people agree to. Another wording is another version of it, and is asked for again. */
export interface ConsentWords {
  terms: string;
  news: string;
}

/** What the surveys to start from ask; the business may change each text of its own survey. */
export interface SurveyWords {
  recommendation: { title: string; recommend: string; disappointed: string; missing: string; liked: string };
  delivery: {
    title: string;
    satisfied: string;
    wrong: string;
    late: string;
    damaged: string;
    different: string;
    other: string;
    effort: string;
    more: string;
  };
  afterCase: { title: string; intro: string; satisfied: string; effort: string; better: string };
  afterContact: { title: string; satisfied: string };
  relationship: {
    title: string;
    trust: string;
    commitment: string;
    gap: string;
    /** What may be agreed to about trust and commitment. */
    statements: Record<'integrity' | 'competence' | 'care' | 'attachment' | 'continuity' | 'worth', string>;
  };
  wants: {
    title: string;
    topics: string;
    hint: string;
    need: string;
    more: string;
    /** What the list of topics starts with. */
    list: Record<'range' | 'quality' | 'price' | 'delivery' | 'advice' | 'ordering' | 'help', string>;
  };
}
