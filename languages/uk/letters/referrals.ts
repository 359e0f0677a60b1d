import type { referralMails } from '../../../functions/circle/referrals/letters/kinds.ts';
import type { ReferralReason } from '../../../functions/circle/referrals/state.ts';
import type { Letters } from '../../../functions/ground/outbox/letter-kind.ts';

const reasonsInWords: Record<ReferralReason, string> = {
  same_person: 'ваші адреси чи імена схожі на адреси чи імена однієї людини',
  same_address: 'схоже, ви живете або працюєте в одному місці',
  same_payment_mark: 'ви розраховувалися тим самим платіжним засобом',
  same_device: 'ви користувалися тим самим пристроєм',
  existing_customer: 'ваш друг уже купував у нас раніше',
  too_many: 'цього місяця ви порадили нас багатьом людям',
  disposable_mail: 'ваш друг користується тимчасовою поштовою скринькою',
};

export const referrals: Letters<typeof referralMails> = {
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
    notes: ['Робити нічого не треба: ми вам напишемо.'],
  }),
  referral_rewarded: ({ side, amount }, { business, formats }) => ({
    subject:
      side === 'friend'
        ? `${formats.money(amount)} за ваше перше замовлення`
        : `${formats.money(amount)} за вашу рекомендацію`,
    heading: side === 'friend' ? 'Вітаємо, ось ваш подарунок' : 'Дякуємо, що радите нас',
    paragraphs: [
      side === 'friend'
        ? `Друг порадив вам ${business}, і ваше перше замовлення завершено: ${formats.money(amount)} уже на вашому рахунку.`
        : `Перше замовлення вашого друга завершено, тож ${formats.money(amount)} уже на вашому рахунку. Дякуємо за довіру.`,
    ],
    button: 'Переглянути рекомендації',
    notes: ['Якщо замовлення повернуть, ми знімемо винагороду й повідомимо вас.'],
  }),
  referral_held: ({ reasons }) => ({
    subject: 'Ми перевіряємо вашу рекомендацію',
    heading: 'Ваша рекомендація на перевірці',
    paragraphs: [
      'Перш ніж нарахувати винагороду, хтось із нас перегляне рекомендацію. Нічого не згорить, скільки б це не тривало. Причина:',
      ...reasons.map((reason) => `– ${reasonsInWords[reason]}.`),
    ],
    button: 'Дати пояснення',
    notes: ['Якщо можете щось пояснити, напишіть там: ми обов’язково прочитаємо.'],
  }),
  referral_declined: ({ text, wasPaid }) => ({
    subject: 'Про вашу рекомендацію',
    heading: 'Ми не змогли прийняти цю рекомендацію',
    paragraphs: [text, ...(wasPaid ? ['Винагороди за неї знято з обох рахунків.'] : [])],
    button: 'Попросити переглянути ще раз',
    notes: ['Якщо ви не згодні, напишіть нам: рішення можна змінити.'],
  }),
  referral_returned: ({ side, amount }, { formats }) => ({
    subject: `${formats.money(amount)} знято після повернення`,
    heading: side === 'friend' ? 'Ваш вітальний подарунок знято' : 'Винагороду знято',
    paragraphs: [
      side === 'friend'
        ? `Ваше замовлення повернуто, тож подарунок за нього, ${formats.money(amount)}, знято з вашого рахунку.`
        : `Замовлення вашого друга повернуто, тож винагороду за нього, ${formats.money(amount)}, знято з вашого рахунку.`,
      'За наступне замовлення, що зараховується, ми нарахуємо цю суму знову.',
    ],
    button: 'Переглянути рекомендації',
    notes: [],
  }),
};
