import type { ReferralReason } from '../../../referrals/state.ts';
import type { Letters } from '../mail-kind.ts';
import type { referralMails } from './kinds.ts';

const reasonsInWords: Record<ReferralReason, string> = {
  same_person: 'ваші адреси чи імена схожі на адреси чи імена однієї людини',
  same_address: 'схоже, ви живете або працюєте в одному місці',
  same_payment_mark: 'ви платили тим самим засобом',
  same_device: 'ви користувалися тим самим пристроєм',
  existing_customer: 'ваш друг уже купував у нас раніше',
  too_many: 'цього місяця ви порадили нас багатьом людям',
  disposable_mail: 'поштова скринька вашого друга тимчасова',
};

export const uk: Letters<typeof referralMails> = {
  referral_joined: ({ own, minimum }, { business, formats }) => ({
    subject: `${business}: ваш друг тепер із нами`,
    heading: 'Ваш друг приєднався',
    paragraphs: [
      'Хтось приєднався за вашим кодом. Дякуємо, що радите нас!',
      minimum.minor > 0n
        ? `Ви отримаєте ${formats.money(own)}, щойно перше замовлення друга на суму від ${formats.money(minimum)} доставлять і мине час на повернення.`
        : `Ви отримаєте ${formats.money(own)}, щойно перше замовлення друга доставлять і мине час на повернення.`,
    ],
    button: 'Переглянути рекомендації',
    notes: ['Нічого робити не треба: ми вам напишемо.'],
  }),
  referral_rewarded: ({ side, amount }, { business, formats }) => ({
    subject:
      side === 'friend'
        ? `${formats.money(amount)} за ваше перше замовлення`
        : `${formats.money(amount)} за вашу рекомендацію`,
    heading: side === 'friend' ? 'Вітаємо, ось ваш подарунок' : 'Дякуємо, що радите нас',
    paragraphs: [
      side === 'friend'
        ? `Вам порадили ${business}, і ваше перше замовлення завершено: ${formats.money(amount)} уже на вашому рахунку.`
        : `Перше замовлення вашого друга завершено, тож ${formats.money(amount)} уже на вашому рахунку. Нам дуже важливо, що ви добре про нас говорите.`,
    ],
    button: 'Переглянути рекомендації',
    notes: ['Якщо замовлення повернуть, ми заберемо винагороду й повідомимо вас.'],
  }),
  referral_held: ({ reasons }) => ({
    subject: 'Ми перевіряємо вашу рекомендацію',
    heading: 'На перевірці',
    paragraphs: [
      'Перш ніж заплатити за вашу рекомендацію, її перегляне хтось із нас. Нічого не пропаде, скільки б це не тривало. Причина:',
      ...reasons.map((reason) => `– ${reasonsInWords[reason]}.`),
    ],
    button: 'Розповісти більше',
    notes: ['Якщо все пояснюється просто, напишіть там, і ми прочитаємо.'],
  }),
  referral_declined: ({ text, wasPaid }) => ({
    subject: 'Про вашу рекомендацію',
    heading: 'Ми не змогли прийняти цю рекомендацію',
    paragraphs: [text, ...(wasPaid ? ['Виплачене за неї знято з обох рахунків.'] : [])],
    button: 'Попросити переглянути ще раз',
    notes: ['Якщо ви бачите це інакше, напишіть нам. Ми прочитаємо, і рішення можна змінити.'],
  }),
  referral_returned: ({ side, amount }, { formats }) => ({
    subject: `${formats.money(amount)} знято після повернення`,
    heading: side === 'friend' ? 'Ваш вітальний подарунок знято' : 'Винагороду знято',
    paragraphs: [
      side === 'friend'
        ? `Ваше замовлення повернулося, тож ${formats.money(amount)}, які належали до нього, знято з вашого рахунку.`
        : `Замовлення вашого друга повернулося, тож ${formats.money(amount)}, які ви за нього отримали, знято з вашого рахунку.`,
      'За наступне замовлення, що відповідає умовам, її виплатять знову.',
    ],
    button: 'Переглянути рекомендації',
    notes: [],
  }),
};
