import { expect, test } from 'vitest';
import { speechIn } from '../../src/locale.ts';
import { messagesIn, saidToCustomers } from './said-to-customers.ts';
import { close, pastOfMany, polite, sayAny } from './tone-words.ts';

/** Said by the customer to us, or to all customers at once. */
const toOthers = new Set([
  'changes_title',
  'changes_you_said',
  'joining_consent_news_on',
  'mail_settings_resume',
  'nav_changes',
]);

/** Tells what others did, or things, or what we did without saying so. */
const ofOthers = new Set([
  ...['bonus_for_kept_at_merge', 'merge_entry_merge_spent', 'merge_entry_split_spent', 'desk_earned_none'],
  ...['recommend_onward', 'recommend_why_liked', 'recommend_why_with', 'recommend_why_onward'],
  ...['promise_late', 'promise_broken', 'voices_public_lead', 'changes_description', 'changes_said'],
  ...['club_members_lead', 'club_panel_lead', 'feedback_next_answered', 'joining_people_gone'],
  ...['referral_came_title', 'people_waiting_title', 'earned_refunded', 'refused_text'],
]);

const polites = [...saidToCustomers('uk')].filter(sayAny(polite));
const informal = messagesIn('uk-informal');

test('what Ukrainian says to a customer politely it says in the other way, too', () => {
  expect(polites.length).toBeGreaterThan(300);
  const lacking = polites.map(([name]) => name).filter((name) => !informal.has(name) && !toOthers.has(name));
  expect(lacking, 'these belong into languages/uk-informal').toEqual([]);
});

test('one who is spoken to as a friend is nowhere spoken to politely, nor the other way round', () => {
  expect([...informal].filter(sayAny(polite))).toEqual([]);
  expect([...saidToCustomers('uk')].filter(sayAny(close))).toEqual([]);
});

test('what a customer did is not told in the plural of politeness without a word for them', () => {
  const told = [...informal, ...[...saidToCustomers('uk')].filter(([name]) => !informal.has(name))];
  const wrong = told
    .filter(([name]) => !ofOthers.has(name) && !toOthers.has(name))
    .filter(sayAny(pastOfMany));
  expect(wrong, 'say it without a gender and a number, such as “it was sent”').toEqual([]);
  expect(
    ['Дякуємо, що погодилися', 'Те, що обрали', 'Ми надіслали', 'Надішли ще'].map(pastOfMany.test),
  ).toEqual([...[true, true, false, false]]);
});

test('what is said in another way is said to customers', () => {
  const theirs = new Set(saidToCustomers('uk').keys());
  for (const tone of ['uk-informal', 'en-formal'])
    expect([...messagesIn(tone).keys()].filter((name) => !theirs.has(name))).toEqual([]);
});

test.each([
  ['uk', null, 'Ваші замовлення', 'Раді вас бачити, Анна'],
  ['uk', 'formal', 'Ваші замовлення', 'Раді вас бачити, Анна'],
  ['uk', 'first_name', 'Твої замовлення', 'Раді тебе бачити, Анна'],
  ['en', null, 'Your orders', 'Good to see you, Анна'],
  ['en', 'first_name', 'Your orders', 'Good to see you, Анна'],
  ['en', 'formal', 'Your orders', 'Welcome, Анна'],
] as const)('%s for who is addressed as %s says %s', (language, addressForm, orders, hello) => {
  const { t } = speechIn(language, ['en', 'uk'], { addressForm });
  expect([t.orders_title(), t.hello_name({ name: 'Анна' })]).toEqual([orders, hello]);
});

test('what the business says in its own words it says so to everybody, and tones stay apart', () => {
  const texts = new Map([['uk page.home', { home_lead: 'Ласкаво просимо до {name}.' }]]);
  const say = (addressForm: 'first_name' | null) => {
    const { t } = speechIn('uk', ['en', 'uk'], { texts, addressForm });
    return [t.home_lead({ name: 'Tea' }), t.orders_title()];
  };
  for (const _turn of [1, 2]) {
    expect(say(null)).toEqual(['Ласкаво просимо до Tea.', 'Ваші замовлення']);
    expect(say('first_name')).toEqual(['Ласкаво просимо до Tea.', 'Твої замовлення']);
  }
});

test('plurals are those of the language', () => {
  const { t } = speechIn('uk', ['uk'], { addressForm: 'first_name' });
  expect([1, 3, 5].map((days) => t.how_settle_days({ days }))).toEqual([
    'Гроші твої через 1 день після доставки; доти вони позначені «На підході».',
    'Гроші твої через 3 дні після доставки; доти вони позначені «На підході».',
    'Гроші твої через 5 днів після доставки; доти вони позначені «На підході».',
  ]);
});
