import type { LetterParams, Template } from '../../../functions/ground/outbox/letter-kind.ts';

const eur = (minor: bigint) => ({ minor, currency: 'EUR' });
const at = Date.UTC(2026, 2, 1, 10);
const aDrop = { dropId: 'd1', title: { en: 'First flush', uk: 'Перший збір' } };
const anEvent = { eventId: 'e1', title: { en: 'Tasting' }, startsAt: at, endsAt: at, place: 'The shop' };

/** One of each mail that carries no secret: all of them are laid out in every language. */
export const samples: {
  [T in Exclude<
    Template,
    | 'sign_in'
    | 'email_change'
    | 'erasure_code'
    | 'order_code'
    | 'email_change_asked'
    | 'invitation'
    | 'staff_invitation'
  >]: LetterParams[T];
} = {
  campaign_news: { campaignId: 'gone', rootId: 'a1' },
  campaign_sales: { campaignId: 'gone', rootId: 'a1' },
  campaign_service: { campaignId: 'gone', rootId: 'a1' },
  campaign_test: { campaignId: 'gone', as: '' },
  proof_found: { accounts: 2, differences: 5 },
  erased: { at, words: 'gone' },
  erasure_asked: { changeId: 'e1', dueAt: at },
  backup_failed: { failure: 'busy' },
  backup_drill_failed: {
    ...{ madeAt: at, failure: null, differences: 1 },
    ...{ orders: 1499, ordersMade: 1500, entries: 2600, entriesMade: 2600 },
  },
  email_change_waits: { changeId: 'c1', dueAt: at },
  email_changed_notice: { changedAt: at, changeId: 'c1' },
  email_change_undone: { undoneAt: at },
  owner_change: { act: 'role', role: 'agent', who: 'Yurii <b>', isYou: false, outcome: 'asked', dueAt: at },
  factor_added: { at },
  passkey_added: { name: 'My phone <b>', device: 'Safari, iPhone', at, isStaff: false },
  passkey_removed: { name: 'My phone <b>', device: '', at, isStaff: true },
  new_device: { device: 'Safari, iPhone', network: '192.0.2.x', country: 'UA', at, isStaff: false },
  welcome: {},
  join_request_received: {},
  join_declined: { reason: 'We are a wholesaler' },
  goodbye: { at },
  order_placed: {
    source: 'till',
    number: 'A/17 <b>',
    placedAt: { at, day: null },
    total: eur(123456n),
    promisedBy: '2026-03-05',
    lines: [
      { name: 'CD <b>', quantity: 2, amount: eur(2400n) },
      { name: 'Kettle', quantity: 1, amount: eur(121056n) },
    ],
    more: 3,
  },
  order_request_received: {
    ...{ reference: 'K7QX-M2PD', kind: 'again', number: 'A-17' },
    lines: [
      { name: 'Sencha', quantity: 4, amount: eur(5000n) },
      { name: 'Tea towel', quantity: 1, amount: null },
    ],
    ...{ more: 2, total: eur(5000n), ownReference: 'PO 118', wishedOn: '2026-03-05', rootId: 'none' },
  },
  order_request_waits: {
    ...{ reference: 'K7QX-M2PD', kind: 'cancel', number: 'A-17' },
    ...{ lines: [], more: 0, total: null, ownReference: null, wishedOn: null },
  },
  paper_sent: {
    ...{
      id: 'p1',
      kind: 'credit_note',
      number: 'CN-2030-00003',
      order: 'A-17',
      total: eur(-500n),
      rootId: 'a1',
    },
  },
  order_request_decided: {
    ...{ reference: 'K7QX-M2PD', kind: 'form', number: null, outcome: 'answered' },
    ...{ text: 'It leaves tomorrow.', made: 'A-18', rootId: 'none' },
  },
  order_state: {
    source: 'till',
    number: 'A-17',
    status: 'shipped',
    at: { at, day: '2026-03-01' },
    carrier: 'DHL',
    trackingNumber: '00340434',
  },
  return_state: {
    ...{
      reference: 'K7QX-M2PD',
      number: 'A/17 <b>',
      state: 'approved',
      outcome: 'refund',
      note: 'Thank <b>',
    },
    ...{ money: eur(4217n), credit: eur(200n), hasLabel: true, how: { en: 'Back door', uk: 'Задні двері' } },
  },
  nearly_there: {
    ruleName: '5 back for every 100',
    missing: eur(450n),
    pays: eur(500n),
    until: '2027-01-01',
  },
  target_reached: {
    ruleName: '5 back for every 100',
    spend: eur(10000n),
    pays: eur(500n),
    by: 'target',
    number: 'A-17',
    balance: eur(1200n),
    expiresAt: Date.UTC(2027, 2, 1),
  },
  credit_expiring: { amount: eur(625n), expiresAt: Date.UTC(2027, 0, 1), days: 30 },
  voucher_expiring: {
    code: 'K7QX-M2PD',
    rootId: '',
    amount: eur(500n),
    minimum: null,
    expiresAt: Date.UTC(2026, 8, 1),
    days: 7,
  },
  survey_invitation: { invitationId: '0198f3c2a4b87c1e9d5f6a7b8c9d0e1f', questions: 3, incentive: eur(200n) },
  testimonial_published: { testimonialId: '0198f3c2a4b87c1e9d5f6a7b8c9d0e1f' },
  you_said_we_did: { text: { en: 'Parcels go out the same day.', uk: 'Надсилаємо того самого дня.' } },
  you_said_we_decided: {
    reference: 'K7QX-M2PD',
    text: { en: 'We roast on Mondays.', uk: 'Смажимо в понеділок.' },
  },
  payout_paid: { kind: 'payout', amount: eur(2000n), cause: null, reference: 'SEPA 17 <b>', at },
  payout_unpaid: { kind: 'donation', amount: eur(500n), cause: 'Animal shelter' },
  payout_returned: {
    kind: 'payout',
    amount: eur(2000n),
    cause: null,
    reason: 'The bank does not know the account',
  },
  voucher_issued: {
    code: 'K7QX-M2PD',
    rootId: '',
    ruleName: '5 back for every 100',
    amount: eur(500n),
    minimum: eur(2000n),
    expiresAt: Date.UTC(2026, 8, 1),
  },
  referral_joined: { own: eur(500n), minimum: eur(2000n) },
  referral_rewarded: { side: 'own', amount: eur(500n) },
  referral_held: { reasons: ['same_device', 'too_many'] },
  referral_declined: { text: 'This was the same <b>household</b>.', wasPaid: true },
  referral_returned: { side: 'friend', amount: eur(500n) },
  feedback_received: { reference: 'K7QX-M2PD', replyDueAt: at },
  feedback_answered: {
    reference: 'K7QX-M2PD',
    text: 'Sorry.\n\nA new <b>one</b> is on its way.',
    state: 'answered',
  },
  case_state: { reference: 'K7QX-M2PD', state: 'resolved' },
  mail_test: {},
  staff_waiting: {
    owed: [
      { kind: 'payout', count: 2, amount: eur(4500n) },
      { kind: 'donation', count: 1, amount: eur(500n) },
    ],
    people: 3,
  },
  people_waiting: { accountName: 'ACME <b>', people: 2 },
  cause_waits: {
    ...{ causeId: '0198f3c2a4b87c1e9d5f6a7b8c9d0e1f', name: 'Thin paper bags', why: 'back' },
    ...{ reference: 'K7QX-M2PD', dueOn: null },
  },
  case_overdue: { reference: 'K7QX-M2PD', dueAt: at, isYours: false },
  tasks_due: { day: '2026-03-01', due: 4, overdue: 1 },
  club_invitation: { isBySpend: true },
  club_welcome: { since: at },
  club_declined: { reason: 'The club is full this year' },
  drop_open: { ...aDrop, stock: 10, closesAt: at },
  drop_claimed: { ...aDrop, until: at },
  drop_waiting: aDrop,
  drop_moved_up: { ...aDrop, until: null },
  event_invitation: { ...anEvent, answerUntil: at },
  event_moved_up: anEvent,
  event_reminder: anEvent,
  event_cancelled: { ...anEvent, reason: 'Snow' },
  benefit_withdrawn: {
    title: { en: 'Free delivery', uk: 'Безкоштовна доставка' },
    reason: { en: 'Our carrier left us', uk: 'Перевізник відмовився' },
    bonus: eur(500n),
  },
  club_level_keep: {
    ...{ level: { en: 'Gold', uk: 'Золото' }, missing: eur(4000n), by: '2026-12-31' },
    ...{ graceThrough: '2027-01-14', fallsTo: { en: 'Silver', uk: 'Срібло' } },
  },
  club_level_fell: {
    level: { en: 'Silver', uk: 'Срібло' },
    next: { level: { en: 'Gold', uk: 'Золото' }, missing: eur(50000n) },
  },
  promise_made_good: { order: 'A-1042', title: null, day: '2026-12-01', amount: eur(500n) },
  promise_poor: { title: { en: 'Gift wrapping', uk: 'Пакування' }, kept: 50, of: 60 },
  panel_outcome: {
    title: { en: 'Which tea next?', uk: 'Який чай далі?' },
    outcome: { en: 'Darjeeling', uk: 'Дарджилінг' },
  },
  idea_answered: { ideaId: 'i1', title: 'A bench <b>', state: 'declined', words: 'No room.' },
  staff_thanked: { kind: 'cases_kept', count: 10, words: null },
  occasion_wish: {
    ...{ occasion: 'birthday', name: null, years: null, isLate: false, gift: eur(500n), code: 'K7QX-M2PD' },
    ...{ minimum: eur(2000n), expiresAt: at, rootId: '' },
    besides: [
      {
        ...{ occasion: 'own', name: 'We opened <b>', years: 10, gift: eur(300n), code: 'H3RT-9WYK' },
        ...{ minimum: eur(1000n), expiresAt: at },
      },
    ],
  },
  query_thanks: {},
  second_purchase: { product: 'Sidamo <b>', firstOn: '2026-03-01', rootId: '' },
  reorder_due: { product: 'Sidamo <b>', lastOn: '2026-02-01', rootId: '' },
  reward_unseen: { amount: eur(625n), rootId: '' },
  referral_ask: { own: eur(500n), friend: eur(700n), minimum: eur(2000n) },
  testimonial_ask: {},
  late_parcel: { source: 'till', number: 'A-17', promisedBy: '2026-03-05' },
  social_thanks: { kind: 'post', place: 'instagram', amount: eur(200n) },
  directory_message: { from: 'Ann <b>', text: 'Hello', address: null },
};
