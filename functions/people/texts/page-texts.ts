/** A text of pages that the business may word itself: messages of the catalogue, in the order in which the page shows them. */
export interface PageText {
  /** Where it is read. */
  path: string;
  /** On one line; the others are paragraphs. */
  lines: readonly string[];
  messages: readonly string[];
}

/** What the business adds to the privacy page; of ours there is none. */
export const PRIVACY_KEY = 'page.privacy';
export const privacyParts = ['privacy_own_title', 'privacy_own_text'] as const;

/** Every text of pages that may be worded, by its key. */
export const pageTexts = {
  'page.home': {
    path: '/',
    lines: ['home_title', 'home_cent_title', 'home_claim_title', 'home_orders_title'],
    messages: [
      'home_title',
      'home_lead',
      'home_no_password',
      'home_cent_title',
      'home_cent_text',
      'home_claim_title',
      'home_claim_text',
      'home_orders_title',
      'home_orders_text',
    ],
  },
  'page.how': {
    path: '/how-it-works',
    lines: ['how_title', 'how_empty_title'],
    messages: ['how_title', 'how_lead', 'how_returns', 'how_empty_title', 'how_empty_text'],
  },
  'page.club': {
    path: '/club',
    lines: ['club_hero'],
    messages: [
      'club_hero',
      'club_lead',
      'club_benefits_none',
      'club_way_invitation_text',
      'club_way_application_text',
    ],
  },
  'page.join': {
    path: '/join',
    lines: [
      'joining_title',
      'joining_gets_money_title',
      'joining_gets_orders_title',
      'joining_gets_card_title',
    ],
    messages: [
      'joining_title',
      'joining_lead',
      'joining_kicker',
      'joining_invitation_only',
      'joining_with_approval',
      'joining_gets_money_title',
      'joining_gets_money',
      'joining_gets_orders_title',
      'joining_gets_orders',
      'joining_gets_card_title',
      'joining_gets_card',
    ],
  },
  'page.sign-in': { path: '/sign-in', lines: ['sign_in_title'], messages: ['sign_in_title', 'sign_in_lead'] },
  [PRIVACY_KEY]: { path: '/privacy', lines: [privacyParts[0]], messages: [] },
  'empty.account': {
    path: '/account',
    lines: ['goal_none_title'],
    messages: ['goal_none_title', 'goal_none_text'],
  },
  'empty.orders': {
    path: '/account/orders',
    lines: ['orders_empty_title'],
    messages: ['orders_empty_title', 'orders_empty_text'],
  },
  'empty.rewards': {
    path: '/account/rewards',
    lines: ['statement_empty_title'],
    messages: ['statement_empty_title', 'statement_empty_text', 'vouchers_none', 'lapses_none'],
  },
  'empty.friends': {
    path: '/account/friends',
    lines: ['referral_none'],
    messages: ['referral_none', 'referral_none_text'],
  },
  'empty.messages': {
    path: '/account/messages',
    lines: ['mail_messages_none'],
    messages: ['mail_messages_none', 'mail_messages_none_text'],
  },
  'empty.club': {
    path: '/account/club',
    lines: [],
    messages: ['club_drops_none', 'club_events_none', 'club_panel_none'],
  },
} as const satisfies Record<string, PageText>;

export type PageTextKey = keyof typeof pageTexts;

/** Every message that the business may word. */
export const pageMessages: readonly string[] = Object.values(pageTexts).flatMap(({ messages }) => messages);
